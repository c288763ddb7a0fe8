"""How far an article is behind what it was made from. Nothing of it is stored.

Each credit points to the revision (of a source of our own) or the text (of one elsewhere) that its
article covers; what the source has had since says the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from psycopg.types.numeric import Int8

from articles.models import Article
from operations.composed import prepared_cursor
from translations.models import SourceWork

UNCHECKED_AFTER = timedelta(days=90)  # without a comparison nobody knows what a source says


class DriftState(models.TextChoices):
    """From the worst to the best."""

    WITHDRAWN = "withdrawn", _("source withdrawn")
    CORRECTED = "corrected", _("source corrected")
    OUTDATED = "outdated", _("out of date")
    UNVERIFIED = "unverified", _("not verified")
    MINOR = "minor", _("minor changes")
    CURRENT = "current", _("up to date")


class Version(NamedTuple):
    """A revision of a source of our own, or a text of one elsewhere."""

    id: int
    number: int
    at: datetime


@dataclass(frozen=True)
class Drift:
    """What an article's sources have had that it does not cover.

    All but `state` speaks of the step that is worst: from the article to its `source`, or where
    `is_upstream` from one of the sources to what that was made from itself. `behind` counts the
    source's major versions since. Pages that show this hang on `tags`, those of our own sources;
    the verbs that follow a source elsewhere know its articles.
    """

    state: DriftState = DriftState.CURRENT
    is_upstream: bool = False
    behind: int = 0
    covered: Version | None = None
    newest: Version | None = None
    source: Article | SourceWork | None = None  # with no more fields than a link to it takes
    tags: tuple[str, ...] = ()


def drift_of(articles: Iterable[Article | int], *, now: datetime | None = None) -> dict[int, Drift]:
    """{id: drift} of the articles, given as such or by their ids. One query for any number.

    `now` says whose comparison is too old, and is the transaction's beginning unless given.
    """
    ids = [article if isinstance(article, int) else article.pk for article in articles]
    drifts = dict.fromkeys(ids, Drift())
    if ids:
        values = {"articles": [Int8(pk) for pk in ids], "now": now, "unchecked": UNCHECKED_AFTER}
        with prepared_cursor() as cursor:
            cursor.execute(DRIFT, values)
            drifts.update((row[0], _drift(*row[1:])) for row in cursor.fetchall())
    return drifts


# A credit's own step is worst first: `rank` is the place in DriftState. Of the sources' own steps
# only the three worst count. Revisions are read by what is numbered above the covered one, from an
# index, and never with their snapshots.
DRIFT = """
WITH RECURSIVE published AS NOT MATERIALIZED (
    SELECT id, article_id, number, is_minor, created_at FROM articles_revision
    WHERE kind = 'published'
),
step AS (
    SELECT article_id AS root, 0 AS depth, article_id, source_article_id, source_work_id,
        source_revision_id, source_text_id
    FROM translations_attribution
    WHERE article_id = ANY (%(articles)s::bigint[])
        AND (source_article_id IS NOT NULL OR source_work_id IS NOT NULL)
    UNION ALL
    SELECT step.root, step.depth + 1, credit.article_id, credit.source_article_id,
        credit.source_work_id, credit.source_revision_id, credit.source_text_id
    FROM step JOIN translations_attribution credit ON credit.article_id = step.source_article_id
    WHERE credit.source_article_id IS NOT NULL OR credit.source_work_id IS NOT NULL
) CYCLE article_id SET is_circle USING path,
judged AS (
    SELECT step.root, step.depth, source.id AS article_id, source.story_id, source.language,
        source.slug, source.status, source.publish_at, source.unpublish_at, work.id AS work_id,
        work.url, work.language AS work_language, later.behind,
        covered.id AS covered_id, covered.number AS covered_number, covered.at AS covered_at,
        newest.id AS newest_id, newest.number AS newest_number, newest.at AS newest_at,
        CASE
            WHEN source.status = 'withdrawn' OR work.withdrawn_at IS NOT NULL THEN 0
            WHEN later.errors > 0 THEN 1
            WHEN later.behind > 0 THEN 2
            WHEN covered.id IS NULL THEN 3
            WHEN work.id IS NOT NULL AND coalesce(work.checked_at, '-infinity')
                < coalesce(%(now)s::timestamptz, now()) - %(unchecked)s::interval THEN 3
            WHEN later.every > 0 THEN 4
            ELSE 5
        END AS rank
    FROM step
    LEFT JOIN articles_article source ON source.id = step.source_article_id
    LEFT JOIN translations_sourcework work ON work.id = step.source_work_id
    LEFT JOIN LATERAL (
        SELECT id, number, created_at AS at FROM published
        WHERE id = step.source_revision_id
        UNION ALL
        SELECT id, number, taken_at FROM translations_sourcetext WHERE id = step.source_text_id
    ) covered ON true
    LEFT JOIN LATERAL (
        (SELECT id, number, created_at AS at FROM published
        WHERE article_id = step.source_article_id ORDER BY number DESC LIMIT 1)
        UNION ALL
        (SELECT id, number, taken_at FROM translations_sourcetext
        WHERE source_work_id = step.source_work_id ORDER BY number DESC LIMIT 1)
    ) newest ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS every, count(*) FILTER (WHERE is_error) AS errors,
            count(*) FILTER (WHERE is_error OR NOT is_minor) AS behind
        FROM (
            SELECT is_minor, EXISTS (
                SELECT FROM articles_correction
                WHERE revision_id = revision.id AND kind IN ('correction', 'retraction')
            ) AS is_error
            FROM published revision
            WHERE article_id = step.source_article_id AND number > covered.number
            UNION ALL
            SELECT change = 'minor', change = 'correction' FROM translations_sourcetext
            WHERE source_work_id = step.source_work_id AND number > covered.number
        ) version
    ) later
),
tag AS (
    SELECT root, coalesce(
        array_agg(DISTINCT 'story:' || story_id) FILTER (WHERE story_id IS NOT NULL), '{}'
    ) AS tags
    FROM judged GROUP BY root
)
SELECT DISTINCT ON (root) root, rank, depth, behind, covered_id, covered_number, covered_at,
    newest_id, newest_number, newest_at, tags, work_id, url, work_language,
    article_id, story_id, language, slug, status, publish_at, unpublish_at
FROM judged JOIN tag USING (root)
WHERE depth = 0 OR rank <= 2
ORDER BY root, rank, depth
"""
WORK = ["id", "url", "language"]
ARTICLE = ["id", "story_id", "language", "slug", "status", "publish_at", "unpublish_at"]


def _drift(rank: int, depth: int, behind: int, *columns: Any) -> Drift:
    covered, newest, (tags, *source) = columns[:3], columns[3:6], columns[6:]
    work, article = source[: len(WORK)], source[len(WORK) :]
    return Drift(
        state=list(DriftState)[rank],
        is_upstream=depth > 0,
        behind=behind,
        covered=_version(*covered),
        newest=_version(*newest),
        source=_row(SourceWork, WORK, work) or _row(Article, ARTICLE, article),
        tags=tuple(tags),
    )


def _version(pk: int | None, number: int, at: datetime) -> Version | None:
    return None if pk is None else Version(pk, number, at)


def _row(model: Any, fields: list[str], values: list[Any]) -> Any:
    """The row with these of its fields, None where there is none."""
    return model.from_db("default", fields, values) if values[0] is not None else None
