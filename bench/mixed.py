"""Readers, writers, voters and editors at once on two machines, and somebody who checks them.

`python -m bench.mixed --seconds 600` starts two "machines" (granian with two workers each, on two
ports) over one database and has people use both for so long. What is promised is looked at from
outside, while everybody is at it: who wrote sees it at once on the other machine, others within a
second, and what was removed or published over is in no answer that begins 250 ms later. In the end
the threads are checked. Prints a report; exits 1 where something did not hold.
"""

import argparse
import http.client
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlencode

from bench.run import prepare

prepare()

from django.db import connections, transaction  # noqa: E402 - Django is set up now

from accounts.models import User  # noqa: E402
from articles.models import Article, Contribution, Contributor  # noqa: E402
from articles.publishing import publish  # noqa: E402
from bench.clients import AGE  # noqa: E402
from bench.machine import memory_mib  # noqa: E402
from bench.running_database import database  # noqa: E402
from bench.serving import Server, granian  # noqa: E402
from comments.checking import check_trees  # noqa: E402
from comments.models import Comment  # noqa: E402
from comments.moderating import remove  # noqa: E402
from comments.signs import key_of  # noqa: E402
from newsroom.seeding.sowing import Sower  # noqa: E402

READERS, POSTERS, VOTERS = 6, 2, 2
STORIES = 40
SOON, AT_ONCE = 1.0, 0.25  # seconds after which others see news, and nobody sees what is gone
COOKIE = re.compile(r"^([^=]+)=([^;]*)")


