"""Choosing a picture for a text, as a page and as JSON for the text editor's dialog."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from operations.clock import database_now, site_day
from tests.builders import make_colleague, make_image, make_site, picture_file

pytestmark = pytest.mark.django_db
CHOOSE = reverse("admin:articles_image_choose")


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("reporter"))
    return client


def told(desk, **asked):
    return desk.get(CHOOSE, {"format": "json", **asked}).json()


def test_editor_is_told_what_it_needs(desk):
    image = make_image(alts={"en": "A quay", "de": "Ein Kai"}, credit="Ines Calder")
    assert told(desk) == {
        "images": [
            {"id": image.pk, "alt": "A quay", "thumbnail": image.file.w480, "width": 640,
             "height": 400, "credit": "Ines Calder"}
        ],
        "next": None,
    }  # fmt: skip
    assert told(desk, language="de")["images"][0]["alt"] == "Ein Kai"
    assert desk.get(CHOOSE, headers={"Accept": "application/json"}).json() == told(desk)


def test_pictures_come_in_pages_newest_first(desk):
    Image.objects.bulk_create(
        Image(file=f"pictures/quay-{n}.jpg", width=900, height=500, alts={"en": f"Quay {n}"})
        for n in range(30)
    )
    first = told(desk)
    assert [len(first["images"]), first["next"], first["images"][0]["alt"]] == [24, 2, "Quay 29"]
    second = told(desk, page=first["next"])
    assert [len(second["images"]), second["next"]] == [6, None]
    assert [each["alt"] for each in told(desk, q="quay 17")["images"]] == ["Quay 17"]


def test_ended_pictures_are_not_offered(desk):
    make_image(licence_ends_on=site_day(database_now()) - timedelta(days=1))
    assert told(desk)["images"] == []


def test_page_offers_what_is_pasted_into_a_text(desk):
    image = make_image(alt='The "Maren"')
    page = desk.get(CHOOSE).text
    code = f'<figure><img src="/images/{image.pk}/" alt="The &quot;Maren&quot;"></figure>'
    assert (
        code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        in page
    )


def test_picture_is_added_from_the_dialog(desk):
    typed = {"file": picture_file(), "alt": "Der Kai", "credit": "Ines Calder"}
    response = desk.post(f"{CHOOSE}?format=json&language=de", typed)
    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json()["image"]["id"] == image.pk
    assert (image.alts, image.credit) == ({"de": "Der Kai"}, "Ines Calder")


def test_picture_is_added_without_scripts(desk):
    response = desk.post(CHOOSE, {"file": picture_file(), "alt": "The quay"}, follow=True)
    assert response.redirect_chain == [(f"{CHOOSE}?language=en", 302)]
    assert "The quay" in response.text


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "file", "required"),
        ({"file": SimpleUploadedFile("a.jpg", b"<svg/>")}, "file", "not a picture"),
        ({"file": picture_file, "alt": "x" * 501}, "alt", "500 characters"),
        ({"file": picture_file, "credit": "a\x07b"}, "credit", "character"),
    ],
)
def test_refused_upload_says_why_and_keeps_what_was_typed(desk, typed, field, message):
    def sent():
        return {name: value() if callable(value) else value for name, value in typed.items()}

    refused = desk.post(f"{CHOOSE}?format=json", sent())
    assert refused.status_code == 422
    assert message in refused.json()["errors"][field][0]
    page = desk.post(CHOOSE, sent() | {"alt": "Kept"} if field == "file" else sent())
    assert page.status_code == 422
    assert field != "file" or 'value="Kept"' in page.text
    assert not Image.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("moderator", 403), ("fundraiser", 403)])
def test_others_choose_no_pictures(client, role, status):
    make_site()
    client.force_login(make_colleague(role))
    assert client.get(CHOOSE).status_code == status
    assert client.post(CHOOSE, {"file": picture_file()}).status_code == status
