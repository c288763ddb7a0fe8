"""Seeds a newsroom: so many articles, and so many comments and votes below some of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model

from accounts.models import User
from articles.models import Article, Contribution, Story
from articles.models import SearchText as ArticleText
from comments.models import Comment, Discussion, Participant, SearchText, Vote
from comments.people import person_key
from newsroom.seeding.copying import copy, indexes_afterwards, take, take_ids
from newsroom.seeding.stories import Edition, write_stories
from newsroom.seeding.talks import COMMENT, DISCUSSION, Talk, Writing, shares, thread_sizes
from newsroom.seeding.words import Words, random_id
from operations.clock import database_now
from operations.models import SiteSettings
from pagecache.drops import drop

MEMBERS = 40
A_READER = 200  # comments, on average
UPS = 0.8  # of the votes
Say = Callable[[str, int, int], None]  # what, how many are written, of how many


def silently(what: str, written: int, number: int) -> None:
    """Says nothing."""


class Sower:
    """Writes rows in one transaction of the caller's; the same `seed` makes the same ones."""

    def __init__(self, *, say: Say = silently, seed: int = 1) -> None:
        self.chance = Random(seed)  # noqa: S311 - of no secrets
        self.now, self.say = database_now(), say
        self.words = Words.read(SiteSettings.load().editions, self.chance)

    def sow_stories(self, articles: int) -> list[list[Edition]]:
        """Articles, given back by their story, the newest last."""
        stories: dict[int, list[Edition]] = {}
        for edition in write_stories(articles, self.words, now=self.now, chance=self.chance):
            stories.setdefault(edition.story_id, []).append(edition)
        self.say("articles", articles, articles)
        return list(stories.values())

    def sow_talks(self, plan: list[tuple[list[Edition], list[int]]], *, votes: int = 0) -> None:
        """Below each story's editions threads of these sizes, and votes for any of the comments.

        The stories are new: none has a conversation yet.
        """
        numbers = take_ids(Discussion, len(plan))
        talks = [Talk(next(numbers), editions, sizes) for editions, sizes in plan]
        number = sum(sum(talk.sizes) for talk in talks)
        writing = self._writing(number, sum(len(talk.sizes) for talk in talks), votes)
        coming: dict[type[Model], int] = {
            Comment: number, SearchText: number, Participant: number // 2, Vote: votes,
        }  # fmt: skip
        with indexes_afterwards(coming):
            rows = chain.from_iterable(map(writing.rows, talks))
            copy(Comment, COMMENT, rows, lambda count: self.say("comments", count, number))
            copy(Discussion, DISCUSSION, (talk.row for talk in talks))
            people = ((key, talk.id, count) for talk in talks for key, count in talk.people.items())
            copy(Participant, ("writer", "discussion", "comment_count"), people)
            cast = self._votes(writing.voted)
            names = ("voter", "comment", "value", "previous")
            copy(Vote, names, cast, lambda count: self.say("votes", count, votes))

    def _writing(self, comments: int, threads: int, votes: int) -> Writing:
        chance, ups = self.chance, int(votes * UPS)
        readers = max(comments // A_READER, MEMBERS * 2)
        drawn = [int(comments * chance.random() ** 2) for _number in range(votes)]
        return Writing(
            words=self.words,
            readers=self.words.readers(readers, self._members(), chance),
            ids=take_ids(Comment, comments),
            trees=take("comments_comment_tree", threads),
            now=self.now,
            chance=chance,
            ups=Counter(drawn[:ups]),
            downs=Counter(drawn[ups:]),
        )

    def _members(self) -> list[int]:
        """A few readers with accounts that nobody can sign in to."""
        named = [name.split() for name in self.words.names[:: len(self.words.names) // MEMBERS]]
        members = [
            User(username=f"reader-{number}", first_name=first, last_name=last,
                 password=make_password(None))
            for number, (first, last) in enumerate(named[:MEMBERS])
        ]  # fmt: skip
        User.objects.bulk_create(members, ignore_conflicts=True)
        names = [member.username for member in members]
        return list(User.objects.filter(username__in=names).values_list("pk", flat=True))

    def _votes(self, voted: list[tuple[int, int, int]]) -> Iterator[tuple[Any, ...]]:
        """By guests who wrote nothing, so that nobody votes for their own."""
        most = max((ups + downs for _comment, ups, downs in voted), default=0)
        keys = [person_key(None, random_id(self.chance)) for _number in range(most * 2)]
        for comment, ups, downs in voted:
            start = int(self.chance.random() * most)
            for place, key in enumerate(keys[start : start + ups + downs]):
                yield key, comment, 1 if place < ups else -1, 0


@transaction.atomic
def sow(
    *, articles: int, comments: int, stories_with_comments: int, votes: int, say: Say = silently
) -> None:
    """All of it, below so many of the new stories; most comments are below a few of them.

    One transaction, at the end of which pages show it.
    """
    sower = Sower(say=say)
    stories = sower.sow_stories(articles)
    chosen = sower.chance.sample(stories, min(stories_with_comments, len(stories), comments))
    sizes = shares(comments, len(chosen)) if chosen else []
    plan = [
        (editions, thread_sizes(size, sower.chance))
        for editions, size in zip(chosen, sizes, strict=True)
        if size
    ]
    if plan:
        sower.sow_talks(plan, votes=votes)
    analyze()
    drop("site")


def analyze() -> None:
    """Has the planner know of the new rows."""
    models = (Story, Article, ArticleText, Contribution, Comment, SearchText, Discussion,
              Participant, Vote)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")
