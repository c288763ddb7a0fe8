"""What Prometheus reads of the cache."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsroom.kept_pages import _with_metrics
from pagecache.metrics import Metrics
from tests.pagecache.builders import Answer, Application, make_cache

LINE = re.compile(r'([a-z_]+)\{((?:[a-z]+="[^"\\\n]*",?)+)\} ([0-9.]+)')


def read(text):
    """{(name, what tells it apart from others of the name): its value}, by the format's rules."""
    typed, found = set(), {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            typed.add(line.split()[2])
            continue
        name, labels, value = LINE.fullmatch(line).groups()
        told = dict(re.findall(r'([a-z]+)="([^"]*)"', labels))
        assert told.pop("process") == str(os.getpid())
        assert {name, re.sub("_(sum|count|bucket)$", "", name)} & typed, line
        found[name, "".join(told.values())] = float(value)
    assert text.endswith("\n") and len(found) == len(set(found))
    return found


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache(application):
    return make_cache(application)


def told(cache):
    return read(Answer(_with_metrics(cache), "/metrics").body.decode())


def test_hits_misses_and_rebuilds_are_counted(cache):
    Answer(cache)
    Answer(cache)
    Answer(cache, cookie="fresh=1")
    numbers = told(cache)
    assert numbers["page_cache_answers_total", "hit"] == 1
    assert numbers["page_cache_answers_total", "miss"] == 1
    assert numbers["page_cache_answers_total", "bypass"] == 1
    assert numbers["page_cache_rebuild_seconds_count", ""] == 2
    assert numbers["page_cache_refused_total", ""] == 0


def test_what_is_kept_is_told_in_pages_and_bytes(cache):
    Answer(cache, "/a")
    Answer(cache, "/b")
    numbers = told(cache)
    assert numbers["page_cache_pages", ""] == 2
    assert numbers["page_cache_bytes", ""] == cache.store.bytes > 0


def test_ages_of_what_was_served_fill_a_histogram():
    metrics = Metrics()
    for age in (0.05, 0.5, 0.5, 20.0, 99.0):
        metrics.answered("hit", age)
    metrics.answered("bypass")
    numbers = read(metrics.text(pages=0, size=0))
    buckets = {
        le: n for (name, le), n in numbers.items() if name == "page_cache_age_seconds_bucket"
    }
    assert buckets == {"0.1": 1, "1": 3, "5": 3, "15": 3, "30": 4, "+Inf": 5}
    assert numbers["page_cache_age_seconds_count", ""] == 5
    assert numbers["page_cache_age_seconds_sum", ""] == pytest.approx(120.05)


def test_process_that_has_done_nothing_says_so():
    numbers = read(Metrics().text(pages=0, size=0))
    assert numbers and set(numbers.values()) == {0}
    assert ("page_cache_age_seconds_bucket", "+Inf") in numbers  # every histogram has it


def test_metrics_are_told_at_one_address_and_never_kept(cache, application):
    answer = Answer(_with_metrics(cache), "/metrics")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert application.asked == []
    assert Answer(_with_metrics(cache), "/").how == "miss"


def test_metrics_are_told_only_where_switched_on(cache, application):
    application.status, application.tags = "404 Not Found", None
    assert Answer(cache, "/metrics").status == 404


def test_every_answer_is_counted_whatever_threads_give_it():
    metrics = Metrics()

    def answer(number):
        for age in (0.05, 0.1, 0.5, 40.0):
            metrics.answered("hit", age)
        metrics.answered("bypass")
        if number % 500 == 0:
            metrics.text(pages=0, size=0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answer, range(4000)))
    numbers = read(metrics.text(pages=0, size=0))
    assert numbers["page_cache_answers_total", "hit"] == 16_000
    assert numbers["page_cache_answers_total", "bypass"] == 4000
    buckets = [numbers["page_cache_age_seconds_bucket", each] for each in ("0.1", "1", "+Inf")]
    assert buckets == [8000, 12_000, 16_000]
    assert numbers["page_cache_age_seconds_count", ""] == 16_000
    assert numbers["page_cache_age_seconds_sum", ""] == pytest.approx(4000 * 40.65)
