"""Sessions that know whose they are, so that a person's can be ended: Django's, with one column.

The engine that `SESSION_ENGINE` names. What somebody is signed in with is a row, and nothing else:
without it the browser's cookie opens nothing.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type["Session"]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row


class Session(AbstractBaseSession):
    """What one browser is remembered by; of a signed-in one, whose it is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


def sessions_elsewhere(user: Any, *, here: str | None) -> models.QuerySet[Session]:
    """The person's, but the one with this key; closed browsers of the last two weeks included."""
    return Session.objects.filter(user=user).exclude(session_key=here or "")


def end_sessions(user: Any, *, but: str | None = None) -> int:
    """Signs the person out everywhere at once, but where this key is; how many. Safe to repeat.

    A page that is being made meanwhile cannot write its session back. One query.
    """
    ended, _by_model = sessions_elsewhere(user, here=but).delete()
    return ended
