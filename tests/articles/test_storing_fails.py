"""Where pictures cannot be stored, the form says so."""

import pytest

from articles.models import Image
from operations.models import SiteSettings
from tests.articles.test_image_admin import ADD, typed
from tests.builders import make_site, make_user, picture_file
from tests.operations.test_site_settings import PAGE, settings_form

pytestmark = pytest.mark.django_db
MESSAGE = "The picture could not be stored."


@pytest.fixture
def desk(client, settings, tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "media"
    make_site(name="Before")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def test_upload_that_cannot_be_stored_says_so_beside_the_picture(desk):
    response = desk.post(ADD, typed(picture_file()))
    assert response.status_code == 422
    form = response.context["adminform"].form
    assert [text.startswith(MESSAGE) for text in form.errors["file"]] == [True]
    assert form["credit"].value() == "Ines Calder"
    assert not Image.objects.exists()


def test_logo_that_cannot_be_stored_says_so_beside_the_logo(desk):
    response = desk.post(PAGE, settings_form(name="After", logo=picture_file()))
    assert response.status_code == 422
    assert MESSAGE in response.context["adminform"].form.errors["logo"][0]
    assert SiteSettings.load().name == "Before"
