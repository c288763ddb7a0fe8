"""The desk's previews: the real page, in frames of two widths and two schemes."""

import pytest
from django.urls import reverse

from articles.models import Status
from tests.builders import make_article, make_colleague, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("reporter"))
    return client


def preview(article, **asked):
    return reverse("admin:articles_article_preview", args=[article.pk], query=asked)


def test_page_may_be_framed_by_ourselves_and_by_nobody_else(desk):
    draft = make_article(status=Status.DRAFT)
    page = desk.get(preview(draft))
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    frame = desk.get(preview(draft, frame="phone"))
    assert frame.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in frame.headers["Content-Security-Policy"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_preview_forces_its_colours_and_readers_pages_do_not(desk, scheme):
    article = make_article()
    assert f'data-scheme="{scheme}"' in desk.get(preview(article, scheme=scheme)).text
    assert "data-scheme" not in desk.get(preview(article)).text
    assert "data-scheme" not in desk.get(preview(article, scheme="neon")).text
    assert "data-scheme" not in desk.get(f"{article.get_absolute_url()}?scheme={scheme}").text


@pytest.mark.parametrize("frame", ["phone", "desktop"])
def test_frame_links_to_the_others_and_shows_the_page(desk, frame):
    draft = make_article(status=Status.DRAFT, headline="A quiet morning")
    page = desk.get(preview(draft, frame=frame, scheme="dark")).text
    assert f'src="{preview(draft, scheme="dark")}"' in page
    for other in ("frame=phone&amp;scheme=dark", f"frame={frame}&amp;scheme=light"):
        assert f'href="?{other}"' in page
    assert "A quiet morning" in page


def test_unknown_frame_is_not_found(desk):
    article = make_article()
    assert desk.get(preview(article, frame="watch")).status_code == 404
    assert desk.get(preview(article, frame="phone", scheme="x")).status_code == 404


def test_preview_has_nothing_to_write_into(desk):
    assert "<form" not in desk.get(preview(make_article())).text
