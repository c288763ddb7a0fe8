"""What has changed in an article since a revision: only what readers could have seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from articles import drafts
from articles.models import Article, Role
from articles.publishing import publish, publish_as_written, withdraw
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.translations.versions import make_correction, make_revision

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/ferry/changes/"


@pytest.fixture
def ferry():
    """A live article with three revisions: its headline grew, then its text."""
    make_site()
    article = make_article(slug="ferry", publish_at=timezone.now() - timedelta(hours=1))
    make_revision(article, headline="The ferry leaves")
    make_revision(article, headline="The ferry leaves <late>")
    make_revision(article, headline="The ferry leaves <late>", body="<p>At nine, not at eight.</p>")
    return article


def test_readers_see_what_changed_since_a_revision(client, ferry):
    page = client.get(f"{ADDRESS}?from=2")
    assert "<ins>At nine, not at eight.</ins>" in page.text and "Headline" not in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert "<ins> &lt;late&gt;</ins>" in client.get(f"{ADDRESS}?from=1").text


def test_without_a_number_it_is_since_the_first_publication(client, ferry):
    shown = client.get(ADDRESS).text
    assert "Headline" in shown and "At nine" in shown


def test_page_says_so_where_nothing_changed(client, ferry):
    assert "The text is the same in both versions." in client.get(f"{ADDRESS}?from=3").text


def test_change_of_a_link_alone_is_told(client, ferry):
    make_revision(ferry, headline="The ferry leaves <late>",
                  body="<p>At <b>nine</b>, not at eight.</p>")  # fmt: skip
    assert "formatting or links have changed" in client.get(f"{ADDRESS}?from=3").text


def test_corrections_since_then_are_told(client, ferry):
    make_correction(ferry, text="It is <nine> o'clock.")
    shown = client.get(f"{ADDRESS}?from=3").text
    assert "It is &lt;nine&gt; o&#x27;clock." in shown and "Correction" in shown
    assert "o&#x27;clock" not in client.get(f"{ADDRESS}?from=4").text


@pytest.mark.parametrize(
    "asked",
    ["0", "4", "01", "-1", "1.0", "x", "", "٣", "1 ", "9" * 9, "9" * 40, "%00", "1&from=x", "1'--"],
)
def test_hostile_number_is_not_found(client, ferry, asked):
    assert client.get(f"{ADDRESS}?from={asked}").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"unpublish_at": timezone.now() - timedelta(minutes=1)},
    ],
)
def test_only_a_live_article_tells_of_its_changes(client, ferry, fields):
    Article.objects.filter(pk=ferry.pk).update(**fields)
    assert client.get(ADDRESS).status_code == 404


def test_article_answers_below_its_own_language(client):
    make_site()
    article = make_article(slug="faehre", language="de")
    make_revision(article)
    assert client.get("/de/articles/faehre/changes/").status_code == 200
    assert client.get("/articles/faehre/changes/").status_code == 404


def test_article_without_a_revision_has_no_such_page(client):
    make_article(slug="bare")
    assert client.get("/articles/bare/changes/").status_code == 404


@pytest.fixture
def embargoed():
    make_site()
    byline = [(make_contributor(), Role.REPORTER)]
    article = make_article(slug="ferry", status="draft", headline="A secret", byline=byline)
    later = timezone.now() + timedelta(days=9)
    publish(article, by=make_editor(), publish_at=later)
    return article


def rewrite(article, headline, **times):
    Article.objects.filter(pk=article.pk).update(headline=headline, **times)
    publish_as_written(article, by=User.objects.get(), based_on=drafts.newest(article))


def test_what_was_replaced_before_the_article_began_is_never_shown(client, embargoed):
    rewrite(embargoed, "What began", publish_at=timezone.now())
    assert "secret" not in client.get(ADDRESS).text
    rewrite(embargoed, "What is now")
    for address in (ADDRESS, f"{ADDRESS}?from=1", f"{ADDRESS}?from=2"):
        shown = client.get(address).text
        assert "secret" not in shown and "<del>began</del><ins>is now</ins>" in shown


def test_what_was_withdrawn_is_never_shown_again(client, embargoed):
    editor = User.objects.get()
    withdraw(embargoed, by=editor)
    rewrite(embargoed, "A slander", publish_at=None)
    withdraw(embargoed, by=editor)
    rewrite(embargoed, "Clean")
    for address in (ADDRESS, f"{ADDRESS}?from=1"):
        shown = client.get(address).text
        assert "Clean" in shown and "slander" not in shown and "secret" not in shown


def test_revision_that_does_not_say_what_it_replaced_begins_anew(client, ferry):
    make_revision(ferry, headline="Of an older release", replaces_read=None)
    assert "<del>" not in client.get(f"{ADDRESS}?from=1").text


def test_drafts_are_never_shown(client, ferry):
    make_revision(ferry, kind="draft", headline="A secret draft")
    for asked in ("", "?from=1", "?from=3"):
        assert "secret" not in client.get(f"{ADDRESS}{asked}").text
    assert client.get(f"{ADDRESS}?from=4").status_code == 404
    make_revision(ferry, headline="What came of it")
    assert client.get(f"{ADDRESS}?from=4").text == client.get(f"{ADDRESS}?from=3").text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_changes_anything_here(client, ferry, method):
    assert getattr(client, method)(ADDRESS).status_code in (403, 405)


def test_changes_of_a_long_history_cost_the_same(client, ferry, django_assert_num_queries):
    with django_assert_num_queries(10):
        client.get(f"{ADDRESS}?from=2")
    for _number in range(40):
        make_revision(ferry, is_minor=True)
    with django_assert_num_queries(10):
        client.get(f"{ADDRESS}?from=9")
