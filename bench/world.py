"""What is measured with: seeded stories of given sizes, made once for each run."""

from functools import cache
from random import Random

from django.db import connection, transaction

from articles.models import Article
from comments.models import Comment, Discussion
from newsroom.seeding.sowing import Sower, analyze
from newsroom.seeding.talks import shares, thread_sizes


class Scale:
    """How much is measured: everything, or a hundredth of the rows in fewer rounds."""

    def __init__(self, *, is_quick: bool) -> None:
        self.is_quick = is_quick

    def rows(self, number: int) -> int:
        return max(number // 100, 50) if self.is_quick else number

    def rounds(self, number: int) -> int:
        return max(number // 5, 3) if self.is_quick else number


@cache
def conversation(comments: int) -> Article:
    """An article with so many comments below it, most of them in a few hot threads."""
    return _article(thread_sizes(comments, Random(2)))


@cache
def short_threads(threads: int, replies: int) -> Article:
    """An article with threads that are shown whole on its page."""
    return _article([replies + 1] * threads)


@cache
def thread(comments: int) -> Comment:
    """The first comment of a single thread of that length."""
    discussion = Discussion.objects.get(story=_article([comments]).story_id)
    return Comment.objects.get(discussion=discussion, parent=None)


@cache
def paper(articles: int) -> None:
    """So many articles on the site, the newest five hundred with comments below them."""
    with transaction.atomic():
        sower = Sower()
        stories = sower.sow_stories(articles)[-500:]
        sizes = shares(len(stories) * 20, len(stories))
        sower.sow_talks([
            (story, thread_sizes(size, sower.chance))
            for story, size in zip(stories, sizes, strict=True)
        ])  # fmt: skip
    settle()


def stories(number: int) -> list[Article]:
    """So many new articles without comments."""
    with transaction.atomic():
        found = Sower().sow_stories(number)
    return list(Article.objects.filter(story__in=[story[0].story_id for story in found]))


def _article(sizes: list[int]) -> Article:
    with transaction.atomic():
        sower = Sower()
        [story] = sower.sow_stories(1)
        sower.sow_talks([(story, sizes)])
    settle()
    return Article.objects.get(pk=story[0].id)


def clean_up() -> None:
    """Of what others wrote, so that the database does not do it while something is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def settle() -> None:
    """Leaves nothing for the database to do while something is measured."""
    analyze()
    if not connection.in_atomic_block:  # a test's transaction
        with connection.cursor() as cursor:
            cursor.execute(
                "VACUUM (ANALYZE) comments_comment, comments_participant, articles_article"
            )
            cursor.execute("CHECKPOINT")
