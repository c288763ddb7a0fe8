"""What a reader fills in."""

from functools import cache
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.following_forms import NOTIFY
from comments.models import Passage
from comments.models.passages import MAX_REPORT
from comments.passages import passage_of
from comments.wording import MAX_NAME, clean_name, clean_text
from richtext.comments import MAX_LENGTH
from richtext.passages import MAX_EXACT, Selector
from richtext.plain import plain_text, visible_text

SIGNED = ("name", "email")
QUOTED = ("exact", "before", "after")  # a Selector's parts as forms and addresses name them
SIGNED_OUT = _("You are not signed in any more: sign in again, or give a name.")


class NearbyText(forms.Field):
    """What stands before or after words. Whatever it says it only helps to find them."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        return str(value or "")


class QuotingForm(forms.Form):
    """Words of an article's text with those around them, which the page fills in.

    After validation with an `article` that they are looked for in, `passage` is where they stand
    in it, unsaved, or None where there are no words.
    """

    exact = forms.CharField(required=False, max_length=MAX_EXACT, widget=forms.HiddenInput)
    before, after = NearbyText(), NearbyText()
    passage: Passage | None = None

    def __init__(self, *args: Any, article: Article | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.article = article

    @property
    def selector(self) -> Selector:
        return Selector(*(str(self[name].value() or "") for name in QUOTED))

    @property
    def hidden_html(self) -> SafeString:
        """The fields that the page fills in. Those of an empty form are the same for everybody."""
        if self.is_bound or self.initial:
            return _hidden_html(self)
        return _empty_hidden_html(type(self), self.auto_id)

    def clean_exact(self) -> str:
        exact = self.cleaned_data["exact"]
        if exact and self.article:
            self.passage = passage_of(self.article, self.selector)
        return exact


class ErrorReportForm(QuotingForm):
    """What is wrong with words of the text."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=MAX_REPORT,
        validators=[plain_text, visible_text],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class TextForm(forms.Form):
    """The text of a comment."""

    text = forms.CharField(
        label=_("Comment"),
        strip=False,
        help_text=_(
            "Markdown works: *emphasis*, **strong**, > quotation, - list, links, >! spoiler."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": MAX_LENGTH, "dir": "auto"}),
    )

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class CommentForm(TextForm, QuotingForm):
    """A name, an e-mail address and a comment; of members only the comment is asked.

    A reply quotes nothing of the article's text.
    """

    name = forms.CharField(
        label=_("Name"),
        strip=False,  # clean_name sees what was typed
        widget=forms.TextInput(
            attrs={"maxlength": MAX_NAME, "autocomplete": "name", "dir": "auto"}
        ),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,  # of the column; Django's own limit for forms is higher
        help_text=_("Never shown to readers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    notify = forms.ChoiceField(
        label=_("Notify me by mail of"),
        choices=NOTIFY,
        required=False,
        help_text=_("Without an account you get one mail first, to confirm."),
    )

    field_order = ["name", "email", "text", "notify"]

    def __init__(
        self, *args: Any, is_member: bool = False, is_reply: bool = False, **options: Any
    ) -> None:
        without = {*(QUOTED if is_reply else ()), *(SIGNED if is_member else ())}
        # Left out before a form copies its fields, which takes longer than to check them.
        self.base_fields = {  # type: ignore[misc]
            name: field for name, field in self.base_fields.items() if name not in without
        }
        super().__init__(*args, **options)
        self.is_member = is_member
        if self.is_of_who_left:
            self.fields["name"].error_messages["required"] = SIGNED_OUT

    @property
    def is_of_who_left(self) -> bool:
        """Sent from a page on which they were signed in: a member's form has no name."""
        return self.is_bound and not self.is_member and "name" not in self.data

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    @property
    def fields_html(self) -> SafeString:
        """The fields to fill in. Those of an empty form are the same for everybody."""
        if self.is_bound:
            return _fields_html(self)
        return _empty_fields_html(get_language(), self.auto_id, is_member=self.is_member)


@cache
def empty_form(auto_id: str, *, is_reply: bool = False) -> CommentForm:
    """A form that nobody has filled in, the same one on every page of this process."""
    return CommentForm(auto_id=auto_id, is_reply=is_reply)


def _fields_html(form: forms.Form) -> SafeString:
    fields = (field.as_field_group() for field in form.visible_fields())
    return SafeString("".join(fields))


def _hidden_html(form: forms.Form) -> SafeString:
    return SafeString("".join(str(field) for field in form.hidden_fields()))


@cache
def _empty_hidden_html(kind: type[QuotingForm], auto_id: str) -> SafeString:
    return _hidden_html(kind(auto_id=auto_id))


@cache
def _empty_fields_html(_language: str, auto_id: str, *, is_member: bool) -> SafeString:
    """Made once in each language: a form's fields cost more than a page's comments."""
    return _fields_html(CommentForm(auto_id=auto_id, is_member=is_member))
