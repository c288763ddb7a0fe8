"""The people who sign in."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.names import KEY_LENGTH, LEFT, name_key, shown_name
from accounts.sessions import Session  # noqa: F401  its table

NAME_TAKEN = _("Somebody else goes by this name or by one that looks the same.")


class UserManager(DjangoUserManager["User"]):
    use_in_migrations = False

    def unproven(self) -> models.QuerySet["User"]:
        """Who signed up and has not given the code yet: they hold a name, and an address that may
        be somebody else's. Whom the desk gave an account, and who ever signed in, is none of them.
        """
        addresses = EmailAddress.objects.filter(user=models.OuterRef("pk"))
        return self.filter(
            models.Exists(addresses.filter(verified=False)),
            ~models.Exists(addresses.filter(verified=True)),
            last_login=None,
            is_staff=False,
        )

    def called(self, name: str) -> models.QuerySet["User"]:
        """Whose public name readers could not tell from this one: one person or nobody."""
        return self.filter(name_key=name_key(name))


class User(AbstractUser):
    """A member or a person of the newsroom. What they may do comes from the groups in roles.py.

    Who leaves is emptied in place (`accounts.leaving`): what they signed stays signed by somebody.
    """

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language of the desk"), max_length=7, choices=settings.LANGUAGES, blank=True
    )
    # Of the public name; null for who has left, and who had the name of another before it was kept.
    name_key = models.CharField(max_length=KEY_LENGTH, null=True, editable=False)

    objects = UserManager()  # type: ignore[misc]  # the stubs' is a class variable

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_is_unique",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                name="user_name_is_told_apart",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(
                condition=~Q(username__startswith=LEFT)
                | Q(
                    first_name="", last_name="", email="", language="", name_key=None,
                    is_active=False, is_staff=False, is_superuser=False, last_login=None,
                ),
                name="user_who_left_is_empty",
                violation_error_message=_("Of who has left nothing is kept but a number."),
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        super().clean()
        others = User.objects.called(self.public_name).exclude(pk=self.pk)
        if not self.has_left and others.exists():
            raise ValidationError({"__all__": NAME_TAKEN}, code="name_taken")

    def save(self, *args: Any, **options: Any) -> None:
        named = {"username", "first_name", "last_name"}
        columns = options.get("update_fields")
        if columns is None or named & set(columns):
            self.name_key = None if self.has_left else name_key(self.public_name) or None
            if columns is not None:
                options["update_fields"] = {*columns, "name_key"}
        super().save(*args, **options)

    @property
    def has_left(self) -> bool:
        return self.username.startswith(LEFT)

    @property
    def public_name(self) -> str:
        """What readers see: the full name, or the username where none was given."""
        return shown_name(self.first_name, self.last_name, self.username)
