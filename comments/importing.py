"""Comments from another system: one JSON object a line, by the same rules and the same verb.

`id`, `article` (`de/late-ferry`, or the slug alone in the default language), `name`, `text` and
`created_at` (ISO 8601) are wanted of each; `parent` is the `id` of what it answers, on any line.
Whoever has one name is one person, a guest.
"""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
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

    In memory it keeps the ids of all lines, and those whose parent comes later: a hundred thousand
    comments in the worst order take as much as their file.
    """

    source: str
    is_trial: bool = False
    report: Report = field(default_factory=Report)
    # {key: the comment}, of the batch and what it answers; None where a trial alone has it
    _known: dict[str, int | None] = field(default_factory=dict)
    _hidden: set[str] = field(default_factory=set)  # keys that a trial would have held
    _articles: dict[str, Article | None] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)  # {key: (line number, hash)}
    _waiting: dict[str, list[Numbered]] = field(default_factory=lambda: defaultdict(list))

    def run(self, lines: Iterable[bytes]) -> Report:
        """Each comment in a transaction of its own; again, or after a crash, only what lacks.

        A query for each batch, and those of `post` for each comment.
        """
        numbered = ((number, raw) for number, raw in enumerate(lines, 1) if raw.strip())
        for batch in batched(numbered, A_BATCH):
            read = list(self._read(batch))
            self._look_up(line for _number, line in read)
            for number, line in read:
                if line.parent and not {line.id, line.parent} & self._known.keys():
                    self._waiting[line.parent].append((number, line))
                else:
                    self._take_with_answers(number, line)
        self._tell_left()
        self.report.refused.sort()
        return self.report

    def _read(self, batch: Iterable[tuple[int, bytes]]) -> Iterable[Numbered]:
        """The lines that can be read, each id once."""
        for number, raw in batch:
            try:
                line = read_line(raw)
                place = self._places.setdefault(line.id, (number, hash(line)))
                if place[0] == number:
                    yield number, line
                elif place[1] == hash(line):
                    self.report.doubles.append((number, place[0]))
                else:
                    told = f"Line {place[0]} has the same id, {line.id}, and says something else."
                    raise ValueError(told)
            except ValueError as unreadable:
                self.report.refused.append((number, str(unreadable)))

    def _look_up(self, lines: Iterable[Line]) -> None:
        keys = {key for line in lines for key in (line.id, line.parent) if key}
        here = ImportedComment.objects.filter(source=self.source, key__in=keys)
        trials = {key: None for key, comment in self._known.items() if comment is None}
        self._known = trials | dict(here.values_list("key", "comment"))

    def _take_with_answers(self, number: int, line: Line) -> None:
        """The comment, and all that has waited for it."""
        ready = deque([(number, line)])
        while ready:
            number, line = ready.popleft()
            try:
                self._take(line)
            except ValidationError as refused:
                self.report.refused.append((number, " ".join(refused.messages)))
            except (Refused, ValueError) as refused:
                self.report.refused.append((number, str(refused)))
            else:
                ready.extend(self._waiting.pop(line.id, ()))

    def _tell_left(self) -> None:
        """Why what still waits was not imported."""
        left = [each for answers in self._waiting.values() for each in answers]
        circles = in_circles({line.id: line.parent for _number, line in left})
        for number, line in left:
            if line.id in circles:
                why = "It answers itself, by way of others."
            elif place := self._places.get(line.parent):
                why = f"What it answers, on line {place[0]}, was not imported."
            else:
                why = f"What it answers is not here: {line.parent}"
            self.report.refused.append((number, why))

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
