"""`{% picture %}`: an image in as many widths as there are."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Image
from operations.clock import database_now, request_now, site_day

register = template.Library()


def picture(
    image: Image | None,
    *,
    sizes: str = "100vw",
    shape: str = "",
    loading: str = "lazy",
    css_class: str = "",
    alt: str | None = None,
) -> SafeString | str:
    """A `<picture>` with WebP and what older browsers take; nothing for no image. No query.

    `alt` is what this use of it says, if anything; else the picture's own.
    `shape` is empty for the whole picture, `square` or `wide` for a crop around its focal point.
    The first picture of a page says `loading="eager"`.
    """
    if image is None or not image.file:
        return ""
    shown = image.cropped(shape) if shape else image.whole()
    element = format_html(
        '<img{} src="{}"{} width="{}" height="{}" alt="{}" loading="{}" decoding="async"{}>',
        format_html(' class="{}"', css_class) if css_class else "",
        shown.url,
        format_html(' srcset="{}" sizes="{}"', shown.srcset, sizes) if shown.srcset else "",
        shown.width,
        shown.height,
        image.alt if alt is None else alt,
        loading,
        format_html(' fetchpriority="{}"', "high") if loading == "eager" else "",
    )
    if not shown.webp:
        return element
    return format_html(
        '<picture><source type="image/webp" srcset="{}"{}>{}</picture>',
        shown.webp,
        format_html(' sizes="{}"', sizes) if shown.srcset else "",
        element,
    )


register.simple_tag(picture, name="desk_picture")  # the desk sees it, whatever its licence


@register.simple_tag(takes_context=True, name="picture")
def licensed_picture(context: Any, image: Image | None, **options: Any) -> SafeString | str:
    """The same; nothing for one whose licence has ended. A query at most, for the clock."""
    return picture(_licensed(context, image), **options)


@register.simple_tag(takes_context=True)
def lead_picture(context: Any, article: Article) -> Image | None:
    """The article's picture, if readers may see it today: for all that stands around it."""
    return _licensed(context, article.lead_image)


def _licensed(context: Any, image: Image | None) -> Image | None:
    if image is None or image.licence_ends_on is None:
        return image
    return image if image.is_licensed_on(_today(context)) else None


def _today(context: Any) -> date:
    request = context.get("request")
    return site_day(request_now(request) if request else database_now())
