"""Leaving for good: the account is emptied in place, so that what it signed stays signed."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.belongings import belongings
from accounts.models import User
from accounts.names import LEFT
from accounts.sessions import end_sessions
from pagecache.drops import drop


@transaction.atomic
def leave(user: User, *, keeps_comments: bool) -> None:
    """Empties the account at once; from then on nobody can sign in to it and nothing names anybody.

    Comments stay as a former member's, or the worker erases them one by one (`comments.leaving`).
    What the newsroom signed stays under the number of its account; gifts stay in the ledger, which
    has rules of its own for being forgotten. Safe to repeat. Locks the account, then what each app
    says; a dozen queries.
    """
    leaver = User.objects.select_for_update().get(pk=user.pk)
    if leaver.has_left:
        return
    for each in belongings():
        each.give_up(leaver, keeps_comments=keeps_comments)
    end_sessions(leaver)
    EmailAddress.objects.filter(user=leaver).delete()
    Authenticator.objects.filter(user=leaver).delete()
    leaver.groups.clear()
    leaver.user_permissions.clear()
    leaver.username = f"{LEFT}{leaver.pk}"
    leaver.first_name = leaver.last_name = leaver.email = leaver.language = ""
    leaver.is_active = leaver.is_staff = leaver.is_superuser = False
    leaver.last_login = None
    leaver.set_unusable_password()
    leaver.save()
    kind = ContentType.objects.get_for_model(User)
    told = LogEntry.objects.filter(content_type=kind, object_id=str(leaver.pk))
    told.update(object_repr=str(leaver))  # it had their user name
    drop("site")  # any page may name them
