"""What a reader fills in to be told by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import Frequency, Kind

NOTHING = ("", _("nothing"))
NOTIFY = [NOTHING, *((kind.value, kind.label) for kind in (Kind.REPLIES, Kind.STORY))]


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Never shown to readers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class FollowForm(EmailForm):
    """How often; of guests also where to."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency, initial=Frequency.NOW)

    def __init__(self, *args: Any, is_member: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_member:
            del self.fields["email"]


class ChangeForm(forms.Form):
    """A row of what somebody follows: `save` with a frequency, or `stop`."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency)
