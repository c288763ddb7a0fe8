"""Of what a moderator wrote as a guest, before signing in there, others decide as well."""

import pytest
from django.test import Client

from comments.appealing import may_answer
from comments.models import Appeal, Comment, ModerationEntry, Notice, Sanction
from comments.moderating import Decision, Seen, decide_by_rule, newest_entry, seen_with
from comments.noticing import answer, receive
from comments.noticing import may_answer as may_answer_notice
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_notice, make_sanction, typed, write

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/queue/unreviewed/"
WORD = "This is about you: others decide."


@pytest.fixture
def moderator():
    return make_colleague("moderator", username="odo")


@pytest.fixture
def desk(moderator):
    """A browser in which a guest wrote who then signed in."""
    make_site()
    make_article(slug="ferry")
    client = Client()
    client.post("/articles/ferry/comment/", typed(), headers={"sec-fetch-site": "same-origin"})
    client.force_login(moderator)
    return client


@pytest.fixture
def comment(desk):
    own = Comment.objects.get()
    assert own.author is None
    return own


def seen(comment):
    return f"{comment.pk}:{seen_with(comment, newest_entry(comment))}"


def test_queue_and_page_have_a_word_in_the_place_of_the_buttons(desk, comment):
    for address in (QUEUE, f"/admin/comments/comment/{comment.pk}/change/"):
        case = desk.get(address).text.partition('class="case"')[2]
        assert WORD in case and 'value="approve"' not in case


def test_it_is_set_apart_by_others(desk, comment):
    page = f"/admin/comments/comment/{comment.pk}/"
    assert 'name="mark"' not in desk.get(f"{page}change/").text
    refused = desk.post(f"{page}mark/", {"mark": "pick"})
    assert refused.status_code == 422 and WORD in refused.text
    comment.refresh_from_db()
    assert comment.pick_note is None


@pytest.mark.parametrize("page", [QUEUE, "/admin/comments/comment/{}/decide/"])
def test_what_is_posted_about_it_is_left_and_told(desk, comment, page):
    chosen = {"act": "approve", "chosen": seen(comment)}
    told = desk.post(page.format(comment.pk), chosen, follow=True)
    assert "1 comment is your own" in told.text and not ModerationEntry.objects.exists()


def test_others_decide_and_so_does_a_superuser(desk, comment, moderator):
    moderator.is_superuser = True
    moderator.save()
    desk.post(QUEUE, {"act": "approve", "chosen": seen(comment)})
    assert ModerationEntry.objects.count() == 1


def test_decision_from_another_browser_is_not_undone_in_this_one(desk, comment, moderator):
    elsewhere = Client()
    elsewhere.force_login(moderator)
    chosen = {"act": "remove", "reason": "abuse", "chosen": f"{comment.pk}:{Seen(0)}"}
    elsewhere.post(QUEUE, chosen)
    undo = {"undo": ModerationEntry.objects.get().pk}
    told = desk.post(f"/admin/comments/comment/{comment.pk}/decide/", undo, follow=True)
    assert "1 comment is your own" in told.text and ModerationEntry.objects.count() == 1


@pytest.mark.parametrize("make", [make_appeal, make_notice])
def test_appeal_and_notice_are_answered_by_others(desk, comment, make):
    row = make(comment)
    page = f"/admin/comments/{row._meta.model_name}/{row.pk}/change/"
    assert desk.get(page).status_code == 200 and desk.post(page, {}).status_code == 403
    other = Client()
    other.force_login(make_colleague("moderator"))
    assert other.post(page, {}).status_code == 422


def test_sanction_of_the_guest_is_given_and_lifted_by_others(desk, comment):
    filled_in = {"comment": comment.pk, "measure": "warn", "reason": "hate", "note": ""}
    page = desk.post("/admin/comments/sanction/add/", filled_in)
    assert WORD in page.text and not Sanction.objects.exists()
    given = make_sanction(comment)
    page = f"/admin/comments/sanction/{given.pk}/change/"
    assert desk.post(page, {"why": "She is good again."}).status_code == 403


def test_appeals_that_wait_for_somebody_leave_out_their_guests(desk, comment, moderator):
    asked = [make_appeal(each) for each in (comment, write(comment.article))]
    guest = comment.guest_id
    expected = [each for each in asked if may_answer(each, by=moderator, guest=guest)]
    assert list(Appeal.objects.answerable_by(moderator, guest=guest)) == expected == asked[1:]
    assert "1 appeal waits" in desk.get("/admin/").text
    listed = desk.get("/admin/comments/appeal/?waits=me").context["cl"].result_list
    assert list(listed) == expected


def test_notices_that_wait_for_somebody_are_what_they_may_answer(desk, comment, moderator):
    boss = make_user(is_staff=True, is_superuser=True)
    mine, others = write(comment.article, author=moderator), write(comment.article)
    for each in (comment, mine, others):
        make_notice(each)
    for why in ("Libel.", "An insult."):
        receive(Notice(address="/articles/ferry/", why=why, language="en"))
    answer(Notice.objects.latest("pk"), text="It stays.", by=boss)
    guest = comment.guest_id
    told = Notice.objects.order_by("pk")
    for by, as_guest, number in ((moderator, guest, 2), (moderator, None, 3), (boss, None, 4)):
        expected = [each for each in told if may_answer_notice(each, by=by, guest=as_guest)]
        assert list(told.answerable_by(by, guest=as_guest)) == expected
        assert len(expected) == number


def test_what_a_rule_holds_is_let_in_by_others(desk, comment):
    decide_by_rule(comment, Decision("held", "abuse"), rule="flags")
    desk.post("/admin/comments/comment/queue/held/", {"act": "approve", "chosen": seen(comment)})
    comment.refresh_from_db()
    assert comment.status == "held"
