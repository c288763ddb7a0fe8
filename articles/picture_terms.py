"""Until when an article's pictures may be shown."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import Article
from articles.picture_uses import licensed_until
from operations.clock import database_now, site_day


def pictures_are_licensed(article: Article) -> Iterator[Finding]:
    """Which pictures readers would not see on the article's first day, or today if that is over.

    Two queries where it has pictures.
    """
    now = database_now()
    first_day = site_day(max(now, article.publish_at or now))
    for image in licensed_until(article):
        last_day = image.licence_ends_on
        if last_day is not None and last_day < first_day:
            field = "lead_image" if image.pk == article.lead_image_id else "body"
            ended = {"picture": image, "date": date_format(last_day)}
            message = _("The licence of the picture “%(picture)s” ends on %(date)s.") % ended
            yield Finding("image-licence", message, field)
