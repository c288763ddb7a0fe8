"""Where one article comes from, where else it stands, and on what terms it is offered."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from articles.models import Article
from newsroom.alternates import Alternates, alternates_by_story, alternates_of
from operations.clock import request_now
from operations.models import SiteSettings
from translations.credit import Credit, attribution_of, credit_of
from translations.indexing import canonical_elsewhere, is_indexable
from translations.models import Attribution, Licence, Origin
from translations.offering import licence_for


class Provenance:
    """Each part is asked for where it is first looked at, and then kept: see `of`."""

    def __init__(self, article: Article, *, now: datetime, editions: Collection[str]) -> None:
        self.article, self.now, self.editions = article, now, editions

    @classmethod
    def of(cls, request: HttpRequest, article: Article) -> "Provenance":
        """The one for the whole of this request. The article has its byline loaded."""
        kept = vars(request).setdefault("provenances", {})
        if article.pk not in kept:
            editions = SiteSettings.of(request).editions
            kept[article.pk] = cls(article, now=request_now(request), editions=editions)
        return kept[article.pk]

    @cached_property
    def alternates(self) -> Alternates:
        """One query."""
        return alternates_of(self.article, now=self.now, editions=self.editions)

    @cached_property
    def attribution(self) -> Attribution | None:
        """With its sources. One query, and none for a live article without a credit."""
        version = self.alternates.of(self.article)
        if version and not version.has_attribution:
            return None
        return attribution_of.first(article=self.article.pk)

    @cached_property
    def credit(self) -> Credit | None:
        """The credit line, for a piece that is not our own."""
        if self.attribution is None:
            return None
        return credit_of(
            self.article, now=self.now, editions=self.editions, attribution=self.attribution
        )

    @cached_property
    def licence(self) -> Licence | None:
        """Under which others may republish it. One query for our own piece."""
        return licence_for(self.attribution)

    @property
    def is_original(self) -> bool:
        return self.attribution is None or self.attribution.origin == Origin.ORIGINAL

    @property
    def is_kept_from_search_engines(self) -> bool:
        """Whether they shall list neither it nor anything in its place."""
        return not is_indexable(self.attribution) and self.canonical_url == self.url

    @property
    def description(self) -> str:
        """What a list of links says below the headline."""
        return self.article.standfirst or (self.credit.text if self.credit else "")

    @property
    def shared_description(self) -> str:
        """What a link to it says elsewhere: the standfirst, and where the piece comes from."""
        credit = self.credit.text if self.credit else ""
        return " ".join(filter(None, (self.article.standfirst, credit)))

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.article.get_absolute_url()

    @property
    def canonical_url(self) -> str:
        """What search engines shall list: the article, or by contract its source."""
        return canonical_elsewhere(self.attribution) or self.url

    @property
    def readable_source(self) -> Article | None:
        """The article of ours that it was made from, while readers may see that one."""
        ours = self.attribution.source_article if self.attribution else None
        is_readable = ours and ours.is_live(self.now) and ours.language in self.editions
        return ours if is_readable else None

    @property
    def source_url(self) -> str:
        """Where readers find what it was made from; '' where that is nowhere."""
        if self.attribution and (work := self.attribution.source_work):
            return "" if work.withdrawn_at else work.url
        ours = self.readable_source
        return settings.SITE_URL + ours.get_absolute_url() if ours else ""


def provenances_of(
    articles: Sequence[Article], *, now: datetime, editions: Collection[str]
) -> list[Provenance]:
    """Those of many articles, with their bylines loaded. Two queries."""
    alternates = alternates_by_story({a.story_id for a in articles}, now=now, editions=editions)
    credits = Attribution.objects.with_sources().filter(article__in=articles)
    attributions = {each.article_id: each for each in credits}
    found = []
    for article in articles:
        provenance = Provenance(article, now=now, editions=editions)
        provenance.alternates = alternates.get(article.story_id, Alternates())
        provenance.attribution = attributions.get(article.pk)
        found.append(provenance)
    return found
