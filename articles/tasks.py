"""What the worker does for articles: it tries the links to other sites. All may run twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from urllib.parse import urlsplit

from django.db import connection
from django.tasks import task

from articles.asking_links import IsPublic, Unknown, ask, is_public
from articles.link_checks import REMEMBERED, elsewhere, unknown
from articles.models import Article, LinkCheck
from operations.clock import database_now

MOST_AT_ONCE, MOST_A_DAY, MOST_OF_A_HOST = 40, 2000, 10


@task(priority=-50)
def check_links(urls: list[str]) -> int:
    """Notes what each address answers that was not tried lately; how many were.

    It may take long, so whatever else waits for the worker goes before it.
    """
    return note_answers(urls)


def try_links(html: str) -> None:
    """Has the worker try those links of a text to other sites that are not known yet."""
    if urls := elsewhere(html):
        _enqueue(unknown(urls, now=database_now()))


def _enqueue(urls: list[str]) -> None:
    for some in batched(urls, MOST_AT_ONCE):
        check_links.enqueue(list(some))


@task()
def check_live_links() -> int:
    """Has the links of live articles tried again, a part of them each day; how many."""
    now = database_now()
    bodies = Article.objects.live(now).filter(body__contains="<a ").order_by("-publish_at", "-pk")
    urls: dict[str, None] = {}
    for body in bodies.values_list("body", flat=True).iterator(chunk_size=200):
        urls |= dict.fromkeys(elsewhere(body))
    due = _fair(unknown(list(urls), now=now))[:MOST_A_DAY]
    _enqueue(due)
    LinkCheck.objects.exclude(url__in=urls).filter(checked_at__lt=now - 8 * REMEMBERED).delete()
    return len(due)


def note_answers(urls: list[str], *, may_ask: IsPublic = is_public) -> int:
    urls = _fair(unknown(urls, now=database_now()))
    return sum(_note_answer(url, may_ask=may_ask) for url in urls)


def _note_answer(url: str, *, may_ask: IsPublic) -> bool:
    """Whether it was asked: not where another task does so at this moment, or just has."""
    with _alone(url) as is_alone:
        if not (is_alone and unknown([url], now=database_now())):
            return False
        try:
            status = ask(url, may_ask=may_ask)
        except Unknown:
            return False  # tried again as it is published, or the next day
        told = {"status": status, "checked_at": database_now()}
        LinkCheck.objects.update_or_create(url=url, defaults=told)
        return True


@contextmanager
def _alone(url: str) -> Iterator[bool]:
    """Whether nobody else is at this address; keeps others away from it meanwhile.

    The connection holds the lock, and no transaction is open while another site is waited for.
    """
    key = [f"link:{url}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        is_alone = cursor.fetchone()[0]
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


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
