"""Invented conversations: threads in their slots, and every counter as the rows say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from comments.models import Reason, Status
from comments.tree import NewThread
from newsroom.seeding.stories import Edition
from newsroom.seeding.words import Reader, Words

COMMENT = (
    "id", "discussion", "parent", "in_reply_to", "article", "language", "author", "guest_name",
    "guest_email", "guest_id", "text", "html", "status", "reason", "created_at", "public_at",
    "has_history", "ups", "downs", "reply_count", "open_flags", "tree_id", "lft", "rght", "level",
)  # fmt: skip
DISCUSSION = ("id", "story", "invites", "comment_count", "thread_count",
              "people_count", "comments_by_language")  # fmt: skip
A_THREAD = 8  # comments, on average
TO_THE_FIRST = 0.45  # of the replies answer the first of their thread, the others any before them
REMOVED, HELD = 0.01, 0.005
LIVELY = timedelta(days=3)  # how long a thread goes on
# Plain text: a member of an enumeration costs more to write than the rest of its row.
HELD_STATUS, PUBLIC_STATUS, REMOVED_STATUS = (
    str(status.value) for status in (Status.HELD, Status.PUBLIC, Status.REMOVED)
)
WHY = {HELD_STATUS: "", PUBLIC_STATUS: "", REMOVED_STATUS: str(Reason.OTHER.value)}


@dataclass
class Talk:
    """One conversation: its story's editions, the sizes of its threads, and what was counted."""

    id: int
    editions: list[Edition]
    sizes: list[int]
    threads: int = 0
    people: Counter[str] = field(default_factory=Counter)  # public comments by Reader.key
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def row(self) -> tuple[Any, ...]:
        """Of `Discussion`, once the comments' rows are made."""
        return (self.id, self.editions[0].story_id, False, self.languages.total(),
                self.threads, len(self.people), dict(self.languages))  # fmt: skip


def shares(total: int, number: int) -> list[int]:
    """`total` in so many parts, of which the first is the largest and the n-th an n-th of it."""
    harmonic = sum(1 / place for place in range(1, number + 1))
    parts = [int(total / harmonic / place) for place in range(1, number + 1)]
    for place in range(total - sum(parts)):
        parts[place % number] += 1
    return parts


def thread_sizes(comments: int, chance: Random) -> list[int]:
    """How many comments each thread of a conversation has: most are in a few hot ones."""
    threads = max(comments // A_THREAD, 1)
    sizes = [1 + replies for replies in shares(comments - threads, threads)]
    chance.shuffle(sizes)
    return sizes


@dataclass
class Writing:
    """Makes the rows. `ups` and `downs` are votes by a comment's number, the first one's 0."""

    words: Words
    readers: list[Reader]
    ids: Iterator[int]
    trees: Iterator[int]
    now: datetime
    chance: Random
    ups: Counter[int]
    downs: Counter[int]
    number: int = 0
    voted: list[tuple[int, int, int]] = field(default_factory=list)  # comment, ups, downs

    def rows(self, talk: Talk) -> Iterator[tuple[Any, ...]]:
        for size in talk.sizes:
            yield from self._thread(talk, size)

    def _thread(self, talk: Talk, size: int) -> Iterator[tuple[Any, ...]]:
        ids, tree_id = list(islice(self.ids, size)), next(self.trees)
        answered = self._answered(size)
        statuses = self._statuses(answered)
        replies = statuses.count(PUBLIC_STATUS)
        if statuses[0] == PUBLIC_STATUS:
            replies -= 1
            talk.threads += 1
        at, pace = self._times(talk, size)
        thread = NewThread()
        for number, (comment_id, status) in enumerate(zip(ids, statuses, strict=True)):
            place = thread.add(answered[number]) if number else thread.places[0]
            edition, reader, (text, html) = self._said(talk)
            if status == PUBLIC_STATUS:
                talk.people[reader.key] += 1
                talk.languages[edition.language] += 1
            ups, downs = self._votes(comment_id)
            yield (
                comment_id, talk.id, None if place.parent is None else ids[place.parent],
                ids[answered[number]] if number else None, edition.id, edition.language,
                *reader[:4], text, html, status, WHY[status], at,
                None if status == HELD_STATUS else at, False, ups, downs,
                0 if number else replies, 0, tree_id, *place[2:], place.level,
            )  # fmt: skip
            at += pace

    def _answered(self, size: int) -> list[int]:
        """By each comment's number that of the one it answers; of the first one nothing's."""
        random = self.chance.random
        return [0 if random() < TO_THE_FIRST else int(random() * number) for number in range(size)]

    def _statuses(self, answered: list[int]) -> list[str]:
        """A few removed, and a few held of those that nobody has seen to answer or vote."""
        random = self.chance.random
        seen = set(answered[1:])
        statuses = [PUBLIC_STATUS] * len(answered)
        for number in range(len(answered)):
            drawn = random()
            if drawn < REMOVED:
                statuses[number] = REMOVED_STATUS
            elif drawn < REMOVED + HELD and number not in seen:
                voted = self.number + number
                if not (self.ups[voted] or self.downs[voted]):
                    statuses[number] = HELD_STATUS
        return statuses

    def _times(self, talk: Talk, size: int) -> tuple[datetime, timedelta]:
        """When a thread begins, soon after the last edition, and how long it is between two."""
        published = max(edition.published_at for edition in talk.editions)
        begun = published + (self.now - published) * self.chance.random() ** 3
        return begun, min(LIVELY, self.now - begun) / size

    def _said(self, talk: Talk) -> tuple[Edition, Reader, tuple[str, str]]:
        random = self.chance.random
        edition = talk.editions[int(random() * len(talk.editions))]
        texts = self.words.texts[edition.language]
        reader = self.readers[int(random() ** 2 * len(self.readers))]
        return edition, reader, texts[int(random() * len(texts))]

    def _votes(self, comment_id: int) -> tuple[int, int]:
        number, self.number = self.number, self.number + 1
        if number not in self.ups and number not in self.downs:
            return 0, 0
        ups, downs = self.ups[number], self.downs[number]
        self.voted.append((comment_id, ups, downs))
        return ups, downs
