"""What the form of an article says of pictures that readers will not see for long."""

from typing import Any

from django.http import HttpRequest

from articles.admin.image_filters import SOON
from articles.models import Article
from articles.picture_uses import licensed_until
from operations.clock import request_now, site_day


def about_pictures(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """The pictures whose licence has ended or ends soon; None where there are none."""
    today = site_day(request_now(request))
    ending = licensed_until(article).filter(licence_ends_on__lte=today + SOON)
    images = [(image, not image.is_licensed_on(today)) for image in ending]
    return {"images": images} if images else None
