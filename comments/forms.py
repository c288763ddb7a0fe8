"""What a reader fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.following_forms import NOTIFY
from comments.wording import MAX_NAME, clean_name, clean_text
from richtext.comments import MAX_LENGTH


class CommentForm(forms.Form):
    """A name, an e-mail address and a comment; of members only the comment is asked."""

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
    text = forms.CharField(
        label=_("Comment"),
        strip=False,
        help_text=_(
            "Markdown works: *emphasis*, **strong**, > quotation, - list, links, >! spoiler."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": MAX_LENGTH, "dir": "auto"}),
    )

    notify = forms.ChoiceField(
        label=_("Notify me by mail of"),
        choices=NOTIFY,
        required=False,
        help_text=_("Without an account you get one mail first, to confirm."),
    )

    def __init__(self, *args: Any, is_member: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_member:
            del self.fields["name"], self.fields["email"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])
