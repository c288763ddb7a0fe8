"""The address of a picture that texts and feeds name: it outlives files, and leaks no picture."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from articles.models import Article, Image, Page, Role, Status, pictures_named
from operations.clock import database_now, site_day
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_site,
    make_user,
    picture_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site()


def address(image):
    return reverse("image_file", args=[image.pk])


def test_address_leads_to_the_picture_as_it_is(client):
    image = make_image(file=picture_file(size=(2000, 1000)))
    make_article(lead_image=image)
    response = client.get(address(image))
    assert response.status_code == 302
    assert response.url == image.file.w1200
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in response.headers and not response.cookies
    assert client.head(address(image)).status_code == 302
    assert client.post(address(image)).status_code == 405


def test_small_picture_is_its_own_file(client):
    image = make_image()
    make_article(lead_image=image)
    assert client.get(address(image)).url == image.file.url


@pytest.mark.parametrize("number", ["0", "999", "99999999999999999999999"])
def test_unknown_picture_is_not_found(client, number):
    assert client.get(f"/images/{number}/").status_code == 404


def test_ended_licence_is_not_found_for_anybody(client):
    yesterday = site_day(database_now()) - timedelta(days=1)
    image = make_image(licence_ends_on=yesterday)
    make_article(lead_image=image)
    client.force_login(make_colleague("chief"))
    assert client.get(address(image)).status_code == 404


def use_in_scheduled(image):
    make_article(lead_image=image, publish_at=database_now() + timedelta(minutes=1))


def use_under_a_pseudonym(image):
    line = make_article(byline=[(make_contributor(portrait=image), Role.REPORTER)]).contributions
    line.update(credited_as="A friend of the harbour")


def use_in_draft(image):
    make_article(body=f'<p><img src="/images/{image.pk}/"></p>', status=Status.DRAFT)


USES = [lambda image: None, use_in_scheduled, use_under_a_pseudonym, use_in_draft]


@pytest.mark.parametrize("use", USES)
def test_what_no_reader_sees_yet_is_known_to_the_desk_alone(client, use):
    image = make_image()
    use(image)
    assert client.get(address(image)).status_code == 404
    client.force_login(make_user())
    assert client.get(address(image)).status_code == 404
    client.force_login(make_colleague("reporter"))
    response = client.get(address(image))
    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Cookie"


@pytest.mark.parametrize("make", [make_article, Page.objects.create])
def test_picture_in_a_public_text_is_public(client, make):
    image, other = make_image(), make_image()
    make(body=f'<figure><img src="/images/{image.pk}/" alt=""></figure>', slug="x", language="en")
    assert client.get(address(image)).status_code == 302
    assert client.get(address(other)).status_code == 404
    assert Image.objects.count() == 2


def test_portrait_is_public_once_readers_know_of_the_person(client):
    image = make_image()
    mina = make_contributor(portrait=image)
    begins = database_now() + timedelta(minutes=1)
    article = make_article(byline=[(mina, Role.REPORTER)], publish_at=begins)
    assert client.get(address(image)).status_code == 404
    Article.objects.filter(pk=article.pk).update(publish_at=database_now())
    assert client.get(address(image)).status_code == 302


def test_no_text_is_read_to_find_a_picture():
    named = Article.objects.alias(named=pictures_named("body")).filter(named__overlap=[7])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of so few rows all are soon read
    assert "article_pictures_named" in named.explain()


def test_editions_have_no_address_of_their_own_for_it(client):
    image = make_image()
    make_article(lead_image=image)
    assert client.get(f"/de{address(image)}").status_code == 404
