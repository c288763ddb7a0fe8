"""Where a picture is used: in rows, in texts that name it, and in what nobody has published yet.

A text names a picture by its address `/images/<id>/`, which outlives the picture's file.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Func, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Article,
    ArticleQuerySet,
    Autosave,
    Contributor,
    ContributorQuerySet,
    Image,
    Page,
    Revision,
    RevisionKind,
    Status,
    pictures_named,
)

ADDRESS = re.compile(r"/images/([1-9][0-9]{0,17})/")


class Use(NamedTuple):
    """`row` is an article with its `state`, a page, or a person; `what` says what it does there."""

    row: Model
    what: Any


class Each(Func):
    """In SQL, a row for each key in an array."""

    function = "unnest"
    output_field = BigIntegerField()
    set_returning = True


class Number(Func):
    """In SQL, the key that a text is; 0, which is none, for others: `NOT IN` fears NULL."""

    template = "coalesce(substring(%(expressions)s from '^[1-9][0-9]{0,17}$')::bigint, 0)"
    output_field = BigIntegerField()


def named_in(html: str) -> set[int]:
    """The keys of the pictures that a text names."""
    return {int(key) for key in ADDRESS.findall(html)}


def uses_of(keys: Collection[int], *, now: datetime) -> dict[int, list[Use]]:
    """All uses of these pictures by their keys. Seven queries; some read all texts."""
    found: dict[int, list[Use]] = defaultdict(list)
    wanted = set(keys)
    for used, use in _uses(wanted, now):
        for key in sorted(used & wanted):
            if use not in found[key]:
                found[key].append(use)
    return dict(found)


def _uses(keys: set[int], now: datetime) -> Iterator[tuple[set[int], Use]]:
    """(Keys of the pictures, what uses them)."""
    articles = Article.objects.with_state(now).order_by("pk")
    for article in articles.defer("body").filter(lead_image__in=keys):
        yield {article.lead_image_id or 0}, Use(article, _("picture of the article"))
    for article in _naming(keys, articles):
        yield named_in(article.body), Use(article, _("in its text"))
    drafts = list(_drafts(keys))
    drafted = articles.defer("body").in_bulk([article_id for article_id, _lead, _body in drafts])
    for article_id, lead, body in drafts:
        yield {lead or 0} | named_in(body or ""), Use(drafted[article_id], _("in its draft"))
    for person in Contributor.objects.filter(portrait__in=keys):
        yield {person.portrait_id or 0}, Use(person, _("portrait"))
    for page in _naming(keys, Page.objects.all()):
        yield named_in(page.body), Use(page, _("in its text"))
    for typed in _typed(keys).select_related("article").defer("article__body"):
        fields = typed.fields
        lead = {int(key) for key in fields.get("lead_image", []) if key.isdecimal()}
        row = typed.article or Article(language="", headline="")
        yield lead | named_in("".join(fields.get("body", []))), Use(row, _("being written"))


def used() -> Q:
    """A condition on pictures: that something uses them. Reads all texts once."""
    drafts, typed = _waiting(), Autosave.objects.all()
    drafted = KeyTextTransform("id", KeyTransform("lead_image", "snapshot"))
    chosen = KeyTextTransform(0, KeyTransform("lead_image", "fields"))
    written = KeyTextTransform(0, KeyTransform("body", "fields"))
    found = [
        Article.objects.exclude(lead_image=None).values("lead_image"),
        Contributor.objects.exclude(portrait=None).values("portrait"),
        *(_keys(rows, Number(key)) for rows, key in ((drafts, drafted), (typed, chosen))),
        _keys(Article.objects.filter(body__contains="/images/"), Each(pictures_named("body"))),
        _keys(Page.objects.filter(body__contains="/images/"), Each(pictures_named("body"))),
        _keys(drafts, Each(pictures_named(KeyTextTransform("body", "snapshot")))),
        _keys(typed, Each(pictures_named(written))),
    ]
    return reduce(or_, (Q(pk__in=keys) for keys in found))


def _keys(rows: QuerySet, key: Func) -> QuerySet:
    return rows.annotate(used=key).values("used")


def is_public(image: Image, *, live: ArticleQuerySet, known: ContributorQuerySet) -> bool:
    """Whether something that readers see shows it, given the articles and people that they see.

    Four queries at most, each by an index but for the standing pages.
    """
    return (
        live.filter(lead_image=image).exists()
        or known.filter(portrait=image).exists()
        or _naming({image.pk}, Page.objects.all()).exists()
        or _naming({image.pk}, live).exists()
    )


def licensed_until(article: Article) -> QuerySet[Image]:
    """The pictures of the article as its rows have it whose licence ends, the soonest first."""
    keys = named_in(article.body) | ({article.lead_image_id} if article.lead_image_id else set())
    ending = Image.objects.filter(pk__in=keys).exclude(licence_ends_on=None)
    return ending.order_by("licence_ends_on", "pk")


def _naming[Rows: QuerySet](keys: set[int], rows: Rows) -> Rows:
    """Those of the rows whose text names one of the pictures."""
    return rows.alias(named=pictures_named("body")).filter(named__overlap=list(keys))


def _waiting() -> QuerySet[Revision]:
    """The newest drafts over what was public; other drafts stand in their article's row."""
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")
    drafts = Revision.objects.filter(kind=RevisionKind.DRAFT, pk=Subquery(newest[:1]))
    return drafts.exclude(article__status=Status.DRAFT)


def _drafts(keys: set[int]) -> QuerySet:
    """(Article's key, picture's key, text) of the waiting drafts that use one of the pictures."""
    drafts = _waiting().alias(named=pictures_named(KeyTextTransform("body", "snapshot")))
    condition = Q(snapshot__lead_image__id__in=keys) | Q(named__overlap=list(keys))
    return drafts.filter(condition).values_list(
        "article", "snapshot__lead_image__id", "snapshot__body"
    )  # fmt: skip


def _typed(keys: set[int]) -> QuerySet[Autosave]:
    body = KeyTextTransform(0, KeyTransform("body", "fields"))
    chosen = Q(fields__lead_image__0__in=[str(key) for key in keys])
    typed = Autosave.objects.alias(named=pictures_named(body))
    return typed.filter(chosen | Q(named__overlap=list(keys)))
