"""The people who sign in."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member or a person of the newsroom. What they may do comes from the groups in roles.py."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language of the desk"), max_length=7, choices=settings.LANGUAGES, blank=True
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_is_unique",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
        ]

    @property
    def public_name(self) -> str:
        """What readers see: the full name, or the username where none was given."""
        return self.get_full_name() or self.username
