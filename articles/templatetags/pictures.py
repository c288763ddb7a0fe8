"""`{% picture %}`: an image in as many widths as there are."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image

register = template.Library()


@register.simple_tag
def picture(
    image: Image | None,
    *,
    sizes: str = "100vw",
    shape: str = "",
    loading: str = "lazy",
    css_class: str = "",
) -> SafeString | str:
    """An `<img>`; nothing for no image. No query.

    `shape` is empty for the whole picture, `square` or `wide` for a crop around its focal point.
    The first picture of a page says `loading="eager"`.
    """
    if image is None or not image.file:
        return ""
    source, width, height, srcset = image.cropped(shape) if shape else image.whole()
    return format_html(
        '<img{} src="{}"{} width="{}" height="{}" alt="{}" loading="{}" decoding="async"{}>',
        format_html(' class="{}"', css_class) if css_class else "",
        source,
        format_html(' srcset="{}" sizes="{}"', srcset, sizes) if srcset else "",
        width,
        height,
        image.alt,
        loading,
        format_html(' fetchpriority="{}"', "high") if loading == "eager" else "",
    )
