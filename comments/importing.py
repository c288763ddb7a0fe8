"""Comments from another system: one JSON object a line, by the same rules and the same verb.

`id`, `article` (`de/late-ferry`, or the slug alone in the default language), `name`, `text` and
`created_at` (ISO 8601) are wanted of each; `parent` is the `id` of what it answers, on any line.
Whoever has one name is one person, a guest.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import batched
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import is_aware
from django.utils.translation import override

from articles.models import Article
from articles.times import in_newsroom
from comments.models import Comment, ImportedComment, Status
from comments.moderating import standing_entry
from comments.posting import Guest, post
from comments.refusals import NotPublic, Refused
from operations.clock import database_now

A_BATCH = 500  # lines whose comments are looked for at once
LONGEST_KEY = 200
OLDEST = 1970  # the year in which a comment may have been written


class Line(NamedTuple):
    id: str
    article: str
    name: str
    text: str
    created_at: datetime
    parent: str


type Numbered = tuple[int, Line]


@dataclass
class Report:
    """What became of the lines; `held` by rule, `refused` are (line number, why).

    `doubles` are (line number, number of the first line that says the same).
    """

    public: int = 0
    known: int = 0
    held: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)
    doubles: list[tuple[int, int]] = field(default_factory=list)


def read_line(raw: bytes) -> Line:
    """Raises ValueError, which says what is wrong."""
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        raise ValueError("This is no JSON.")
    if not isinstance(given, dict):
        raise ValueError("This is no JSON object.")
    parts = {name: str(given.get(name) or "") for name in Line._fields}
    if missing := [name for name, part in parts.items() if not part and name != "parent"]:
        raise ValueError(f"This lacks {', '.join(missing)}.")
    keys = (parts["id"], parts["article"], parts["parent"])
    if any(len(key) > LONGEST_KEY or not key.isprintable() for key in keys):
        raise ValueError("An id or article here is none.")
    try:
        at = datetime.fromisoformat(parts["created_at"])
        if at.year < OLDEST:  # nor one that no clock of another zone could show
            raise ValueError
        return Line(**parts | {"created_at": at if is_aware(at) else in_newsroom(at)})  # type: ignore[arg-type]
    except (ValueError, OverflowError, ValidationError):
        raise ValueError(f"{parts['created_at'][:40]!a} is no time.")


def in_circles(parents: dict[str, str]) -> set[str]:
    """Of {key: the key of its parent} those that one comes back to. Looks at each once."""
    found: set[str] = set()
    walked: dict[str, str] = {}  # {key: from where}
    for start in parents:
        at = start
        while at in parents and at not in walked:
            walked[at] = start
            at = parents[at]
        while walked.get(at) == start and at not in found:
            found.add(at)
            at = parents[at]
    return found


@dataclass
class Importing:
    """One run. A trial writes nothing: it knows no better than what the site holds already.

    The whole file is read before the first comment is written, and kept in memory: what was said
    first comes first, behind what it answers, whatever the order of the lines.
    """

    source: str
    is_trial: bool = False
    report: Report = field(default_factory=Report)
    # {key: the comment}, of the lines and what they answer; None where a trial alone has it
    _known: dict[str, int | None] = field(default_factory=dict)
    _hidden: set[str] = field(default_factory=set)  # keys that a trial would have held
    _articles: dict[str, Article | None] = field(default_factory=dict)
    _places: dict[str, Numbered] = field(default_factory=dict)  # {key: its first line}

    def run(self, lines: Iterable[bytes]) -> Report:
        """Each comment in a transaction of its own; again, or after a crash, only what lacks.

        A query for each batch, and those of `post` for each comment.
        """
        self._read(lines)
        for batch in batched(self._places.values(), A_BATCH):
            self._look_up([line for _number, line in batch])
        ready: list[tuple[datetime, int, Line]] = []  # a heap: the earliest first
        waiting: dict[str, list[tuple[datetime, int, Line]]] = defaultdict(list)
        for number, line in self._places.values():
            is_answer = line.parent and not {line.id, line.parent} & self._known.keys()
            place = waiting[line.parent] if is_answer else ready
            place.append((line.created_at, number, line))
        heapify(ready)
        while ready:
            _at, number, line = heappop(ready)
            if self._is_taken(number, line):
                for answer in waiting.pop(line.id, ()):
                    heappush(ready, answer)
        self._tell_left([line for answers in waiting.values() for _at, _number, line in answers])
        self.report.refused.sort()
        return self.report

    def _read(self, lines: Iterable[bytes]) -> None:
        """Finds the lines that can be read, each id once."""
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                line = read_line(raw)
                first, known = self._places.setdefault(line.id, (number, line))
                if known != line:
                    told = f"Line {first} has the same id, {line.id}, and says something else."
                    raise ValueError(told)
                if first != number:
                    self.report.doubles.append((number, first))
            except ValueError as unreadable:
                self.report.refused.append((number, str(unreadable)))

    def _look_up(self, lines: list[Line]) -> None:
        keys = {key for line in lines for key in (line.id, line.parent) if key}
        here = ImportedComment.objects.filter(source=self.source, key__in=keys)
        self._known |= here.values_list("key", "comment")

    def _is_taken(self, number: int, line: Line) -> bool:
        """Whether the comment is here now; why not is in the report."""
        try:
            self._take(line)
        except ValidationError as refused:
            self.report.refused.append((number, " ".join(refused.messages)))
        except (Refused, ValueError) as refused:
            self.report.refused.append((number, str(refused)))
        else:
            return True
        return False

    def _tell_left(self, left: list[Line]) -> None:
        """Why what still waits was not imported."""
        circles = in_circles({line.id: line.parent for line in left})
        for line in left:
            if line.id in circles:
                why = "It answers itself, by way of others."
            elif place := self._places.get(line.parent):
                why = f"What it answers, on line {place[0]}, was not imported."
            else:
                why = f"What it answers is not here: {line.parent}"
            self.report.refused.append((self._places[line.id][0], why))

    def _take(self, line: Line) -> None:
        if line.id in self._known:
            self.report.known += 1
            return
        article, now = self._article(line.article), database_now()
        if line.created_at > now:
            raise ValueError("This was written in the future.")
        guest = Guest(line.name, "", uuid5(NAMESPACE_URL, f"{self.source}:{line.name}"))
        with transaction.atomic(), override(article.language):
            comment = post(
                article,
                text=line.text,
                guest=guest,
                in_reply_to=self._answered(line),
                now=now,
                written_at=line.created_at,
            )
            if not self.is_trial:
                row = {"source": self.source, "key": line.id, "comment": comment}
                ImportedComment.objects.create(**row)
            self._note(line, comment)
            transaction.set_rollback(self.is_trial)

    def _note(self, line: Line, comment: Comment) -> None:
        self._known[line.id] = None if self.is_trial else comment.pk
        if comment.status == Status.PUBLIC:
            self.report.public += 1
            return
        self._hidden.add(line.id)
        entry: Any = standing_entry(comment)
        self.report.held[entry.rule] += 1

    def _article(self, named: str) -> Article:
        if named not in self._articles:
            language, _slash, slug = named.rpartition("/")
            places = {"language": language or settings.LANGUAGE_CODE, "slug": slug}
            self._articles[named] = Article.objects.filter(**places).defer("body").first()
        if (article := self._articles[named]) is None:
            raise ValueError(f"There is no article {named}.")
        return article

    def _answered(self, line: Line) -> Comment | None:
        """Raises NotPublic where readers do not see it: once they do, another run imports this."""
        if not line.parent:
            return None
        if line.parent in self._hidden:
            raise NotPublic
        number = self._known[line.parent]
        return Comment.objects.select_related("discussion").get(pk=number) if number else None
