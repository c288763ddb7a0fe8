"""The mail about permissions that end: plain text, in the active language."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from translations.models import Permission


def endings_mail(told: list[tuple[Permission, list[Article]]], *, today: date) -> tuple[str, str]:
    """(subject, text) about permissions and the live articles that depend on each.

    What people typed stands in the text only, never in the subject.
    """
    subject = ngettext(
        "%(count)d permission ends or has ended", "%(count)d permissions end or have ended",
        len(told),
    ) % {"count": len(told)}  # fmt: skip
    return subject, "\n\n".join(_paragraph(*pair, today=today) for pair in told) + "\n"


def _paragraph(permission: Permission, articles: list[Article], *, today: date) -> str:
    if permission.ends_on is None:
        raise ValueError(f"Permission {permission.pk} has no end.")
    if permission.ends_on < today:
        opening = _("“%(permission)s” ended on %(day)s, and these articles are still live:")
    elif permission.ends_publication:
        opening = _("“%(permission)s” ends on %(day)s, and with it these articles disappear:")
    else:
        opening = _("“%(permission)s” ends on %(day)s. These live articles depend on it:")
    day = date_format(permission.ends_on, "DATE_FORMAT")
    lines = [opening % {"permission": permission, "day": day}]
    lines += [f"- {article} {_desk('articles_article', article.pk)}" for article in articles]
    address = _desk("translations_permission", permission.pk)
    lines.append(_("Its dates: %(address)s") % {"address": address})
    return "\n".join(lines)


def _desk(model: str, pk: int) -> str:
    return settings.SITE_URL + reverse(f"admin:{model}_change", args=[pk])
