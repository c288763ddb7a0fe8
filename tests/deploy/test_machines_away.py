"""What nginx does for readers while machines come and go."""

import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from comments.models import Comment
from tests.builders import make_article
from tests.comments.builders import typed
from tests.deploy.site import FROM_HERE, NAME, THREADS
from tests.operations.launching import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def readers(site, *paths):
    """Four people who read all the while; yields what they got."""
    answers, is_over = [], []

    def read(number):
        while not is_over:
            answers.append(site.ask(paths[number % len(paths)]))

    with ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(read, number) for number in range(4)]
        try:
            wait_until(lambda: len(answers) > 20)
            yield answers
        finally:
            is_over.append(True)
    for reader in reading:
        reader.result()


def start_again(machine):
    machine.stop()
    machine.start()
    wait_until(machine.is_up, seconds=60)


def test_readers_see_nothing_of_machines_that_are_killed_and_stopped(site):
    make_article(slug="steady")
    site.ask("/articles/steady/")
    with readers(site, "/articles/steady/", "/articles/steady/?posted=1") as answers:
        site.both[0].stop()  # by SIGKILL
        wait_for_more(answers)
        start_again(site.both[0])
        site.both[1].process.send_signal(signal.SIGTERM)
        site.both[1].process.wait(20)
        wait_for_more(answers)
        start_again(site.both[1])
        wait_for_more(answers)
    assert {answer.status for answer in answers} == {200}
    assert {"hit", ""} <= {answer.how for answer in answers}


def wait_for_more(answers):
    so_far = len(answers)
    wait_until(lambda: len(answers) > so_far + 40)


def test_comment_is_never_sent_to_a_second_machine(site):
    make_article(slug="single")
    first, second = site.both
    second.stop()
    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE comments_comment IN EXCLUSIVE MODE")
        sent = pool.submit(site.ask, "/articles/single/comment/", form=typed(), source="127.0.41.1")
        wait_until(lambda: is_waiting(cursor))
        second.start()
        wait_until(second.is_up, seconds=60)
        first.stop()
        assert sent.result().status == 502
    first.start()
    wait_until(first.is_up, seconds=60)
    assert not Comment.objects.exists()


def is_waiting(cursor):
    """Whether somebody waits for our lock."""
    cursor.execute(
        "SELECT 1 FROM pg_locks WHERE relation = 'comments_comment'::regclass AND NOT granted"
    )
    return cursor.fetchone() is not None


def test_comment_is_sent_once_to_whoever_is_up(site):
    make_article(slug="up")
    site.both[0].stop()
    try:
        for number in range(3):  # whoever's turn it is
            form, source = typed(text=f"Number {number}."), f"127.0.{50 + number}.1"
            assert site.ask("/articles/up/comment/", form=form, source=source).status == 302
    finally:
        start_again(site.both[0])
    assert Comment.objects.count() == 3


def lines_to(machines):
    """The connections to the machines, by the ports from which they come."""
    ports = {f"{machine.port:04X}" for machine in machines}
    found = re.findall(
        r": \w+:(\w+) \w+:(\w+) 01 ", Path("/proc/net/tcp").read_text()
    )  # 01: established
    return {ours for ours, theirs in found if theirs in ports}


def test_connections_to_machines_are_kept(site):
    for _number in range(20):
        site.ask("/healthz")
    before = lines_to(site.both)
    for _number in range(40):
        assert site.ask("/healthz").status == 200
    assert before & lines_to(site.both)
    assert len(lines_to(site.both) - before) <= 4  # of two workers to two machines


def test_slow_writers_keep_nobody_waiting(site):
    make_article(slug="slow")
    head = ["POST /articles/slow/comment/ HTTP/1.1", f"Host: {NAME}", "Content-Length: 90000",
            "Content-Type: application/x-www-form-urlencoded"]  # fmt: skip
    head += [f"{name}: {value}" for name, value in FROM_HERE.items()]
    lines = [site.line() for _number in range(2 * THREADS + 4)]
    try:
        for line in lines:
            line.sendall(("\r\n".join([*head, "", ""]) + "text=" + "x" * 40_000).encode())
        time.sleep(0.2)
        begun = time.monotonic()
        assert site.ask("/articles/slow/?posted=1").status == 200
        assert time.monotonic() - begun < 5  # held threads would wait for 15
    finally:
        for line in lines:
            line.close()
