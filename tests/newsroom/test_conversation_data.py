"""What the page of a conversation tells machines: what readers see on it, and no more."""

import pytest
from django.conf import settings

from comments.models import Status
from tests.builders import make_article, make_site
from tests.comments.builders import make_guest, write
from tests.newsroom.test_found_pages import SCRIPT, told_of

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
PAGE = "/articles/ferry/comments/"


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry", headline="The ferry")


def texts_of(client, address=PAGE):
    told = told_of(client, address, "NewsArticle")
    return [comment["text"] for comment in told["comment"]]


def test_comment_says_who_wrote_what_and_where(client, article):
    guest = make_guest(name="Oona <Pell>")
    comment = write(article, guest=guest, text="Who **knew**?\n\n1 < 2")
    told = told_of(client, PAGE, "NewsArticle")
    assert (told["url"], told["headline"]) == (f"{SITE}/articles/ferry/", "The ferry")
    assert told["commentCount"] == 1
    (shown,) = told["comment"]
    assert shown.pop("datePublished").startswith(f"{comment.created_at:%Y-%m-%d}")
    assert shown.pop("text").split() == ["Who", "knew?", "1", "<", "2"]
    assert shown == {
        "@type": "Comment", "url": f"{SITE}/comments/{comment.pk}/", "inLanguage": "en",
        "author": {"@type": "Person", "name": "Oona <Pell>"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.HELD, ""), (Status.REMOVED, "abuse"), (Status.SPAM, "spam")]
)
def test_what_readers_do_not_see_is_not_told(client, article, status, reason):
    hidden = write(article, text="Secret words")
    write(article, text="An answer", in_reply_to=hidden)
    assert sorted(texts_of(client)) == ["An answer", "Secret words"]
    type(hidden).objects.filter(pk=hidden.pk).update(status=status, reason=reason)
    assert texts_of(client) == ["An answer"]
    assert "Secret words" not in client.get(PAGE).text


def test_what_a_spoiler_hides_is_not_told(client, article):
    write(article, text="Who did it?\n\n>! the *butler*\n>! did it\n\nNot <details>I</details>.")
    (told,) = texts_of(client)
    assert told.split() == ["Who", "did", "it?", "…", "Not", "<details>I</details>."]
    assert "butler" in client.get(PAGE).text


def test_only_the_first_page_tells(client, article):
    write(article, text="Here")
    assert texts_of(client, f"{PAGE}?sort=best") == ["Here"]
    for query in ("?show=all", "?show=inline"):
        assert not SCRIPT.findall(client.get(PAGE + query).text)


def test_hostile_comment_stays_data(client, article):
    write(article, text="</script><script>alert(1)</script>")
    assert "<script>alert" not in client.get(PAGE).text
    assert "alert(1)" in texts_of(client)[0]


def test_empty_conversation_tells_nothing(client, article):
    assert not SCRIPT.findall(client.get(PAGE).text)
