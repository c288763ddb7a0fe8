"""After the last day of its licence no reader sees a picture, wherever it is used."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.models import Image, Role, Status
from articles.picture_terms import pictures_are_licensed
from articles.publishing import publish
from newsroom.moments import page_ends_at
from operations.clock import database_now, site_day
from tests.builders import make_article, make_contributor, make_editor, make_image, make_site

pytestmark = pytest.mark.django_db
PAGES = ["/", "/sections/harbour/", "/contributors/maren/", "/articles/ferry/"]
FEEDS = [f"/feeds/latest.{kind}" for kind in ("rss", "atom", "json")]
DAY = timedelta(days=1)


def today():
    return site_day(database_now())


@pytest.fixture
def pictured():
    """The picture of a live article, which is its reporter's portrait too."""
    make_site()
    image = make_image(alt="A quay at night", credit="Tom Wilk")
    maren = make_contributor(slug="maren", portrait=image)
    make_article(slug="ferry", lead_image=image, byline=[(maren, Role.REPORTER)])
    return image


def end(image, day):
    Image.objects.filter(pk=image.pk).update(licence_ends_on=day)


def seen(client, address, image):
    text = client.get(address).text
    stem = image.file.name.rpartition("/")[2].removesuffix(".jpeg")
    return any(each in text for each in (stem, f"/images/{image.pk}/", image.alt, image.credit))


@pytest.mark.parametrize("address", [*PAGES, FEEDS[2]])
def test_picture_is_seen_on_the_last_day_and_nowhere_after_it(client, pictured, address):
    end(pictured, today())
    assert seen(client, address, pictured)
    end(pictured, today() - DAY)
    assert not seen(client, address, pictured)


@pytest.mark.parametrize("address", FEEDS)
def test_no_feed_shows_what_has_ended(client, pictured, address):
    end(pictured, today() - DAY)
    assert not seen(client, address, pictured)


def test_page_without_its_picture_is_whole(client, pictured):
    end(pictured, today() - DAY)
    page = client.get("/articles/ferry/").text
    assert "<figure" not in page and "/media/" not in page
    assert 'property="og:image" content="http://localhost:8000/cards/' in page
    told = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert "image" not in told["@graph"][0]
    assert "teaser-pictured" not in client.get("/").text


@pytest.mark.parametrize("days", [-400, -1, 0, 1, None])
def test_filter_and_predicate_agree(days):
    day = today()
    image = make_image(licence_ends_on=None if days is None else day + days * DAY)
    is_licensed = days is None or days >= 0
    assert image.is_licensed_on(day) == is_licensed
    assert Image.objects.licensed_on(day).filter(pk=image.pk).exists() == is_licensed


def test_no_kept_page_outlives_the_day(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2026, 6, 1, 21, 59, 50, tzinfo=UTC)
    assert page_ends_at(late) == datetime(2026, 6, 1, 22, tzinfo=UTC)
    make_article(publish_at=late + timedelta(seconds=4))
    assert page_ends_at(late) == late + timedelta(seconds=4)


def draft(image, **fields):
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(status=Status.DRAFT, lead_image=image, byline=byline, **fields)


def test_article_is_not_published_with_a_picture_that_nobody_would_see():
    make_site()
    editor, image = make_editor(), make_image(licence_ends_on=today() - DAY)
    with pytest.raises(ValidationError, match="A ferry at the quay” ends on"):
        publish(draft(image), by=editor)
    end(image, today())
    publish(draft(image), by=editor)
    with pytest.raises(ValidationError, match="ends on"):
        publish(draft(image), by=editor, publish_at=database_now() + 2 * DAY)


def test_picture_in_the_text_is_looked_at_too():
    make_site()
    image = make_image(licence_ends_on=today() - DAY)
    article = draft(None, body=f'<p>News.</p><figure><img src="/images/{image.pk}/"></figure>')
    (finding,) = pictures_are_licensed(article)
    assert (finding.code, finding.field, finding.is_warning) == ("image-licence", "body", False)


@pytest.mark.parametrize(("days", "told"), [(-1, "no reader sees it"), (30, "until"), (31, "")])
def test_form_of_the_article_says_whose_licence_ends(client, days, told):
    make_site()
    client.force_login(make_editor())
    article = draft(make_image(licence_ends_on=today() + days * DAY))
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).text
    assert ("Licences of pictures" in page) == bool(told)
    assert told in page
