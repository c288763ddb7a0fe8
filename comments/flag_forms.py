"""What a reader fills in to report a comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import Reason
from comments.models.flags import MAX_FLAG
from richtext.plain import plain_text, visible_text


class FlagForm(forms.Form):
    """Why, in a word and in one's own words; of members also whether they want to hear of it."""

    reason = forms.ChoiceField(label=_("Why?"), choices=[("", _("Please choose")), *Reason.choices])
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=MAX_FLAG,
        required=False,
        validators=[plain_text, visible_text],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "maxlength": MAX_FLAG}),
    )
    wants_mail = forms.BooleanField(label=_("Tell me by mail what becomes of it"), required=False)

    def __init__(self, *args: Any, is_mailed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_mailed:
            del self.fields["wants_mail"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("reason") == Reason.OTHER and not data.get("text"):
            self.add_error("text", _("Please say what is wrong."))
        return data
