"""What the worker does for accounts."""

from datetime import timedelta

from django.tasks import task

from accounts.models import User
from accounts.sessions import SessionStore
from operations.clock import database_now

PATIENCE = timedelta(days=1)


@task()
def forget_unproven() -> int:
    """Deletes accounts whose address nobody proved within a day; how many.

    So nobody keeps a name or somebody else's address by typing it.
    """
    old = User.objects.unproven().filter(date_joined__lt=database_now() - PATIENCE)
    _rows, by_model = old.delete()
    return by_model.get("accounts.User", 0)


@task()
def forget_ended_sessions() -> None:
    """Deletes the rows of sessions whose time is over; nobody is signed in by them any more."""
    SessionStore.clear_expired()
