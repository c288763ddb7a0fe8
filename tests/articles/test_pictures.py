"""What is kept of a picture beside its file."""

import pytest
from PIL import Image as Pillow

from articles.pictures import store_picture
from tests.builders import picture_file


@pytest.mark.django_db
def test_stored_picture_has_its_renditions(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = store_picture(
        picture_file(size=(2000, 1000)), alts={"en": "The quay"}, focal_point="0.2x0.8"
    )
    assert (image.width, image.height) == (2000, 1000)
    sizes = {Pillow.open(path).size for path in tmp_path.glob("__processed__/**/*.j*")}
    expected = {(480, 240), (800, 400), (1200, 600), (1600, 800), (160, 160), (1200, 630)}
    assert sizes == expected
