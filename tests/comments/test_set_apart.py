"""What readers see of picks, pins and closed branches, and where the desk sets them."""

import re

import pytest

from comments import reading
from comments.marking import close_branch, pick, pin
from comments.models import Comment, DeskMark
from comments.moderating import hold, remove
from comments.wanted import Sort
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db
TALK = "/articles/ferry/comments/"


@pytest.fixture(autouse=True)
def article():
    make_site()
    return make_article(slug="ferry")


@pytest.fixture
def moderator():
    return make_moderator()


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="comment-(\d+)"', text)]


def replies_to(thread: Comment) -> list[int]:
    return list(Comment.objects.filter(parent=thread).order_by("pk").values_list("pk", flat=True))


def walk(client, **asked) -> list[int]:
    """The comments of all pages, in their order."""
    found, address = [], f"{TALK}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"
    while address:
        text = client.get(address).text
        found += numbers(text)
        more = re.search(r'class="button more-comments" href="([^"]+)"', text)
        address = more and more[1].replace("&amp;", "&")
    return found


@pytest.mark.parametrize("sort", Sort.values)
@pytest.mark.parametrize("show", ["", "all"])
@pytest.mark.parametrize("place", [0, 2, 5])
def test_pinned_thread_stands_first_in_every_order_and_once(
    client, article, moderator, monkeypatch, sort, show, place
):
    small = reading.Size(threads=2, comments=5, thread=3)
    monkeypatch.setattr(reading, "FIRST_REPLIES", small)
    monkeypatch.setattr(reading, "WHOLE_THREADS", small)
    threads = [write(article) for _number in range(6)]
    for thread in threads[:3]:
        write(article, in_reply_to=thread)
    before = walk(client, sort=sort, show=show)
    pin(threads[place], by=moderator)
    after = walk(client, sort=sort, show=show)
    assert after[0] == threads[place].pk
    assert sorted(after) == sorted(before) and len(after) == 9
    its = {threads[place].pk, *replies_to(threads[place])}
    assert [one for one in after if one not in its] == [one for one in before if one not in its]


@pytest.mark.parametrize("sort", Sort.values)
def test_pinned_thread_of_several_pages_goes_on_before_all_others(
    client, article, moderator, monkeypatch, sort
):
    monkeypatch.setattr(reading, "WHOLE_THREADS", reading.Size(threads=2, comments=3, thread=3))
    threads = [write(article) for _number in range(3)]
    for _number in range(7):
        write(article, in_reply_to=threads[1])
    pin(threads[1], by=moderator)
    found = walk(client, sort=sort, show="all")
    assert found[:8] == [threads[1].pk, *replies_to(threads[1])]
    assert sorted(found[8:]) == [threads[0].pk, threads[2].pk]


def test_pinned_thread_that_is_taken_away_stands_where_it_did(client, article, moderator):
    old, new = write(article), write(article)
    write(article, in_reply_to=old)
    pin(old, by=moderator)
    assert "Pinned" in client.get(TALK).text
    remove(old, by=moderator)
    text = client.get(TALK).text
    assert numbers(text)[0] == new.pk and "Pinned" not in text


def test_picks_are_marked_told_and_filtered(client, article, moderator):
    first = write(article, text="From the first")
    picked = write(article, text="What the desk likes", in_reply_to=first)
    write(article, text="Something else")
    assert "show=picks" not in client.get(TALK).text
    pick(picked, by=moderator, note="Ask <her>.")
    text = client.get(TALK).text
    assert "Picked by the newsroom (1)" in text and "Ask &lt;her&gt;." in text
    only = client.get(f"{TALK}?show=picks").text
    assert numbers(only) == [first.pk, picked.pk]  # with what it answers
    hold(picked, by=moderator)
    assert "Picked by the newsroom" not in client.get(TALK).text


def test_closed_branch_offers_no_reply_and_refuses_one(client, article, moderator):
    closed, other = write(article), write(article)
    close_branch(closed, by=moderator)
    text = client.get(TALK).text
    assert f"/comments/{closed.pk}/reply/" not in text and f"/comments/{other.pk}/reply/" in text
    assert text.count("No more replies") == 1
    sent = typed(text="It was kept.")
    answer = client.post(
        f"/comments/{closed.pk}/reply/", sent, headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert "No more replies are taken here." in answer.text and "It was kept." in answer.text
    assert not Comment.objects.filter(in_reply_to=closed).exists()


def test_staff_are_told_apart(client, article):
    write(article, author=make_user(first_name="Ada"))
    assert 'class="badge"' not in client.get(TALK).text
    write(article, author=make_user(first_name="Mina", is_staff=True))
    assert '<span class="badge">Staff</span>' in client.get(TALK).text


@pytest.mark.parametrize(
    ("act", "column"), [("pick", "pick_note"), ("pin", "pinned_at"), ("close", "closed_at")]
)
def test_desk_sets_apart_by_buttons(client, article, moderator, act, column):
    client.force_login(moderator)
    comment = write(article)
    page = f"/admin/comments/comment/{comment.pk}/"
    assert f'name="mark" value="{act}"' in client.get(f"{page}change/").text
    assert client.post(f"{page}mark/", {"mark": act, "note": "So it is."}).status_code == 302
    comment.refresh_from_db()
    assert getattr(comment, column) is not None
    text = client.get(f"{page}change/").text
    assert moderator.public_name in text
    assert (f'name="mark" value="{act}"' in text) == (act == "pick")  # its note may be changed
    undo = {"pick": "unpick", "pin": "unpin", "close": "reopen"}[act]
    assert client.post(f"{page}mark/", {"mark": undo}).status_code == 302
    comment.refresh_from_db()
    assert getattr(comment, column) is None


def test_refusal_keeps_what_was_typed(client, article, moderator):
    client.force_login(moderator)
    comment = write(article)
    page = f"/admin/comments/comment/{comment.pk}/mark/"
    for sent, told in (
        ({"mark": "pick", "note": "x" * 301}, "at most 300 characters"),
        ({"mark": "", "note": "Kept"}, "Choose what to do."),
    ):
        answer = client.post(page, sent)
        assert answer.status_code == 422 and told in answer.text and sent["note"] in answer.text
    remove(comment, by=moderator)
    assert client.post(page, {"mark": "pin"}).status_code == 422
    assert not DeskMark.objects.exists()
