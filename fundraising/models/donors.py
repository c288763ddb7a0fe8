"""The donations once more, as those see them who decide on words or look after givers' data."""

from django.utils.translation import gettext_lazy as _

from fundraising.models.donations import Donation


class Dedication(Donation):
    """The public name and the message of a gift: what is decided on before readers see it."""

    class Meta:
        proxy = True
        verbose_name = _("name and message")
        verbose_name_plural = _("names and messages")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        """Neither an amount nor a reference: who decides on words needs none."""
        return f"#{self.pk}"


class Donor(Donation):
    """What is held about a giver: given out and erased on request."""

    class Meta:
        proxy = True
        verbose_name = _("giver's data")
        verbose_name_plural = _("givers' data")
        default_permissions = ()
        permissions = [
            ("export_donor", "Can give out what is held about a giver"),
            ("erase_donor", "Can erase what names a giver"),
        ]