class Person:
    """Somebody with a browser of their own: a connection to each machine, and cookies."""

    def __init__(self, servers: list[Server], seed: int) -> None:
        self.chance = random.Random(seed)
        self.cookies: dict[str, str] = {}
        self._ports = [server.port for server in servers]
        self._connections: dict[int, http.client.HTTPConnection] = {}

    def ask(self, machine: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the text of an answer."""
        headers = {"Host": f"localhost:{self._ports[machine]}", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        body = urlencode(form) if form is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._send(machine, "POST" if body is not None else "GET", path, body, headers)
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            if found := COOKIE.match(line):
                self.cookies[found[1]] = found[2]
        return answer.status, text

    def _send(
        self, machine: int, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        connection = self._connections.setdefault(
            machine, http.client.HTTPConnection("127.0.0.1", self._ports[machine], timeout=20)
        )
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            connection.close()  # an idle one that the server has given up
            connection.request(method, path, body, headers)
            return connection.getresponse()


class Load:
    """What everybody does until the time is over, and what was found wrong."""

    def __init__(self, servers: list[Server], articles: list[Article], seconds: float) -> None:
        self.servers, self.articles = servers, articles
        self.ends_at = time.monotonic() + seconds
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.waits: dict[str, list[float]] = {"read": [], "post": [], "vote": []}
        self._lock = threading.Lock()
        self._by = User.objects.create_superuser("bench", password="bench")
        self._known: list[tuple[Article, int, str]] = []  # comments that are to be seen

    def run(self) -> None:
        works = [self._read] * READERS + [self._post] * POSTERS + [self._vote] * VOTERS
        works += [self._moderate, self._edit]
        threads = [
            threading.Thread(target=self._until_the_end, args=(work, seed))
            for seed, work in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _until_the_end(self, work: Callable[[Person], None], seed: int) -> None:
        person = Person(self.servers, seed)
        try:
            while time.monotonic() < self.ends_at:
                work(person)
        except Exception as error:  # told at the end, like everything that went wrong
            self._complain(f"{work.__name__}: {error!r}")
        finally:
            connections.close_all()

    def _complain(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)

    def _timed(self, kind: str, person: Person, *asked: object) -> str:
        begun = time.monotonic()
        status, text = person.ask(*asked)  # type: ignore[arg-type]
        with self._lock:
            self.waits[kind].append((time.monotonic() - begun) * 1000)
            self.done[kind] += 1
        if status not in (200, 302):
            self._complain(f"{asked[1]} answered {status}")
        return text

    def _read(self, person: Person) -> None:
        article = person.chance.choice(self.articles)
        path = person.chance.choice(["/", f"/articles/{article.slug}/", _talk(article),
                                     f"{_talk(article)}?sort=best"])  # fmt: skip
        self._timed("read", person, person.chance.randrange(2), path)

    def _post(self, person: Person) -> None:
        article = person.chance.choice(self.articles)
        token = f"said-{person.chance.getrandbits(60):x}"
        here = person.chance.randrange(2)
        person.cookies.pop("guest", None)  # somebody new, like most who write
        typed = {"name": "Wilma", "email": f"{token}@readers.example", "text": token,
                 "age": AGE, "key": key_of(AGE)}  # fmt: skip
        self._timed("post", person, here, f"/articles/{article.slug}/comment/", typed)
        said = time.monotonic()
        pages = (f"/articles/{article.slug}/", _talk(article))  # one stands in a shell
        if any(token not in person.ask(1 - here, page)[1] for page in pages):
            self._complain("who wrote did not see it on the other machine")
        time.sleep(max(0.0, said + SOON - time.monotonic()))
        for machine in (0, 1):
            if any(token not in Person(self.servers, 0).ask(machine, page)[1] for page in pages):
                self._complain(f"others did not see news after {SOON} s")
        pk = Comment.objects.values_list("pk", flat=True).get(text=token)
        with self._lock:
            self._known.append((article, pk, token))
            del self._known[:-20]
        time.sleep(person.chance.random())

    def _vote(self, person: Person) -> None:
        with self._lock:
            known = person.chance.choice(self._known) if self._known else None
        if known is None:
            time.sleep(0.2)
            return
        value = {"value": person.chance.choice(["1", "-1", "0"])}
        person.cookies.pop("guest", None)  # another guest each time
        begun = time.monotonic()
        status, _text = person.ask(person.chance.randrange(2), f"/comments/{known[1]}/vote/", value)
        with self._lock:
            self.waits["vote"].append((time.monotonic() - begun) * 1000)
            self.done["vote"] += 1
        if status not in (200, 404):  # 404: removed meanwhile
            self._complain(f"a vote answered {status}")
        time.sleep(person.chance.random() / 5)

    def _moderate(self, person: Person) -> None:
        time.sleep(person.chance.random() * 2)
        with self._lock:
            known = self._known.pop() if self._known else None
        if known is None:
            return
        article, pk, token = known
        remove(Comment.objects.get(pk=pk), by=self._by)
        self.done["removal"] += 1
        time.sleep(AT_ONCE)
        for machine in (0, 1):
            for path in (_talk(article), f"/articles/{article.slug}/", f"/comments/{pk}/"):
                if token in Person(self.servers, 0).ask(machine, path)[1]:
                    self._complain(f"{path} showed what was removed {AT_ONCE} s ago")

    def _edit(self, person: Person) -> None:
        time.sleep(person.chance.random() * 2)
        article = Article.objects.get(pk=person.chance.choice(self.articles).pk)
        before, article.headline = article.headline, f"News {person.chance.getrandbits(60):x}"
        article.save(update_fields=["headline"])
        publish(article, by=self._by, overriding="made-up words")
        self.done["publish"] += 1
        time.sleep(AT_ONCE)
        for machine in (0, 1):
            text = Person(self.servers, 0).ask(machine, f"/articles/{article.slug}/")[1]
            if article.headline not in text or before in text:
                self._complain(f"an article was old {AT_ONCE} s after it was published")


def _talk(article: Article) -> str:
    return f"/articles/{article.slug}/comments/"


def _articles() -> list[Article]:
    """Stories with conversations that can be published again."""
    with transaction.atomic():
        sower = Sower()
        sown = sower.sow_stories(STORIES)
        sower.sow_talks([(story, [5] * 30) for story in sown])
    person = Contributor.objects.create(slug="bench", names={"en": "Maren Okafor"})
    articles = list(Article.objects.filter(story__in=[story[0].story_id for story in sown]))
    for article in articles:
        Contribution.objects.get_or_create(article=article, contributor=person)
    return articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    seconds = parser.parse_args().seconds
    with database(), ExitStack() as stack:
        articles = _articles()
        servers = [
            stack.enter_context(granian("newsroom.wsgi:application", workers=2))
            for _machine in range(2)
        ]
        time.sleep(2)  # the listeners hear their own hearts
        load = Load(servers, articles, seconds)
        watch = threading.Thread(target=_watch, args=(servers, load.ends_at, sizes := []))
        watch.start()
        load.run()
        watch.join()
        load.wrong += [str(fault) for fault in check_trees()]
    _report(load, sizes, seconds)
    sys.exit(1 if load.wrong else 0)


def _watch(servers: list[Server], ends_at: float, sizes: list[float]) -> None:
    """The workers' memory in MiB, every ten seconds."""
    while time.monotonic() < ends_at:
        pids = [pid for server in servers for pid in server.pids]
        sizes.append(sum(memory_mib(pid) for pid in pids))
        time.sleep(10)


def _report(load: Load, sizes: list[float], seconds: float) -> None:
    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")

    say(f"{seconds:.0f} s, two machines of two workers: {dict(load.done)}")
    for kind, waits in load.waits.items():
        if len(waits) > 1:
            ranked = statistics.quantiles(waits, n=100, method="inclusive")
            say(f"{kind}: p50 {ranked[49]:.1f}, p95 {ranked[94]:.1f}, p99 {ranked[98]:.1f} ms")
    tenth = max(len(sizes) // 10, 1)
    begin, end = (
        statistics.median(sizes[tenth:][:tenth] or sizes),
        statistics.median(sizes[-tenth:]),
    )
    say(f"memory of all workers: {begin:.0f} MiB in the second tenth, {end:.0f} MiB in the last")
    for what, times in Counter(load.wrong).most_common(20):
        say(f"WRONG, {times} times: {what}")
    if not load.wrong:
        say("nothing was wrong")


if __name__ == "__main__":
    main()
