"""All corrections of an edition on one page, and what becomes of a retracted piece."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.correcting import correct
from articles.models import Article, Correction, Role, Status
from articles.publishing import publish, withdraw
from tests.builders import make_article, make_contributor, make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def make_corrected(editor, text, *, kind="correction", **fields):
    fields.setdefault("headline", text)
    article = make_article(byline=[(make_contributor(), Role.REPORTER)], **fields)
    publish(article, by=editor)
    correct(article, kind=kind, text=text, by=editor)
    return article


def test_newest_correction_of_the_edition_stands_first(client, editor):
    for text, language in (("First.", "en"), ("Second.", "en"), ("Drittens.", "de")):
        make_corrected(editor, text, language=language)
    page = client.get("/corrections/").text
    assert page.index("Second.") < page.index("First.")
    assert "Drittens." not in page
    assert "Drittens." in client.get("/de/corrections/").text


def test_correction_leads_to_its_article_and_the_footer_to_the_page(client, editor):
    article = make_corrected(editor, "7:38, not 7:30 <em>.", headline="The ferry")
    page = client.get("/corrections/").text
    assert f'<a href="{article.get_absolute_url()}">The ferry</a>' in page
    assert "7:38, not 7:30 &lt;em&gt;." in page
    assert 'href="/de/corrections/"' in client.get("/de/").text


HIDDEN = {
    "embargoed": {"publish_at": timezone.now() + timedelta(days=1)},
    "ended": {"unpublish_at": timezone.now() - timedelta(minutes=1)},
    "draft": {"status": Status.DRAFT},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_what_readers_may_not_see_is_not_told_of(client, editor, fields):
    article = make_corrected(editor, "The lamps were green.")
    Article.objects.filter(pk=article.pk).update(**fields)
    assert "The lamps were green." not in client.get("/corrections/").text


def test_withdrawn_piece_takes_its_corrections_with_it(client, editor):
    withdraw(make_corrected(editor, "The lamps were green."), by=editor)
    assert "The lamps were green." not in client.get("/corrections/").text


def test_retracted_piece_keeps_its_address_with_its_notice_everywhere(client, editor):
    article = make_corrected(editor, "None of it is true.", kind="retraction")
    for address in (article.get_absolute_url(), "/corrections/", "/feeds/latest.atom"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "None of it is true." in answer.text


def test_pages_of_corrections_cost_the_same_however_many_there_are(
    client, editor, django_assert_num_queries
):
    article = make_corrected(editor, "Number 0.")
    with django_assert_num_queries(6):
        client.get("/corrections/")
    for number in range(1, 24):
        correct(article, kind="update", text=f"Number {number}.", by=editor)
    with django_assert_num_queries(6):
        page = client.get("/corrections/").text
    assert 'href="/corrections/?page=2"' in page
    assert "Number 0." in client.get("/corrections/?page=2").text
    assert client.get("/corrections/?page=3").status_code == 404
    assert Correction.objects.count() == 24
