"""A person has a page once readers have seen a piece with their name, and keeps it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Contributor, Role, Status
from tests.builders import make_article, make_contributor, make_site

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
PAGES = ["/contributors/vesna/", "/contributors/vesna/feeds/latest.rss"]


@pytest.fixture(autouse=True)
def paper():
    make_site()


def make_piece(**fields):
    byline = [(make_contributor(slug="vesna", name="Vesna Lind"), Role.REPORTER)]
    return make_article(byline=byline, **fields)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"unpublish_at": timezone.now() - timedelta(minutes=1)}, 200),
        ({"status": Status.WITHDRAWN}, 200),
        ({"status": Status.DRAFT}, 404),
        ({"publish_at": LATER, "embargoed_until": LATER}, 404),
    ],
)
def test_person_is_known_by_what_readers_have_seen(client, address, fields, status):
    make_piece(**fields)
    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", PAGES)
def test_pseudonym_makes_nobody_known(client, address):
    article = make_piece()
    article.contributions.update(credited_as="A Neighbour")
    assert client.get(address).status_code == 404


def test_old_address_of_somebody_unknown_tells_nothing(client):
    make_piece(publish_at=LATER)
    person = Contributor.objects.get()
    person.slug = "vesna-lind"
    person.save()
    assert client.get("/contributors/vesna/").status_code == 404
    Article.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    assert client.get("/contributors/vesna/").status_code == 301


def test_what_is_told_of_a_person_in_another_language_says_so(client):
    make_piece()
    Contributor.objects.update(bios={"de": "Liest Fahrpläne."}, role_lines={"en": "Reporter"})
    page = client.get(PAGES[0]).text
    assert '<div class="person-bio" lang="de" dir="auto"><p>Liest Fahrpläne.</p></div>' in page
    assert '<p class="kicker">Reporter</p>' in page
    page = client.get(f"/de{PAGES[0]}").text
    assert '<div class="person-bio"><p>' in page
    assert '<p class="kicker" lang="en" dir="auto">Reporter</p>' in page
