"""Invented stories: live articles with a byline, in the site's editions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from slugify import slugify

from articles.models import Article, Contribution, Contributor, Role, Section, Status, Story
from newsroom.seeding.copying import copy, take_ids
from newsroom.seeding.words import Words

YEARS = timedelta(days=4 * 365)  # for how long the paper has appeared
EVERY = 5  # so many articles and then one that is another edition of the story before it
SECTIONS = {"harbour": "Harbour", "town": "Town", "work": "Work", "nature": "Nature"}
CONTRIBUTORS = 12
ARTICLE = (
    "id", "story", "language", "slug", "kicker", "headline", "standfirst", "dateline", "body",
    "section", "lead_caption", "lead_alt", "lead_is_decorative", "status", "publish_at",
    "created_at",
)  # fmt: skip
CONTRIBUTION = ("article", "contributor", "role", "position", "credited_as")


@dataclass(frozen=True)
class Edition:
    """One article: what its comments need to know."""

    id: int
    story_id: int
    language: str
    published_at: datetime


def write_stories(number: int, words: Words, *, now: datetime, chance: Random) -> list[Edition]:
    """So many articles, all live at `now`, the newest last."""
    editions = list(_editions(number, list(words.languages), now, chance))
    begun = {each.story_id: each.published_at for each in reversed(editions)}
    copy(Story, ("id", "created_at"), begun.items())
    sections, people = _sections(), _contributors(words)
    # bylines first: what an article is found by is made of both, and once
    lines = ((each.id, chance.choice(people), Role.REPORTER.value, 0, "") for each in editions)
    copy(Contribution, CONTRIBUTION, lines)
    copy(
        Article, ARTICLE, (_row(each, words, chance.choice(sections), chance) for each in editions)
    )
    return editions


def _editions(
    number: int, languages: list[str], now: datetime, chance: Random
) -> Iterator[Edition]:
    published = sorted(now - YEARS * chance.random() ** 2 for _number in range(number))
    stories, story = take_ids(Story, number), 0
    for place, article in enumerate(take_ids(Article, number)):
        is_translation = len(languages) > 1 and place % EVERY == EVERY - 1
        if not is_translation:
            story = next(stories)
        language = chance.choice(languages[1:]) if is_translation else languages[0]
        yield Edition(article, story, language, published[place])


def _row(edition: Edition, words: Words, section: int, chance: Random) -> tuple[Any, ...]:
    language, at = edition.language, edition.published_at
    headline = words.headline(language, chance)
    slug = f"{slugify(headline, max_length=80)}-{edition.id}"
    body, standfirst = words.body(language, chance), words.standfirst(language)
    return (edition.id, edition.story_id, language, slug, "", headline, standfirst, "", body,
            section, "", "", False, Status.PUBLISHED.value, at, at)  # fmt: skip


def _sections() -> list[int]:
    """Those that there are, or a few new ones."""
    if not Section.objects.exists():
        for position, (slug, name) in enumerate(SECTIONS.items()):
            Section.objects.create(slug=slug, names={"en": name}, position=position)
    return list(Section.objects.values_list("pk", flat=True))


def _contributors(words: Words) -> list[int]:
    if not Contributor.objects.exists():
        for name in words.names[:: len(words.names) // CONTRIBUTORS]:
            Contributor.objects.create(slug=slugify(name), names={"en": name})
    return list(Contributor.objects.values_list("pk", flat=True))
