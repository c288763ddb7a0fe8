"""Our pictures within texts: the markup of each in the place of its short stored form."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.templatetags.pictures import picture
from operations.clock import database_now, site_day
from richtext.figures import Figure, figures_of, fill

WIDE = "(min-width: 68rem) 64rem, 100vw"
IN_COLUMN = "(min-width: 44rem) 42rem, 100vw"


def with_pictures(*texts: SafeString) -> list[SafeString]:
    """The safe texts with their pictures, credited. One query, none where they have no figures;
    one more for the day where a licence ever ends.

    What is not there any more, or not ours to show any more, is left out with its caption.
    """
    known = images_of(texts)
    if any(image.licence_ends_on for image in known.values()):
        known = licensed(known, on=site_day(database_now()))
    return [filled(text, known) for text in texts]


def images_of(texts: Iterable[str]) -> dict[int, Image]:
    """The images that stand in the texts, by their keys. One query, none for none."""
    keys = {figure.image for text in texts for figure in figures_of(text)}
    return Image.objects.in_bulk(keys) if keys else {}


def licensed(known: dict[int, Image], *, on: date) -> dict[int, Image]:
    """Those that readers may see on the day."""
    return {key: image for key, image in known.items() if image.is_licensed_on(on)}


def filled(text: SafeString, known: dict[int, Image], *, site_url: str = "") -> SafeString:
    """The safe text with these pictures in it, and no others. No query.

    With `site_url` for elsewhere: in one size, whose address says the host.
    """
    return fill(text, partial(_markup, known, site_url))


def _markup(known: dict[int, Image], site_url: str, figure: Figure) -> SafeString:
    image = known.get(figure.image)
    if image is None:
        return SafeString()
    alt = image.alt if figure.alt is None else figure.alt
    return format_html(
        '<figure class="figure{}">{}{}</figure>',
        " figure-wide" if figure.is_wide else "",
        _alone(image, alt, site_url) if site_url else _in_page(image, alt, figure),
        _caption(figure.caption, image.credit),
    )


def _in_page(image: Image, alt: str, figure: Figure) -> SafeString | str:
    return picture(image, alt=alt, sizes=WIDE if figure.is_wide else IN_COLUMN)


def _alone(image: Image, alt: str, site_url: str) -> SafeString:
    """At the address that outlives its file."""
    whole = image.whole()
    return format_html(
        '<img src="{}{}" width="{}" height="{}" alt="{}">',
        site_url,
        reverse("image_file", args=[image.pk]),
        whole.width,
        whole.height,
        alt,
    )


def _caption(caption: SafeString, credit: str) -> SafeString:
    if not (caption or credit):
        return SafeString()
    return format_html(
        "<figcaption>{}{}{}</figcaption>",
        format_html('<span class="caption">{}</span>', caption) if caption else "",
        " " if caption and credit else "",
        format_html('<span class="picture-credit">{}</span>', credit) if credit else "",
    )
