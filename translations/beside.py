"""The source that stands beside an article while it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from babel import Locale
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language

from articles.models import Article, Image, Revision
from richtext.articles import article_html_from_plain, safe_article_html
from translations.changes import Difference, differences
from translations.credit import language_name
from translations.models import Attribution, SourceText, SourceWork


def direction_of(language: str) -> str:
    """ltr or rtl, for any language of the world."""
    return Locale.parse(language, sep="-").text_direction


# Above the text and below it, as they stand in the article's form.
ABOVE, BELOW = ("kicker", "headline", "standfirst"), ("lead_caption",)


@dataclass(frozen=True)
class Version:
    """A source as it was at one time: its short texts by field, and its text as safe HTML."""

    saved: Revision | SourceText | None = None  # as whose version
    at: datetime | None = None
    texts: dict[str, str] = field(default_factory=dict)
    body: str = ""  # safe
    picture: int | None = None


@dataclass(frozen=True)
class Source:
    """What an article is made from: as it was covered, and as it is now."""

    language: str
    title: str
    covered: Version
    newest: Version
    article: Article | None = None
    work: SourceWork | None = None

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def language_name(self) -> str:
        return language_name(self.language, get_language() or "en")

    @property
    def above(self) -> list[tuple[str, str, str]]:
        return list(_named(self.covered, ABOVE))

    @property
    def below(self) -> list[tuple[str, str, str]]:
        return list(_named(self.covered, BELOW))

    @property
    def has_changed(self) -> bool:
        """Whether there is a newer version than the one that is covered."""
        return self.covered.saved != self.newest.saved

    @property
    def changes(self) -> list[Difference]:
        """What is different in the newest version."""
        old, new = self.covered.saved, self.newest.saved
        return differences(old, new) if old and new else []

    @cached_property
    def picture(self) -> Image | None:
        """The lead picture of a source of our own. One query."""
        key = self.covered.picture
        return Image.objects.filter(pk=key).first() if key else None


def source_beside(article: Article, *, known: QuerySet[Article]) -> Source | None:
    """What the article's credit names; None for an original, or for what is not among `known`.

    Without a pointer to what is covered, it is the newest. Four queries at most.
    """
    credits = Attribution.objects.select_related(
        "source_work__publication", "source_revision", "source_text"
    )
    credit = credits.filter(article=article.pk).first()
    if credit is None:
        return None
    if credit.source_work:
        return _elsewhere(credit.source_work, credit.source_text)
    ours = known.filter(pk__in=[credit.source_article_id]).first()
    return _our_own(ours, credit.source_revision) if ours else None


def _elsewhere(work: SourceWork, covered: SourceText | None) -> Source:
    newest = work.texts.first()
    return Source(
        work.language,
        work.title,
        _version_of_text(covered or newest),
        _version_of_text(newest),
        work=work,
    )


def _version_of_text(text: SourceText | None) -> Version:
    if text is None:
        return Version()
    return Version(text, text.taken_at, body=article_html_from_plain(text.text))


def _our_own(article: Article, covered: Revision | None) -> Source:
    """By its revisions; one that was never published, as it is written now."""
    newest = Revision.objects.newest_published(article)
    if newest is None:
        draft = _version_of_draft(article)
        return Source(article.language, str(article), draft, draft, article=article)
    return Source(
        article.language,
        str(article),
        _version(covered or newest),
        _version(newest),
        article=article,
    )


def _version(revision: Revision) -> Version:
    snapshot: dict[str, Any] = revision.snapshot
    picture = snapshot.get("lead_image") or {}
    texts = {name: snapshot.get(name) or "" for name in ABOVE}
    return Version(
        revision,
        revision.created_at,
        texts | {"lead_caption": picture.get("caption") or ""},
        safe_article_html(snapshot.get("body") or ""),
        picture.get("id"),
    )


def _version_of_draft(article: Article) -> Version:
    texts = {name: getattr(article, name) for name in (*ABOVE, *BELOW)}
    body = safe_article_html(article.body)
    return Version(texts=texts, body=body, picture=article.lead_image_id)


def _named(version: Version, names: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """(field, its label, its text) of those that are not empty."""
    for name, label in _labels(names):
        if text := version.texts.get(name):
            yield name, label, text


def _labels(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        described: Any = Article._meta.get_field(name)
        yield name, capfirst(str(described.verbose_name))
