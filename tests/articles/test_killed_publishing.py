"""The web process is killed while it publishes: readers get the old page or the new, never half."""

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from articles import autosaving, drafts
from articles.models import Article, Autosave, Revision, Role
from articles.publishing import publish
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of
from tests.operations.launching import wait_until
from tests.pagecache.machines import Machine, Person, connections
from tests.translations.builders import make_attribution, make_source_work

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, TOKEN = "/articles/flood/", "a" * 32
SAID = {  # where a page says its number
    "headline": r"<h1[^>]*>\s*Flood report (\d+)\s*</h1>",
    "body": r"Level (\d+) at the quay",
    "byline": r'rel="author">Writer (\d+)<',
    "credit": r"exclusively for Paper (\d+)",
}


class Newsroom:
    """One editor, one live article, and the machine that serves both."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.client = Client()
        self.editor: User = make_colleague("editor")
        self.client.force_login(self.editor)
        session = self.client.cookies["sessionid"].value
        self.person = Person(sessionid=session, csrftoken=TOKEN)
        self.writers = [make_contributor(name=f"Writer {number}") for number in range(60)]
        self.article = self._first()
        self.address = f"/admin/articles/article/{self.article.pk}/change/"

    def _first(self) -> Article:
        article = make_article(
            slug="flood",
            headline="Flood report 0",
            body="<p>Level 0 at the quay.</p>",
            byline=[(self.writers[0], Role.TRANSLATOR)],
        )
        make_attribution(
            article=article, origin="translation", source_work=make_source_work(),
            exclusive_for="Paper 0",
        )  # fmt: skip
        publish(article, by=self.editor)
        return article

    def form(self, number: int) -> dict[str, str]:
        """The article's form, which says this number everywhere, and is kept as it was typed."""
        self.person.ask(self.machine, self.address)  # which makes it warm, as whoever types does
        typed = form_of(self.client, self.address) | {
            "headline": [f"Flood report {number}"],
            "body": [f"<p>Level {number} at the quay.</p>"],
            "contributions-0-contributor": [str(self.writers[number].pk)],
            "attribution-0-exclusive_for": [f"Paper {number}"],
        }
        base = self.article.published_revision
        autosaving.keep(self.article, by=self.editor, fields=typed, based_on=base)
        sent = {name: values[0] for name, values in typed.items() if values}
        return sent | {"_publish": "1", "csrfmiddlewaretoken": TOKEN}

    def send(self, form: dict[str, str]) -> int:
        with suppress(OSError, HTTPException):
            return self.person.ask(self.machine, self.address, form).status
        return 0

    def publish_and_kill(self, number: int, *, after: float) -> int:
        """What readers are told once the machine is back, by everything that says it."""
        form = self.form(number)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(self.send, form)
            time.sleep(after)
            self.machine.stop()
        wait_until(lambda: not connections(), seconds=20)  # what was under way has ended
        self.machine.start()
        wait_until(self.machine.is_up, seconds=60)
        return self.check(self.machine.ask(PAGE).text, tried=number)

    def check(self, page: str, *, tried: int) -> int:
        found = {name: re.findall(said, page) for name, said in SAID.items()}
        numbers = {int(each) for values in found.values() for each in values}
        assert len(numbers) == 1 and all(found.values()), found
        number = numbers.pop()
        last = self.article.published_revision
        assert last and last.snapshot["headline"] == f"Flood report {number}"
        assert last == Revision.objects.order_by("-number").first()
        rows = drafts.snapshot(Article.objects.get())
        assert {name: last.snapshot[name] for name in rows} == rows
        kept = autosaving.offered(self.article, by=self.editor)
        assert (kept is None) == (number == tried), "typed and not saved, or saved"
        Autosave.objects.filter(article=self.article).delete()
        return number

    def time_of_publishing(self) -> float:
        """In seconds, on the machine as it is now."""
        form, begun = self.form(1), time.monotonic()
        assert self.send(form) == 302
        return time.monotonic() - begun


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    make_site()
    machine = Machine(tmp_path / "machine.log", workers=1, threads=2)
    try:
        wait_until(machine.is_up, seconds=60)
        yield Newsroom(machine)
    finally:
        machine.stop()


def kill_often(newsroom: Newsroom, times: int) -> list[bool]:
    """Whether each publication came through: the kills come around the moment of the commit."""
    lasts, came, number = newsroom.time_of_publishing(), [], 1
    for _turn in range(times):
        after = lasts * random.uniform(0.5, 1.2)
        came.append(newsroom.publish_and_kill(number + 1, after=after) == number + 1)
        number += came[-1]
        lasts *= 0.85 if came[-1] else 1.2
    assert newsroom.send(newsroom.form(number + 1)) == 302
    assert newsroom.check(newsroom.machine.ask(PAGE).text, tried=number + 1) == number + 1
    return came


@pytest.mark.slow
def test_killed_publishing_shows_the_old_page_or_the_new(newsroom: Newsroom) -> None:
    kill_often(newsroom, 5)


@pytest.mark.torture
def test_fifty_killed_publications_show_the_old_page_or_the_new(newsroom: Newsroom) -> None:
    assert {True, False} == set(kill_often(newsroom, 50))
