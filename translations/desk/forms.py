"""What the translation desk is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models import Story
from richtext.plain import plain_text
from translations.assigning import translators

MOST_STORIES = 50
day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TermsForm(forms.Form):
    """By when, and what is to be known."""

    due_on = forms.DateField(label=_("Due on"), required=False, widget=day)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, validators=[plain_text])


class RequestForm(TermsForm):
    """Several stories in several languages."""

    stories = forms.ModelMultipleChoiceField(
        Story.objects.all(),
        error_messages={"required": _("Mark at least one story in the table.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Into"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    field_order = ["stories", "languages", "due_on", "note"]

    def __init__(self, data: Any = None, *, languages: list[str]) -> None:
        super().__init__(data, auto_id="request_%s")
        field: Any = self.fields["languages"]
        field.choices = [pair for pair in settings.LANGUAGES if pair[0] in languages]

    def clean_stories(self) -> Any:
        stories = self.cleaned_data["stories"]
        if len(stories) > MOST_STORIES:
            raise forms.ValidationError(
                _("At most %(number)d stories at once."), params={"number": MOST_STORIES}
            )
        return stories


class Translator(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.public_name


class AssignmentForm(TermsForm):
    """One translation: whose it is."""

    owner = Translator(
        User.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet")
    )
    field_order = ["owner", "due_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = translators()  # type: ignore[attr-defined]
