"""The links in an article's text to other sites: they were seen to answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import Article, LinkCheck
from articles.own_links import own_host
from operations.clock import database_now
from richtext.outline import Link, Outline

REMEMBERED = timedelta(days=7)
LONGEST = 2000  # as LinkCheck takes it
# The site answers there, if not to everybody: it asks to sign in, or will not talk to programs.
ALIVE = {401, 402, 403, 405, 406, 407, 418, 429, 451, 999}


def links_of(html: str) -> list[Link]:
    return [link for link in Outline(html).links if link.url]


def elsewhere(html: str) -> list[str]:
    """The web addresses of other sites in a text, each once, without what only browsers read."""
    found = {}
    for link in links_of(html):
        try:
            parts = urlsplit(link.url)
        except ValueError:
            continue
        address = parts._replace(fragment="").geturl()
        is_other = parts.scheme in ("http", "https") and parts.netloc not in ("", own_host())
        if is_other and len(address) <= LONGEST:
            found[address] = link
    return list(found)


def unknown(urls: list[str], *, now: datetime) -> list[str]:
    """Those of the addresses that nobody has tried lately. One query, none without any."""
    if not urls:
        return []
    checks = LinkCheck.objects.filter(url__in=urls, checked_at__gt=now - REMEMBERED)
    known = set(checks.values_list("url", flat=True))
    return [url for url in urls if url not in known]


def is_dead(status: int) -> bool:
    return status == 0 or (status >= 400 and status not in ALIVE)


def other_sites_answer(article: Article) -> Iterator[Finding]:
    """By what the worker found out before: nothing is asked of them here. One query at most."""
    urls = elsewhere(article.body or "")
    if not urls:
        return
    since = database_now() - REMEMBERED
    for check in LinkCheck.objects.filter(url__in=urls, checked_at__gt=since).order_by("pk"):
        if is_dead(check.status):
            message = (
                _("This link answered with error %(status)d: %(url)s")
                if check.status
                else _("Nothing answers at this link: %(url)s")
            )
            said = {"status": check.status, "url": check.url}
            yield Finding("link_dead", message % said, "body", is_warning=True)
