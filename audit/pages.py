"""The pages that are looked at, in English and Arabic."""

from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from articles.models import Article, Section, Status
from comments.models import Discussion
from fundraising.models import Campaign
from newsroom.seeding.sowing import Sower, analyze
from newsroom.seeding.stories import EVERY
from newsroom.seeding.talks import thread_sizes

COMMENTS = 10_000
LANGUAGES = ("en", "ar")


class Looked(NamedTuple):
    name: str
    language: str
    path: str
    performance: int = 99
    is_indexed: bool = True


def converse() -> None:
    """A story in both languages with ten thousand comments."""
    for seed in range(100):
        with transaction.atomic():
            sower = Sower(seed=seed)
            story = sower.sow_stories(EVERY)[-1]
            if {each.language for each in story} == set(LANGUAGES):
                sower.sow_talks([(story, thread_sizes(COMMENTS, sower.chance))])
                break
            transaction.set_rollback(True)
    analyze()


def choose() -> list[Looked]:
    """Front page, section, article, conversation, search and campaign in each language."""
    talk = Discussion.objects.order_by("-comment_count").first()
    assert talk is not None
    pictured = Article.objects.filter(status=Status.PUBLISHED, lead_image__isnull=False)
    section = Section.objects.order_by("position").first()
    campaign = Campaign.objects.order_by("pk").first()
    assert section is not None
    assert campaign is not None
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            article = pictured.filter(language=language).order_by("pk").first()
            long = Article.objects.get(story=talk.story_id, language=language)
            assert article is not None
            found += [
                Looked("front page", language, reverse("front_page")),
                Looked("section", language, section.get_absolute_url()),
                Looked("article with a picture", language, article.get_absolute_url()),
                Looked(
                    f"article with {COMMENTS:,} comments", language, long.get_absolute_url(), 95
                ),
                Looked("search", language, f"{reverse('search')}?q=winter", is_indexed=False),
                Looked("support", language, campaign.get_absolute_url()),
            ]
    return found
