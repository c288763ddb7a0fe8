"""Queries that are composed once: that takes Django several times as long as their answer takes.

What pages and writers ask again and again is kept here as finished SQL, and prepared on each
connection, so that PostgreSQL does not plan it again either.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connection, connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8

from operations.pipelines import pipeline

INSERT = 'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING {returning}'
INSERT_WITH = "WITH added AS ({insert}), {others} SELECT {returning} FROM added"
JOINED = """LEFT JOIN (
    SELECT true, asked.* FROM ({sql}) asked LIMIT 1
) part_{number} ON true"""
BEYOND = 2**63  # what a bigint holds is less
SLOT = re.compile("%[s%]")  # a parameter's, or a sign that is none's
_ServerBindingCursor: Any = ServerBindingCursor
Rows = dict[tuple[Any, ...], list[tuple]]  # by a query and its values
# What was asked ahead; None where nobody keeps that.
_known: ContextVar[Rows | None] = ContextVar("known", default=None)


def prepared_cursor() -> Any:
    """A cursor whose statements, once asked some times on a connection, are prepared there.

    Close it, by `with`. Parameters are bound by the server: cast those whose type it cannot see.
    """
    # as Django opens its own cursors, but for their binding
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    return database._prepare_cursor(PreparedCursor(database.connection))


class PreparedCursor(_ServerBindingCursor):
    """Asks a second time where a migration has changed a column's type below what was prepared.

    Its connection prepares nothing from then on. In a transaction the error stands, and rolling
    back makes psycopg forget what it had prepared.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        try:
            return super().execute(query, params, **options)
        except FeatureNotSupported:
            if not _stops_preparing(self.connection):
                raise
            return super().execute(query, params, **options)


def insert(row: models.Model) -> None:
    """Adds a row as its `save()` does in more time, and gives it its key and what is generated.

    The statement is composed once for each model. No signal is sent. One query.
    """
    with prepared_cursor() as cursor:
        send(row, by=cursor)
        receive(row, by=cursor)


class Along(NamedTuple):
    """What else is written by the statement that adds a row, which it knows as `added`.

    Of that it sees the key and what is generated; of its table, what was there before.
    """

    sql: str
    values: dict[str, Any]


def send(row: models.Model, *along: Along, by: Any) -> None:
    """The first half of `insert`: in a pipeline the second one follows once that is over."""
    sql, given = _insertion(type(row), tuple(each.sql for each in along))
    values = {_slot(field): field.get_db_prep_save(field.pre_save(row, True), connection)  # noqa: FBT003
              for field in given}  # fmt: skip
    for each in along:
        values |= each.values
    by.execute(sql, {name: _of_one_width(value) for name, value in values.items()})


