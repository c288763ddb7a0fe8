"""What readers wrote is found as long as readers may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Status
from comments.models import Comment, SearchText
from comments.models import Status as CommentStatus
from comments.models.moderation import REJECTED
from tests.builders import make_article, make_section, make_site, make_user
from tests.comments.builders import make_guest, write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de"))


@pytest.fixture
def article():
    return make_article(headline="The ferry")


def found(client, address="/search/?in=comments&q=walrus"):
    response = client.get(address)
    assert response.status_code == 200
    return [comment for comment, *_shown in response.context.get("results") or ()]


def test_comment_is_found_marked_and_led_to(client, article):
    comment = write(article, text="A **walrus** at the mole", guest=make_guest(name="Ines"))
    page = client.get("/search/?in=comments&q=walruses").content.decode()
    assert "A <mark>walrus</mark> at the mole" in page and "Ines" in page
    assert f'href="/comments/{comment.pk}/"' in page and "The ferry" in page
    assert found(client, "/search/?q=walrus") == []


@pytest.mark.parametrize("status", CommentStatus.values)
def test_only_public_comments_are_found(client, article, status):
    comment = write(article, text="A walrus")
    gone = {"guest_name": "", "guest_email": "", "guest_id": None, "text": "", "html": ""}
    changes = {"status": status} | (gone if status == CommentStatus.ERASED else {})
    changes |= {"reason": "other"} if status in REJECTED else {}
    Comment.objects.filter(pk=comment.pk).update(**changes)
    is_public = status == CommentStatus.PUBLIC
    assert found(client) == [comment] * is_public
    assert SearchText.objects.exists() == is_public


def test_held_comment_is_found_once_it_is_approved(client, article):
    comment = write(article, text="A walrus")
    Comment.objects.filter(pk=comment.pk).update(status=CommentStatus.HELD)
    assert found(client) == []
    Comment.objects.filter(pk=comment.pk).update(status=CommentStatus.PUBLIC)
    assert found(client) == [comment]


def test_changed_comment_is_found_by_its_new_words(client, article):
    comment = write(article, text="A gull")
    Comment.objects.filter(pk=comment.pk).update(text="A walrus", html="<p>A walrus</p>")
    assert found(client) == [comment]
    assert found(client, "/search/?in=comments&q=gull") == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.WITHDRAWN},
        {"status": Status.DRAFT},
        {"publish_at": timezone.now() + HOUR},
        {"publish_at": timezone.now() - 2 * HOUR, "unpublish_at": timezone.now() - HOUR},
    ],
)
def test_comment_below_what_is_not_live_is_not_found(client, article, hidden):
    comment = write(article, text="A walrus")
    assert found(client) == [comment]
    Article.objects.update(**hidden)
    assert found(client) == []


def test_spoiler_is_neither_found_nor_shown(client, article):
    write(article, text="It ends thus:\n\n>! a walrus did it\n\nand then rain")
    assert found(client) == []
    page = client.get("/search/?in=comments&q=rain").content.decode()
    assert "ends thus" in page and "walrus" not in page


def test_comment_is_led_to_below_an_edition_that_is_live(client, article):
    german = make_article(headline="Die Fähre", language="de", story=article.story)
    comment = write(german, text="Ein Walross")
    address = "/search/?in=comments&q=walross&lang=de"
    assert f'href="/de/comments/{comment.pk}/"' in client.get(address).content.decode()
    Article.objects.filter(pk=german.pk).update(status=Status.WITHDRAWN)
    assert f'href="/comments/{comment.pk}/"' in client.get(address).content.decode()


def test_comments_are_narrowed_by_section_and_days(client):
    article = make_article(section=make_section(slug="town"))
    make_section(slug="harbour")
    comment = write(article, text="A walrus", author=make_user())
    today = timezone.now().date()
    address = "/search/?in=comments&q=walrus&"
    for narrowed in ("section=town", f"since={today}", f"until={today}", "sort=newest"):
        assert found(client, address + narrowed) == [comment], narrowed
    late, early = today + timedelta(days=1), today - timedelta(days=1)
    for narrowed in ("section=harbour", f"since={late}", f"until={early}", "lang=de"):
        assert found(client, address + narrowed) == [], narrowed


def test_pages_of_comments_hold_each_once_at_a_constant_price(client, article):
    comments = [write(article, text=f"A walrus {'walrus ' * (n % 3)}") for n in range(45)]
    met, costs, address = [], set(), "/search/?in=comments&q=walrus"
    while address:
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(address).context
        met += [comment.pk for comment, *_rest in shown["results"]]
        write(article, text="walrus walrus walrus")
        costs.add(len(captured))
        address = shown["after"] and f"/search/?in=comments&q=walrus&after={shown['after']}"
    assert sorted(met) == [comment.pk for comment in comments] and costs == {14}


def test_kind_that_there_is_not_is_404(client):
    assert client.get("/search/?in=users&q=walrus").status_code == 404


def test_name_in_a_byline_is_not_asked_of_comments(client):
    write(make_article(), text="The ferry")
    page = client.get("/search/?q=ferry&by=okafor&lang=en").text
    assert 'href="?q=ferry&amp;lang=en&amp;in=comments"' in page
    page = client.get("/search/?q=ferry&by=okafor&lang=en&in=comments").text
    assert "<mark>ferry</mark>" in page and 'name="by"' not in page
    assert '<details class="search-more">' in page
