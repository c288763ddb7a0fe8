"""What no line of an article may contain."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# C0 and C1 controls but for the line break, and the signs that turn the reading direction of
# what follows. The marks that Arabic and Hebrew need (U+200E, U+200F, U+061C) are fine.
plain_text = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]",
    _("This contains invisible control characters: type it anew."),
    inverse_match=True,
    code="control",
)