def receive(row: models.Model, *, by: Any) -> None:
    meta: Any = row._meta
    for field, value in zip(meta.db_returning_fields, by.fetchone(), strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[models.Model], along: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The statement, and the fields whose values it wants."""
    meta: Any = model._meta
    given = [
        field
        for field in meta.local_concrete_fields
        if not field.primary_key and not field.generated
    ]
    columns, returning = (
        ", ".join(f'"{field.column}"' for field in fields)
        for fields in (given, meta.db_returning_fields)
    )
    places = ", ".join(f"%({_slot(field)})s" for field in given)
    names = {"table": meta.db_table, "columns": columns, "places": places, "returning": returning}
    insert = INSERT.format(**names)
    if not along:
        return insert, given
    others = ", ".join(f"along_{number} AS ({sql})" for number, sql in enumerate(along))
    return INSERT_WITH.format(insert=insert, others=others, returning=returning), given


def _slot(field: models.Field) -> str:
    return f"row.{field.column}"


class Composed[Row]:
    """A query set that each process composes once, and asks with other values each time.

    `build` gets a stand-in for each of the values named, of its type: it may compare with them in
    conditions, and make nothing of them. What is prefetched is not read.

        LATEST = Composed(lambda language: Article.objects.filter(language=language), language=str)
        LATEST(language="de")  # a list. One query
    """

    def __init__(self, build: Callable[..., models.QuerySet], **types: type) -> None:
        self._build = build
        self._stand_ins = {
            name: _stand_in(kind, number) for number, (name, kind) in enumerate(types.items())
        }
        self.names = tuple(types)
        self._kept: Any = None

    def __call__(self, **values: Any) -> list[Row]:
        """The rows. One query. Raises TypeError for other names than those declared.

        A number that no column holds finds none, as in Django's own queries.
        """
        _compare(values, self._stand_ins)
        if _is_beyond(values):
            return []  # PostgreSQL would read the whole table to say so
        known = _known.get() or {}
        rows = known.get(self.key(values))
        return self.made_of(self.fetch(values) if rows is None else rows)

    def key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The same for two calls that get the same answer."""
        return self, *(values[name] for name in self.names)

    def fetch(self, values: dict[str, Any]) -> list[tuple]:
        """The rows as they come, for `made_of`. One query."""
        with prepared_cursor() as cursor:
            self.send(by=cursor, **values)
            return cursor.fetchall()

    def send(self, *, by: Any, **values: Any) -> None:
        """The first half of a call: in a pipeline the second one follows once that is over."""
        kept = self.kept()
        by.execute(kept.sql, kept.bind(values))

    def receive(self, *, by: Any) -> list[Row]:
        return self.made_of(by.fetchall())

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. Reads them all: `build` should ask for one."""
        return next(iter(self(**values)), None)

    def kept(self) -> "_KeptCompiler":
        if self._kept is None:  # in several threads at once, perhaps: any of theirs will do
            self._kept = self._composed()
        return self._kept.query.kept

    def made_of(self, fetched: list[tuple]) -> list[Row]:
        """What the query set gives for these rows of its statement."""
        query = self._kept.query
        answered = _like(query, kept=query.kept.answered_by(fetched))
        rows = _like(self._kept, _query=answered)
        return list(rows._iterable_class(rows))

    def _composed(self) -> Any:
        rows: Any = self._build(**self._stand_ins).all()
        rows._query = rows.query.chain(_KeptQuery)  # by its setter values would become dicts
        rows.query.kept = _KeptCompiler(rows.query, connection, rows.db)
        rows.query.kept.keep(self._stand_ins)
        return rows


class Together:
    """Composed queries that one statement asks: the first row of each, or None.

        comment, site = Together(COMMENT, SITE)(pk=7)

    Each gets those of the values that it wants.
    """

    def __init__(self, *parts: Composed[Any]) -> None:
        self._parts = parts
        self._names = {name for part in parts for name in part.names}
        self._sql = ""

    def __call__(self, **values: Any) -> tuple[Any, ...]:
        """One query. Raises TypeError for other names than those of the parts."""
        _compare(values, self._names)
        if _is_beyond(values):
            return (None,) * len(self._parts)
        kept = [part.kept() for part in self._parts]
        if not self._sql:
            joined = [JOINED.format(sql=each.sql, number=n) for n, each in enumerate(kept)]
            self._sql = "\n".join(["SELECT * FROM (SELECT) nothing", *joined])
        with prepared_cursor() as cursor:
            cursor.execute(self._sql, [value for each in kept for value in each.bind(values)])
            row = cursor.fetchone()
        found, begin = [], 0
        for part, each in zip(self._parts, kept, strict=True):
            end = begin + 1 + each.width
            is_there, *columns = row[begin:end]
            found.append(part.made_of([tuple(columns)])[0] if is_there else None)
            begin = end
        return tuple(found)


Asked = tuple[Composed[Any], dict[str, Any]]  # a query, and its values


@contextmanager
def asking_ahead() -> Iterator[None]:
    """Within, whoever asks what `all_of` has asked `ahead` gets the rows that came then."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def all_of(*asked: Asked, ahead: Sequence[Asked] = ()) -> list[list[Any]]:
    """The rows of each query with its values; all go to the database on one way.

        topics, byline = all_of((TOPICS, {"article": 7}), (BYLINE, {"article": 7}))

    On the same way goes what is asked `ahead` of being wanted, within `asking_ahead`.
    """
    known = _known.get()
    if known is None:
        known, ahead = {}, ()
    early, wanted = _by_key(ahead), _by_key([*asked, *ahead])
    rows = known | _fetch({key: each for key, each in wanted.items() if key not in known})
    known.update({key: rows[key] for key in early})
    return [query.made_of(rows[query.key(values)]) for query, values in asked]


def _by_key(asked: Sequence[Asked]) -> dict[tuple[Any, ...], Asked]:
    return {query.key(values): (query, values) for query, values in asked}


def _fetch(asked: dict[tuple[Any, ...], Asked]) -> Rows:
    if not asked:
        return {}
    try:
        with ExitStack() as opened:
            cursors = {key: opened.enter_context(prepared_cursor()) for key in asked}
            with pipeline():
                for key, (query, values) in asked.items():
                    query.send(by=cursors[key], **values)
            return {key: cursor.fetchall() for key, cursor in cursors.items()}
    except NotSupportedError:  # a type below has changed; in a pipeline no cursor learns of it
        if connection.in_atomic_block:
            raise
    return {key: query.fetch(values) for key, (query, values) in asked.items()}


def _stops_preparing(own: Any) -> bool:
    """Whether what failed may be asked again: psycopg's connection prepares nothing from now on."""
    is_idle = own.info.transaction_status == TransactionStatus.IDLE
    if not is_idle or own.prepare_threshold is None:
        return False
    own.prepare_threshold = None
    return True


def _like[Thing](thing: Thing, **other: Any) -> Thing:
    """A shallow copy with other attributes; Django's own copies go deep, or ask the database."""
    made = object.__new__(type(thing))
    vars(made).update(vars(thing) | other)
    return made


def _compare(values: dict[str, Any], names: Iterable[str]) -> None:
    if values.keys() != set(names):
        raise TypeError(f"Wanted: {', '.join(names) or 'nothing'}.")


def _is_beyond(values: dict[str, Any]) -> bool:
    return any(isinstance(value, int) and abs(value) >= BEYOND for value in values.values())


class _KeptQuery(Query):
    kept: "_KeptCompiler"

    def get_compiler(self, *_args: Any, **_options: Any) -> Any:
        return self.kept


class _KeptCompiler(SQLCompiler):
    """Has compiled already, and gives the rows that it was given."""

    sql: str
    width: int  # how many columns its rows have
    _fetched: list[tuple]

    def keep(self, stand_ins: dict[str, Any]) -> None:
        sql, parameters = self.as_sql()
        names = {_key(stand_in): name for name, stand_in in stand_ins.items()}
        pairs = [(names.get(_key(each), ""), each) for each in parameters]
        self._names = [name for name, _fixed in pairs if name]
        if missing := stand_ins.keys() - set(self._names):
            raise ValueError(f"Not in the query: {', '.join(missing)}.")
        if any(_is_derived(fixed) for name, fixed in pairs if not name):
            raise ValueError("Something was made of a stand-in, and would stay as it is.")
        # What is always the same is written out: a plan for any value would fit no partial index.
        texts = ("%s" if name else _written(fixed) for name, fixed in pairs)
        self.sql = SLOT.sub(lambda found: next(texts) if found[0] == "%s" else found[0], sql)
        self.width = len(self.select)
        self._converters = super().get_converters([each[0] for each in self.select])

    def bind(self, values: dict[str, Any]) -> list[Any]:
        return [_of_one_width(values[name]) for name in self._names]

    def answered_by(self, fetched: list[tuple]) -> "_KeptCompiler":
        compiler = copy(self)
        compiler._fetched = fetched
        return compiler

    def execute_sql(self, *_args: Any, **_options: Any) -> Any:
        return [self._fetched]

    def get_converters(self, expressions: Any) -> Any:
        return self._converters


def _stand_in(kind: type, number: int) -> Any:
    if kind is int:
        return -1_000_001 - number
    if kind is datetime:
        return datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return f"\ue000{number}"


def _is_derived(value: Any) -> bool:
    """Whether a value looks as if a stand-in had been reckoned with."""
    return str(value).startswith(("-10000", "0001-")) or "\ue000" in str(value)


def _of_one_width(value: Any) -> Any:
    """By itself psycopg tells numbers apart by their size, and each size is prepared anew."""
    return Int8(value) if type(value) is int else value


def _written(fixed: Any) -> str:
    """As Django's own cursors would send it."""
    operations: Any = connection.ops
    return operations.compose_sql("%s", [fixed]).replace("%", "%%")


def _key(value: Any) -> tuple[type, str]:
    return type(value), str(value)
