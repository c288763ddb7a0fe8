"""Whose e-mail address is whose."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def vouch(user: User) -> None:
    """Makes the account's address one that is known to be the person's, and their only one.

    For accounts made at the desk, which knows whose address it enters. Who signs up proves it by a
    code instead; whatever others claimed without proof ends here. Three queries.
    """
    kept = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=kept).delete()
    EmailAddress.objects.filter(email=kept, verified=True).exclude(user=user).delete()
    if kept:
        proven = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=user, email=kept, defaults=proven)
