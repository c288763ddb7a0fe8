"""What a source has had: revisions and corrections of our own, texts of works elsewhere."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from articles.drafts import snapshot
from articles.models import Article, Correction, Revision, RevisionKind
from tests.builders import make_article, make_user
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Attribution, Change, SourceText, SourceWork


def somebody() -> User:
    return User.objects.first() or make_user()


def make_revision(
    article: Article, *, kind: str = RevisionKind.PUBLISHED, is_minor: bool = False, **changes: Any
) -> Revision:
    """The article as published once more, with its snapshot's `changes`."""
    return Revision.objects.create(
        article=article,
        number=article.revisions.count() + 1,
        kind=kind,
        snapshot=snapshot(article) | {"replaces_read": article.revisions.exists()} | changes,
        is_minor=is_minor,
        created_by=somebody(),
    )


def make_correction(article: Article, *, kind: str = "correction", **fields: Any) -> Correction:
    """With a major revision of its own."""
    if "revision" not in fields:
        fields["revision"] = make_revision(article)
    fields.setdefault("text", "The ferry left at eight, not at nine.")
    return Correction.objects.create(article=article, kind=kind, created_by=somebody(), **fields)


def make_source_text(
    work: SourceWork, *, text: str = "Der Hafen friert zu.", change: str = Change.MAJOR
) -> SourceText:
    """Taken now, so that the work has just been compared."""
    SourceWork.objects.filter(pk=work.pk).update(checked_at=timezone.now())
    return SourceText.objects.create(
        source_work=work, number=work.texts.count() + 1, text=text, change=change,
        taken_by=somebody()
    )  # fmt: skip


def make_long_unchecked(work: SourceWork) -> None:
    SourceWork.objects.filter(pk=work.pk).update(checked_at=timezone.now() - timedelta(days=91))


def make_translation(
    source: Article | SourceWork, *, language: str = "tr", **fields: Any
) -> Attribution:
    """The credit of a live article made from the source: it covers what the source has now."""
    if isinstance(source, Article):
        article = make_article(language=language, story=source.story)
        return make_attribution(article=article, source_article=source, **fields)
    return make_attribution(article=make_article(language=language), source_work=source, **fields)


def make_covered_work(**fields: Any) -> SourceWork:
    """A work elsewhere with one text."""
    work = make_source_work(**fields)
    make_source_text(work)
    return work
