"""What a reader may ask of a conversation, and the signed places where its pages end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.rows import PUBLIC


class Sort(models.TextChoices):
    """How threads are ordered; replies always stand in the order of the talk."""

    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    MOST_VOTED = "most-voted", _("Most Voted")
    BEST = "best", _("Best")


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for. `thread` is the id of the only one, `after` a signed cursor."""

    sort: Sort = Sort.NEWEST
    is_whole: bool = False
    language: str = ""
    since: datetime | None = None
    thread: int | None = None
    after: str = ""

    @property
    def condition(self) -> str:
        """SQL over `{name}`, a comment: whether it is one of those asked for."""
        language = " AND {name}.language = %(language)s" if self.language else ""
        since = " AND {name}.public_at > %(since)s" if self.since else ""
        return PUBLIC + language + since

    @property
    def is_filtered(self) -> bool:
        return bool(self.language or self.since)

    @property
    def parameters(self) -> dict[str, Any]:
        return {"language": self.language, "since": self.since}


class Cursor(NamedTuple):
    """Where a page ended: the last thread by its sort's key, and the last comment read of it.

    `lft` is 0 where nothing of the thread is left to read.
    """

    key: float
    public_at: str
    id: int
    lft: int = 0

    def sign(self, sort: Sort) -> str:
        return _signer(sort).sign_object(list(self))

    @classmethod
    def read(cls, signed: str, sort: Sort) -> "Cursor":
        """Raises BadSignature for anything that `sign` did not make for this sort."""
        return cls(*_signer(sort).unsign_object(signed))


class ThreadCursor(NamedTuple):
    """How far a single thread has been read, and how many public replies, where counted."""

    root: int
    lft: int
    replies: int | None

    def sign(self) -> str:
        return _signer("thread").sign_object(list(self))

    @classmethod
    def read(cls, signed: str) -> "ThreadCursor":
        return cls(*_signer("thread").unsign_object(signed))


def _signer(what: str) -> signing.Signer:
    return signing.Signer(salt=f"comments.reading.{what}")
