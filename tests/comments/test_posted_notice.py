"""What a writer is told after posting."""

import pytest
from django.template import Context, Template

from comments.moderating import hold, remove
from tests.builders import make_article
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db


def notice(rf, article, posted) -> str:
    request = rf.get("/", {"posted": posted})
    template = Template("{% load conversation %}{% posted_notice article %}")
    return " ".join(template.render(Context({"article": article, "request": request})).split())


def test_writer_is_told_what_became_of_the_comment(rf):
    comment, moderator = write(make_article()), make_moderator()
    assert "Your comment is published." in notice(rf, comment.article, comment.pk)
    hold(comment, by=moderator)
    assert "waits for a moderator" in notice(rf, comment.article, comment.pk)
    remove(comment, by=moderator)
    assert "comment" not in notice(rf, comment.article, comment.pk)


@pytest.mark.parametrize("posted", ["", "x", "-1", "١", "9" * 30, "<script>", "1 OR 1=1", "999999"])
def test_anything_else_says_nothing(rf, posted):
    assert notice(rf, make_article(), posted) == ""


def test_comment_of_another_story_says_nothing(rf):
    assert notice(rf, make_article(), write(make_article()).pk) == ""
