"""Shells by themselves: places for parts, what is watched, and what they weigh."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from pagecache import shells
from pagecache.shells import SUBJECT_BYTES, Shelf, live, watch
from pagecache.store import PageStore


def asking(**more):
    request = HttpRequest()
    request.path = "/articles/ferry/"
    request.META = more
    return request


def number(request):
    return SafeString(request.META["number"])


def made(request, text="text"):
    """The shell of a page with a part before its text and one behind it."""

    def render():
        return f"<{live(request, number)}>{text}<{live(request, number)}>"

    return shells.make(request, "ferry", render, "story:1")


def test_parts_are_those_of_each_request():
    shell = made(asking(number="1"))
    assert [shell.filled(asking(number=text)) for text in "12"] == ["<1>text<1>", "<2>text<2>"]


def test_part_of_a_page_without_a_shell_is_its_text():
    assert live(asking(number="7"), number) == "7"


def test_place_is_in_no_page():
    assert shells.PLACE not in made(asking(number="1")).filled(asking(number="2"))


def test_what_is_watched_is_looked_at_once_for_each_thing():
    looked = []

    def look(request, thing):
        looked.append(thing)
        return request.META["number"]

    request = asking(number="1")

    def render():
        for thing in "aab":
            watch(request, look, thing)
        return ""

    shell = shells.make(request, None, render)
    assert looked == ["a", "b"]
    assert shell.fits(asking(number="1")) and not shell.fits(asking(number="2"))
    watch(asking(), look, "c")
    assert "c" not in looked


def test_shell_is_found_at_its_path_once_it_is_kept():
    store = PageStore(10**6)
    first, second = (Shelf(store, begun=0, may_find=True) for _shelf in range(2))
    request = asking(**{shells.SHELF: first, "number": "1"})
    shell = made(request)
    assert second.find(asking(number="1")) is None
    first.keep(ends_at=10)
    assert second.find(asking(number="1")) is shell
    other = asking(number="1")
    other.path = "/articles/fog/"
    assert Shelf(store, begun=0, may_find=True).find(other) is None
    assert Shelf(store, begun=0, may_find=False).find(request) is None
    assert Shelf(store, begun=10, may_find=True).find(request) is None


def test_shelf_that_nothing_was_left_on_keeps_nothing():
    store = PageStore(10**6)
    Shelf(store, begun=0, may_find=True).keep(ends_at=10)
    assert len(store) == 0


def test_shell_weighs_its_text_twice_and_what_it_watches():
    small, large = made(asking(), "a"), made(asking(), "ж" * 100_000)
    assert SUBJECT_BYTES < small.size < SUBJECT_BYTES + 1000
    assert large.size > SUBJECT_BYTES + 400_000
