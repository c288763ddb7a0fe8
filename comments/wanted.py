"""What a reader may ask of a conversation, and the signed places where its pages end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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


class Show(StrEnum):
    """Which comments a page of the conversation holds."""

    FIRST = ""  # threads with their first replies
    WHOLE = "all"
    INLINE = "inline"  # threads about passages
    NEW = "new"
    PICKS = "picks"  # what the desk picked, with what that answers


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for.

    `passage` and `thread` are the ids of the only ones, `after` is a signed cursor, `since` comes
    with Show.NEW.
    """

    sort: Sort = Sort.NEWEST
    show: Show = Show.FIRST
    language: str = ""
    since: datetime | None = None
    passage: int | None = None
    thread: int | None = None
    after: str = ""

    @property
    def is_whole(self) -> bool:
        return self.show == Show.WHOLE

    @property
    def condition(self) -> str:
        """SQL over `{name}`, a comment: whether it is one of those asked for."""
        language = " AND {name}.language = %(language)s" if self.language else ""
        since = " AND {name}.public_at > %(since)s" if self.since else ""
        picks = " AND {name}.pick_note IS NOT NULL" if self.show == Show.PICKS else ""
        return PUBLIC + language + since + picks

    @property
    def is_partial(self) -> bool:
        """Whether only comments of some kind were asked for, whatever their language."""
        return bool(self.passage) or self.show in (Show.INLINE, Show.NEW, Show.PICKS)

    @property
    def is_elsewhere(self) -> bool:
        """Whether this is not where the conversation begins."""
        return bool(self.thread or self.after) or self.is_partial

    @property
    def threads(self) -> str:
        """SQL over a thread's first comment: whether the thread is one of those asked for."""
        if self.passage:
            return "passage_id = %(passage)s"
        return "passage_id IS NOT NULL" if self.show == Show.INLINE else "true"

    @property
    def is_filtered(self) -> bool:
        """Whether of a thread some comments may be wanted and others not."""
        return bool(self.language or self.since) or self.show == Show.PICKS

    @property
    def parameters(self) -> dict[str, Any]:
        return {"language": self.language, "since": self.since, "passage": self.passage}

    @property
    def query(self) -> dict[str, str]:
        """What an address says to ask for the same, but for the sort and the place in it."""
        since = self.since.isoformat() if self.since else ""
        named = {"lang": self.language, "show": self.show.value, "since": since}
        return {name: value for name, value in named.items() if value} | (
            {"passage": str(self.passage)} if self.passage else {}
        )


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
