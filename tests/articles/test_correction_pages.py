"""Corrections as readers see them, and the desk's page that publishes them."""

import pytest
from django.urls import reverse

from articles import drafts
from articles.correcting import correct
from articles.models import Article, Correction, Role, Status
from articles.publishing import publish
from tests.builders import make_article, make_colleague, make_contributor, make_site

pytestmark = pytest.mark.django_db
WRONG = "Die Fähre fährt um 7:38 <nicht> um 7:30."


@pytest.fixture
def editor():
    make_site()
    return make_colleague("editor")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def live(editor):
    byline = [(make_contributor(), Role.REPORTER)]
    article = make_article(slug="faehre", language="de", byline=byline)
    publish(article, by=editor)
    return article


def address(article, page="correct"):
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def test_readers_see_corrections_below_the_text_and_retractions_above(client, editor, live):
    assert 'class="corrections"' not in client.get("/de/articles/faehre/").text
    correct(live, kind="correction", text=WRONG, by=editor)
    page = client.get("/de/articles/faehre/").text
    above, below = page.split('id="text"')
    assert 'class="corrections"' not in above
    assert "Die Fähre fährt um 7:38 &lt;nicht&gt; um 7:30." in below
    assert f'<time datetime="{Correction.objects.get().created_at:%Y-%m-%d}' in below
    correct(live, kind="retraction", text="Nichts davon stimmt.", by=editor)
    above, below = client.get("/de/articles/faehre/").text.split('id="text"')
    assert "Nichts davon stimmt." in above
    assert "Nichts davon stimmt." not in below


def test_page_publishes_the_correction_with_the_draft(desk, editor, live):
    content = drafts.snapshot(live) | {"headline": "Um 7:38"}
    drafts.save_draft(live, content, by=editor, based_on=drafts.newest(live))
    page = desk.get(address(live)).text
    assert "Headline: changed." in page
    assert address(live) in desk.get(address(live, "change")).text
    sent = {"kind": "correction", "text": WRONG, "seen": drafts.newest(live).pk}
    assert desk.post(address(live), sent)["Location"] == address(live, "change")
    assert Article.objects.get().headline == "Um 7:38"
    assert "Die Fähre fährt um 7:38" in desk.get(address(live, "change")).text


def test_page_refuses_what_somebody_saved_meanwhile_and_what_says_nothing(desk, editor, live):
    seen = drafts.newest(live).pk
    drafts.save_draft(live, by=editor, based_on=drafts.newest(live))
    sent = {"kind": "correction", "text": WRONG, "seen": seen}
    refused = desk.post(address(live), sent)
    assert refused.status_code == 422
    assert "saved revision 2" in refused.text
    assert desk.post(address(live), sent | {"text": "\u200b"}).status_code == 422
    assert desk.post(address(live), sent | {"kind": "praise"}).status_code == 422
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("role", "answer"), [("reporter", 403), ("moderator", 403), ("chief", 200)]
)
def test_page_is_for_who_may_publish(client, live, role, answer):
    client.force_login(make_colleague(role))
    assert client.get(address(live)).status_code == answer
    offers = client.get(address(live, "change")).text
    assert (address(live) in offers) == (answer == 200)


def test_page_is_not_there_for_what_no_reader_has_seen(desk):
    draft = make_article(status=Status.DRAFT)
    assert desk.get(address(draft)).status_code == 404
    assert address(draft) not in desk.get(address(draft, "change")).text
    assert desk.get(reverse("admin:articles_article_correct", args=[0])).status_code == 404
