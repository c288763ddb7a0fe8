"""What may come as a picture, with real bytes, and what is kept of it."""

import re
import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageCms

from pictures.reencoding import MAX_BYTES, reencode
from tests.builders import picture_file


def png_claiming(width, height):
    """A few kilobytes that would become width x height pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * min(height, 2000), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def animation(kind):
    frames = [Pillow.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:])
    return target.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
BAD = {
    "bomb": (lambda: png_claiming(20_000, 20_000), "too many pixels"),
    "above the warning": (lambda: png_claiming(10_000, 9_000), "too many pixels"),
    "41 megapixels": (lambda: picture_file(size=(8200, 5000)).read(), "too many pixels"),
    "too many bytes": (lambda: b"\xff\xd8\xff" + b"\0" * MAX_BYTES, "too large"),
    "svg": (lambda: SVG, "not a picture that we can use"),
    "page named jpg": (lambda: HTML, "not a picture that we can use"),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "save it as JPEG first"),
    "avif": (lambda: b"\0\0\0\x1cftypavif\0\0\0\0mif1", "save it as JPEG first"),
    "video": (lambda: b"\0\0\0\x18ftypisom\0\0\0\0isom", "not a picture that we can use"),
    "gif": (lambda: picture_file(kind="GIF").read(), "not a picture that we can use"),
    "nothing but a signature": (lambda: b"\xff\xd8\xff\xe0", "not a picture that we can use"),
    "truncated jpeg": (lambda: picture_file(size=(900, 900)).read()[:-900], "damaged"),
    "truncated png": (lambda: picture_file(kind="PNG").read()[:-900], "damaged"),
    "animated webp": (lambda: animation("WEBP"), "animated"),
    "animated png": (lambda: animation("PNG"), "animated"),
    "one pixel": (lambda: picture_file(size=(1, 1)).read(), "too small"),
    "a thread": (lambda: picture_file(size=(4000, 20)).read(), "too narrow"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_usable_picture_is_refused(case):
    make, message = BAD[case]
    with pytest.raises(ValidationError) as refused:
        reencode(SimpleUploadedFile("holiday.jpg", make()))
    assert message in refused.value.messages[0]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_known_by_their_content_and_kept_as_jpeg(kind):
    kept = reencode(picture_file(name="../Quay at Night.svg", kind=kind))
    assert re.fullmatch(r"quay-at-night-\w{12}[.]jpg", kept.name)
    assert Pillow.open(kept).format == "JPEG"


def test_place_and_camera_are_removed_and_the_picture_is_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Maren"
    exif.get_ifd(0x8825)[2] = (53.0, 33.0, 0.0)
    upload = picture_file(size=(640, 400), exif=exif, comment=b"by Maren", dpi=(72, 72))
    assert b"Maren" in upload.read()
    kept = reencode(upload)
    picture = Pillow.open(kept)
    assert picture.size == (400, 640)
    assert not picture.getexif()
    assert not {"comment", "exif", "xmp", "icc_profile"} & set(picture.info)
    kept.seek(0)
    assert b"Maren" not in kept.read()


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("WEBP", "webp")])
def test_transparency_is_kept_without_metadata(kind, suffix):
    exif = Pillow.Exif()
    exif[0x010F] = "Camera of Maren"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    upload = picture_file(
        kind=kind, mode="RGBA", colour=(0, 0, 99, 40), exif=exif, icc_profile=profile, xmp=b"Maren"
    )
    kept = reencode(upload)
    assert kept.name.endswith(suffix)
    assert Pillow.open(kept).getpixel((5, 5))[3] == 40
    kept.seek(0)
    stored = kept.read()
    assert b"Maren" not in stored
    assert b"ICC" not in stored


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "LA", "I;16", "1"])
def test_every_kind_of_colour_becomes_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    upload = picture_file(mode=mode, kind=kind, colour=None)
    assert Pillow.open(reencode(upload)).mode == "RGB" or mode == "LA"


def test_a_broken_colour_profile_is_ignored():
    assert reencode(picture_file(icc_profile=b"no profile")).name.startswith("quay-")
