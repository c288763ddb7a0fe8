"""What is written small of a picture: formats, widths, and nothing of where it was taken."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from articles.models import Image
from articles.pictures import store_picture
from pictures.reencoding import reencode
from tests.builders import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def names(image):
    return Image._meta.get_field("file").names_for(image)


def kinds(media):
    paths = [path for path in media.rglob("__processed__/**/*.*") if path.is_file()]
    return {(path.suffix, Pillow.open(path).format) for path in paths}


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("JPEG", {}, {(".jpeg", "JPEG"), (".webp", "WEBP")}),
        ("PNG", {"mode": "RGBA", "colour": (0, 0, 99, 40)}, {(".png", "PNG"), (".webp", "WEBP")}),
        ("WEBP", {"mode": "RGBA", "colour": (0, 0, 99, 40)}, {(".png", "PNG"), (".webp", "WEBP")}),
    ],
)
def test_each_picture_is_there_in_webp_and_in_what_all_browsers_take(
    media, kind, options, expected
):
    store_picture(picture_file(kind=kind, size=(900, 500), **options), alts={})
    assert kinds(media) == expected


def test_transparency_stays(media):
    upload = picture_file(kind="WEBP", mode="RGBA", colour=(0, 0, 99, 40), size=(900, 500))
    store_picture(upload, alts={})
    for path in media.rglob("__processed__/**/*.*"):
        assert path.is_dir() or Pillow.open(path).convert("RGBA").getpixel((5, 5))[3] == 40


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (480, [480]), (500, [480, 500]), (1600, [480, 800, 1200, 1600])],
)
def test_no_rendition_is_made_that_no_page_shows(width, widths):
    image = store_picture(picture_file(size=(width, 200)), alts={})
    assert len(names(image)) == 2 * len(widths) + 2 + 1  # and the square one twice, the wide one
    offered = [int(step.split()[1][:-1]) for step in image.whole().webp.split(", ")]
    assert offered == widths


def test_no_rendition_carries_metadata(media):
    exif = Pillow.Exif()
    exif[0x010F] = "Camera of Maren"
    exif.get_ifd(0x8825)[2] = (53.0, 33.0, 0.0)
    store_picture(picture_file(size=(900, 500), exif=exif, comment=b"by Maren"), alts={})
    paths = [path for path in media.rglob("*.*") if path.is_file()]
    assert len(paths) == 1 + 3 + 3 + 2 + 1
    for path in paths:
        picture = Pillow.open(path)
        assert not picture.getexif() and b"Maren" not in path.read_bytes()
        assert not {"comment", "exif", "xmp", "icc_profile"} & set(picture.info)


def text_chunks(mode):
    told = PngInfo()
    told.add_text("Comment", "by Maren")
    told.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Maren</x:xmpmeta>")
    return picture_file(kind="PNG", pnginfo=told, mode=mode, colour=None)


def several_in_one():
    """As phones write it: the picture, and a second one behind it."""
    target, exif = BytesIO(), Pillow.Exif()
    exif[0x010F] = "Camera of Maren"
    pictures = [Pillow.new("RGB", (64, 48), colour) for colour in ("navy", "red")]
    pictures[0].save(target, "MPO", save_all=True, append_images=pictures[1:], exif=exif)
    return SimpleUploadedFile("a.mpo", target.getvalue())


@pytest.mark.parametrize(
    "upload", [lambda: text_chunks("RGB"), lambda: text_chunks("RGBA"), several_in_one]
)
def test_texts_and_second_pictures_in_a_file_are_left_behind(upload):
    file = upload()
    assert b"Maren" in file.read()
    kept = reencode(file)
    stored = kept.read()
    assert b"Maren" not in stored and b"MPF\0" not in stored
    assert Pillow.open(BytesIO(stored)).format in {"JPEG", "PNG"}
