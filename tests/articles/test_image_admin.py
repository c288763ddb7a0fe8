"""Pictures at the desk: what is refused, with its message beside the field, and what is kept."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from articles.models import Image
from tests.builders import make_article, make_editor, make_image, make_site, make_user, picture_file

pytestmark = pytest.mark.django_db
ADD, LIST = (reverse(f"admin:articles_image_{name}") for name in ("add", "changelist"))


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_site()
    client.force_login(make_editor())
    return client


def focal_point(x, y):
    return {"focal_point_x": str(x), "focal_point_y": str(y)}


def typed(file=None, **fields):
    posted = {f"alts_{code}": "" for code, _name in settings.LANGUAGES}
    posted |= {"alts_en": "The quay", "credit": "Ines Calder", **focal_point(50, 50)} | fields
    return posted | ({"file": file} if file else {})


def test_upload_is_kept_with_its_words(desk):
    exif = Pillow.Exif()
    exif[0x010F] = "Camera of Maren"
    desk.post(ADD, typed(picture_file(exif=exif)))
    image = Image.objects.get()
    assert (image.alts, image.credit) == ({"en": "The quay"}, "Ines Calder")
    assert image.width == 640
    assert b"Maren" not in image.file.read()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("a.jpg", b"<html><script>x</script>"), "not a picture that we can"),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not a pict"),
        (SimpleUploadedFile("a.jpg", b""), "empty"),
        (picture_file(size=(1, 1)), "too small"),
        (None, "required"),
    ],
)
def test_refused_upload_says_why_and_keeps_what_was_typed(desk, file, message):
    if file:
        file.seek(0)
    response = desk.post(ADD, typed(file))
    assert response.status_code == 422
    assert message in str(response.context["adminform"].form.errors["file"])
    assert 'value="The quay"' in response.text
    assert not Image.objects.exists()


@pytest.mark.parametrize("x", ["nan", "101", "", "1e3", "-0.1", "inf", "left"])
def test_focal_point_lies_in_the_picture(desk, x):
    response = desk.post(ADD, typed(picture_file(), **focal_point(x, 50)))
    assert response.status_code == 422
    assert "focal_point" in response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("x", "y", "kept"),
    [(0, 100, "0x1"), (12.5, 33, "0.125x0.33"), ("1e-7", "99.99999", "0x1"), (7, 50, "0.07x0.5")],
)
def test_focal_point_is_kept_as_shares(desk, x, y, kept):
    desk.post(ADD, typed(picture_file(), **focal_point(x, y)))
    image = Image.objects.get()
    assert image.focal_point == kept
    page = desk.get(reverse("admin:articles_image_change", args=[image.pk])).text
    share = f"{100 * float(kept.split('x')[0]):g}"
    assert re.search(rf'name="focal_point_x" value="{re.escape(share)}"', page)


def test_words_are_changed_without_a_new_file(desk):
    image = make_image()
    url = reverse("admin:articles_image_change", args=[image.pk])
    desk.post(url, typed(alts_de="Der Kai", **focal_point(10, 90)))
    kept = Image.objects.get()
    assert (kept.alts["de"], kept.focal_point) == ("Der Kai", "0.1x0.9")
    assert kept.file.name == image.file.name


def test_list_finds_pictures_by_their_words_and_shows_them(desk):
    make_image(alt="Seagulls")
    make_image(alt="A crane")
    page = desk.get(LIST, {"q": "seagull"}).text
    assert ">Seagulls</span>" in page
    assert "A crane" not in page


def test_picture_of_an_article_cannot_be_deleted(desk):
    image = make_image()
    make_article(lead_image=image)
    desk.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert Image.objects.exists()


def test_person_without_rights_sees_no_pictures(client, desk):
    client.force_login(make_user(is_staff=True))
    assert client.get(LIST).status_code == 403
    assert client.post(ADD, typed(picture_file())).status_code == 403
