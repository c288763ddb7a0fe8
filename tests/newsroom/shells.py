"""A story that is spoken of, read through the cache as by whoever did something before."""

from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from comments.models import Discussion
from comments.moderating import hold
from comments.voting import Voter
from tests.builders import make_colleague, make_user
from tests.comments.builders import write
from tests.newsroom.public_pages import make_paper
from tests.pagecache.builders import Answer

FERRY, FAEHRE = "/articles/ferry/", "/de/articles/faehre/"
IN_A_SHELL = 2  # queries: the conversation at a glance with time and settings, the comments
AFTER_A_COMMENT, AFTER_ANYTHING = "fresh=parts", "fresh=1"


def make_talk():
    """A story in two editions with a question in its text, its answer, and two comments more."""
    comment = make_paper()
    article, priya = Article.objects.get(slug="ferry"), make_user(username="priya")
    held, chief = write(article), make_colleague("chief")
    hold(held, by=chief)
    return SimpleNamespace(
        article=article,
        german=Article.objects.get(slug="faehre"),
        comment=comment,
        own=write(article, author=priya),
        held=held,
        writer=Voter(user=priya),
        chief=chief,
        talk=Discussion.objects.get(story=article.story_id),
    )


def asked(cache, address=FERRY, *, cookie=""):
    """The page, and the queries that it took."""
    with CaptureQueriesContext(connection) as captured:
        answer = Answer(cache, address, cookie=cookie)
    assert answer.status == 200
    return answer.body.decode(), len(captured)
