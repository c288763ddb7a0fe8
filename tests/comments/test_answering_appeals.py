"""Who answers an appeal, and upon what: another person, and what stands now."""

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.test import Client

from comments.appealing import answer, appeal, may_answer
from comments.editing import edit
from comments.models import Appeal, Comment, ModerationEntry, Status
from comments.moderating import (
    Decision,
    Overtaken,
    Seen,
    approve,
    decide,
    decide_by_rule,
    remove,
    undo,
)
from comments.refusals import NothingToRefuse, NotPublic, OwnDecision
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
TEXT = {"text": "It was a joke.", "language": "en"}


@pytest.fixture(autouse=True)
def site():
    make_site()


def held_and_asked() -> tuple[Comment, Appeal]:
    """Readers' reports held the comment, and its writer asks for another look."""
    comment = write(make_article())
    decide_by_rule(comment, Decision(Status.HELD, "abuse"), rule="flags")
    return comment, appeal(comment, by=Voter(guest_id=comment.guest_id), **TEXT)


def by_hand(asked: Appeal, **fields) -> None:
    Appeal.objects.filter(pk=asked.pk).update(answer="refused", decided_at=Now(), **fields)


def test_who_removes_it_afterwards_answers_nothing():
    comment, asked = held_and_asked()
    one, other = make_moderator(), make_moderator()
    remove(comment, by=one)
    for grants in (True, False):
        with pytest.raises(OwnDecision):
            answer(asked, grants=grants, by=one)
    with pytest.raises(IntegrityError, match="another moderator"), transaction.atomic():
        by_hand(asked, decided_by=one)
    assert answer(asked, grants=False, by=other)


def test_neither_the_first_nor_the_second_who_removed_it_answers():
    comment, first, second = write(make_article()), make_moderator(), make_moderator()
    asked = make_appeal(comment, by=first)
    comment.refresh_from_db()
    approve(comment, by=make_moderator())
    remove(comment, by=second)
    for person in (first, second):
        with pytest.raises(OwnDecision):
            answer(asked, grants=False, by=person)
    assert answer(asked, grants=False, by=make_moderator())


def test_who_let_it_in_again_may_grant_what_is_asked():
    comment, asked = held_and_asked()
    moderator = make_moderator()
    approve(comment, by=moderator)
    assert answer(asked, grants=True, by=moderator)


def test_undoing_an_approval_decides_against_nobody():
    comment, asked = held_and_asked()
    moderator = make_moderator()
    undo(decide(comment, Decision(Status.PUBLIC), by=moderator), by=moderator)
    assert answer(asked, grants=False, by=moderator)
    assert ModerationEntry.objects.last().after == Status.REMOVED


def test_appeal_about_a_comment_that_readers_see_is_not_refused():
    comment, asked = held_and_asked()
    approve(comment, by=make_moderator())
    with pytest.raises(NothingToRefuse):
        answer(asked, grants=False, by=make_moderator())
    assert answer(asked, grants=True, by=make_moderator())


def test_changed_text_is_not_shown_again_unread():
    comment, asked = held_and_asked()
    seen = Seen(asked.entry_id)
    by = Voter(guest_id=comment.guest_id)
    edit(comment, text="Something worse", by=by, now=database_now())
    with pytest.raises(Overtaken):
        answer(asked, grants=True, by=make_moderator(), seen=seen)
    comment.refresh_from_db()
    seen = Seen(asked.entry_id, comment.edited_at)
    assert answer(asked, grants=True, by=make_moderator(), seen=seen)


def page_of(asked: Appeal) -> tuple[Client, str, str]:
    """A signed-in moderator, the appeal's page, and how it says that the comment was seen."""
    client = Client()
    client.force_login(make_colleague("moderator"))
    page = f"/admin/comments/appeal/{asked.pk}/change/"
    return client, page, client.get(page).context["adminform"].form["seen"].value()


def test_desk_is_told_of_what_happened_meanwhile_and_keeps_what_was_typed():
    comment, asked = held_and_asked()
    client, page, seen = page_of(asked)
    remove(comment, by=make_colleague("moderator", username="odo"), reason="hate")
    filled_in = {"decision": "refused", "words": "No joke.", "seen": seen}
    response = client.post(page, filled_in)
    assert response.status_code == 422
    for part in ("not as you had seen it", "No joke.", "odo", "hatred of a group"):
        assert part in response.text
    filled_in["seen"] = response.context["adminform"].form["seen"].value()
    assert client.post(page, filled_in).status_code == 302
    assert Appeal.objects.get().answer == "refused"


def test_desk_refuses_nothing_that_readers_see():
    comment, asked = held_and_asked()
    approve(comment, by=make_moderator())
    client, page, seen = page_of(asked)
    response = client.post(page, {"decision": "refused", "seen": seen})
    assert response.status_code == 422 and "can only be granted" in response.text
    assert client.post(page, {"decision": "granted", "seen": seen}).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "\0", "9" * 30])
def test_answer_that_names_nothing_seen_changes_nothing(seen):
    _comment, asked = held_and_asked()
    client, page, _seen = page_of(asked)
    assert client.post(page, {"decision": "granted", "seen": seen}).status_code == 422
    assert Appeal.objects.get().answer == ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_a_grant_and_a_changed_text_at_once_nothing_unread_is_shown():
    moderator = make_moderator()
    for _round in range(10):
        comment, asked = held_and_asked()
        start, seen = Barrier(2, timeout=30), Seen(asked.entry_id)

        def act(grants, *, comment=comment, asked=asked, start=start, seen=seen):
            start.wait()
            try:
                if grants:
                    return answer(asked, grants=True, by=moderator, seen=seen)
                own = Comment.objects.select_related("discussion").get(pk=comment.pk)
                by = Voter(guest_id=comment.guest_id)
                return edit(own, text="Something worse", by=by, now=database_now())
            except (Overtaken, NotPublic):
                return False

        granted = at_once(act, [True, False])[0]
        comment.refresh_from_db()
        assert comment.is_public == granted
        assert comment.is_public or comment.edited_at


def test_what_waits_for_somebody_is_what_they_may_answer():
    moderator, writer = make_moderator(), make_colleague("moderator")
    boss = make_user(is_staff=True, is_superuser=True)
    asked = [make_appeal(write(make_article(), author=one)) for one in (None, writer, boss)]
    asked += [make_appeal(write(make_article()), by=one) for one in (moderator, boss)]
    held, then = held_and_asked()
    remove(held, by=moderator)
    answer(make_appeal(write(make_article())), grants=True, by=boss)
    for person in (moderator, writer, boss):
        expected = [each for each in (*asked, then) if may_answer(each, by=person)]
        assert list(Appeal.objects.answerable_by(person).order_by("pk")) == expected
        assert 0 < len(expected) < len(asked) + 1
