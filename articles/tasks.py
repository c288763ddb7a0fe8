"""What the worker does for articles: it tries the links to other sites. All may run twice."""

from collections import Counter
from itertools import batched
from urllib.parse import urlsplit

from django.tasks import task

from articles.asking_links import IsPublic, Unknown, ask, is_public
from articles.link_checks import REMEMBERED, elsewhere, unknown
from articles.models import Article, LinkCheck
from operations.clock import database_now

MOST_AT_ONCE, MOST_A_DAY, MOST_OF_A_HOST = 40, 2000, 10


@task()
def check_links(urls: list[str]) -> int:
    """Notes what each address answers that was not tried lately; how many were."""
    return note_answers(urls)


@task()
def check_live_links() -> int:
    """Has the links of live articles tried again, a part of them each day; how many."""
    now = database_now()
    bodies = Article.objects.live(now).filter(body__contains="<a ").order_by("-publish_at", "-pk")
    urls: dict[str, None] = {}
    for body in bodies.values_list("body", flat=True).iterator(chunk_size=200):
        urls |= dict.fromkeys(elsewhere(body))
    due = _fair(unknown(list(urls), now=now))[:MOST_A_DAY]
    for some in batched(due, MOST_AT_ONCE):
        check_links.enqueue(list(some))
    LinkCheck.objects.exclude(url__in=urls).filter(checked_at__lt=now - 8 * REMEMBERED).delete()
    return len(due)


def note_answers(urls: list[str], *, may_ask: IsPublic = is_public) -> int:
    now = database_now()
    asked = 0
    for url in _fair(unknown(urls, now=now)):
        try:
            status = ask(url, may_ask=may_ask)
        except Unknown:
            continue  # tried again with the next draft, or the next day
        told = {"status": status, "checked_at": database_now()}
        LinkCheck.objects.update_or_create(url=url, defaults=told)
        asked += 1
    return asked


def _fair(urls: list[str]) -> list[str]:
    """The same without the addresses of a host that come after its first MOST_OF_A_HOST."""
    seen: Counter[str] = Counter()
    kept = []
    for url in urls:
        host = urlsplit(url).netloc
        seen[host] += 1
        if seen[host] <= MOST_OF_A_HOST:
            kept.append(url)
    return kept
