"""What writers read of decisions about their comments: on their page, by mail, and afterwards."""

import pytest
from django.core import mail

from comments.appealing import answer, appeal
from comments.models import Appeal, Comment
from comments.moderating import Decision, approve, decide, decide_by_rule, hold, remove, undo
from comments.voting import Voter
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, make_sanction, write
from tests.comments.post_office import work

pytestmark = pytest.mark.django_db
OWN = "/me/comments/"
NOTE = "Please leave the name out."


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def comment(client):
    """By a member who is signed in, and is public."""
    client.force_login(member := make_user(email="wilma@readers.example"))
    return write(make_article(), author=member)


def noted(note: str) -> str:
    return f"The moderator’s note: “{note}”"


def mailed() -> list[str]:
    mail.outbox.clear()
    work()
    return [message.body for message in mail.outbox]


def test_who_was_granted_an_appeal_reads_so(client, comment, moderator):
    remove(comment, by=moderator)
    asked = appeal(comment, by=Voter(comment.author), text="A joke.", language="en")
    assert mailed()
    answer(asked, grants=True, by=make_moderator(), note="We were wrong.")
    for address in (f"/comments/{comment.pk}/appeal/", OWN):
        page = client.get(address)
        assert page.status_code == 200
        assert page.text.count(f"The comment is shown again. {noted('We were wrong.')}") == 1
        assert "Ask for another look</a>" not in page.text and "<textarea" not in page.text
    [message] = mailed()
    assert message.count(noted("We were wrong.")) == 1


def test_refusal_is_told_also_where_the_decision_was_undone_before_the_mail(comment, moderator):
    entry = decide(comment, Decision("removed", "abuse"), by=moderator)
    asked = appeal(comment, by=Voter(comment.author), text="A joke.", language="en")
    mailed()
    answer(asked, grants=False, by=make_moderator())
    undo(entry, by=moderator)
    stands, taken_back = mailed()
    assert "The decision stands." in stands and "It was removed." not in stands
    assert "taken back" in taken_back and "Readers see it." in taken_back


def test_public_comment_without_an_appeal_has_no_such_page(client, comment, moderator):
    approve(comment, by=moderator)
    assert client.get(f"/comments/{comment.pk}/appeal/").status_code == 403


def test_held_by_a_moderator_is_told_with_the_note(client, comment, moderator):
    hold(comment, by=moderator, reason="abuse", note=NOTE)
    page = client.get(OWN).text
    for part in ("Reason: insult or threat.", f"Decided by a moderator. {noted(NOTE)}"):
        assert part in page
    assert "Ask for another look" not in page
    [message] = mailed()
    assert NOTE in message and "It waits for a moderator." in message
    assert "another look" not in message and OWN in message


def test_approved_with_a_note_is_told_it_and_without_one_nothing(client, comment, moderator):
    approve(comment, by=moderator)
    assert mailed() == [] and "Decided by a moderator." not in client.get(OWN).text
    other = write(make_article(), author=comment.author)
    hold(other, by=moderator)
    mailed()
    approve(other, by=moderator, note=NOTE)
    [message] = mailed()
    assert f"Readers see it. Decided by a moderator. {noted(NOTE)}" in message
    assert NOTE in client.get(OWN).text


def test_what_waits_as_every_comment_does_or_a_moderator_only_looked_at_is_no_news(
    client, moderator
):
    make_site(comment_policy="held")
    client.force_login(member := make_user())
    waiting = write(make_article(), author=member)
    assert hold(waiting, by=moderator)
    assert [body for body in mailed() if "waits for a moderator" in body] == []


def test_undone_hold_and_undone_approval_send_nothing(comment, moderator):
    undo(decide(comment, Decision("held"), by=moderator), by=moderator)
    comment.refresh_from_db()
    undo(decide(comment, Decision("public"), by=moderator), by=moderator)
    assert mailed() == []


@pytest.mark.parametrize("decision", ["removed", "held"])
def test_who_was_told_of_a_decision_is_told_that_it_was_undone(comment, moderator, decision):
    entry = decide(comment, Decision(decision, "abuse"), by=moderator)
    assert mailed()
    undo(entry, by=moderator)
    [message] = mailed()
    assert "was taken back" in message and "Readers see it." in message
    assert "another look" not in message and "below “The ferry" in message


def test_undoing_of_which_another_decision_followed_is_not_told(comment, moderator):
    entry = decide(comment, Decision("removed", "abuse"), by=moderator)
    mailed()
    undo(entry, by=moderator)
    remove(Comment.objects.get(), by=moderator)
    [message] = mailed()
    assert "It was removed." in message and "taken back" not in message


@pytest.mark.parametrize(("before", "is_left"), [("public", False), ("held", True)])
def test_nobody_looks_again_at_what_was_undone(comment, moderator, before, is_left):
    if before == "held":
        hold(comment, by=make_moderator())
    entry = decide(comment, Decision("removed", "abuse"), by=moderator)
    appeal(comment, by=Voter(comment.author), text="A joke.", language="en")
    undo(entry, by=moderator)
    assert Appeal.objects.exists() == is_left
    if not is_left:
        remove(comment, by=moderator)
        assert appeal(comment, by=Voter(comment.author), text="Again.", language="en")


@pytest.mark.parametrize("is_asked", [True, False])
def test_mail_offers_another_look_to_who_has_not_asked_yet(comment, moderator, is_asked):
    decide_by_rule(comment, Decision("held", "abuse"), rule="flags")
    if is_asked:
        appeal(comment, by=Voter(comment.author), text="A joke.", language="en")
    mailed()
    remove(Comment.objects.get(), by=moderator)
    assert ("ask once for another look" in mailed()[0]) != is_asked


def test_guest_is_told_in_which_browser_the_comment_can_be_read(moderator):
    """A guest's page is that of a cookie: elsewhere it says that there is nothing."""
    theirs, other = write(make_article()), write(make_article())
    remove(theirs, by=moderator, reason="abuse")
    [removed] = mailed()
    assert "In the browser in which you wrote it you can read it" in removed and OWN in removed
    asked = appeal(theirs, by=Voter(guest_id=theirs.guest_id), text="A joke.", language="en")
    answer(asked, grants=False, by=make_moderator())
    make_sanction(other, measure="warn")
    for message in mailed():
        assert "in the browser in which you wrote it: http" in message and OWN in message


def test_member_reads_it_wherever_they_sign_in(comment, moderator):
    remove(comment, by=moderator, reason="abuse")
    [message] = mailed()
    assert "browser" not in message and OWN in message
