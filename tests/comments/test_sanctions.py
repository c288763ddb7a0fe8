"""Warnings, holding, suspensions and bans: who is refused what, and how it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from comments.editing import edit, erase
from comments.flagging import flag
from comments.models import Comment, ModerationEntry, Sanction, Status, Vote
from comments.sanctioned import Sanctioned
from comments.sanctioning import lift, sanction
from comments.voting import Voter, vote
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, typed, write
from tests.comments.post_office import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    return make_guest()


@pytest.fixture
def comment(guest):
    make_site()
    return write(make_article(slug="ferry"), guest=guest)


def soon(**span) -> object:
    return database_now() + timedelta(**(span or {"days": 1}))


def give(comment: Comment, measure: str, **fields) -> Sanction:
    fields.setdefault("ends_at", soon() if measure == "suspend" else None)
    by = fields.pop("by", None) or make_colleague("moderator")
    return sanction(comment, measure, by=by, reason="abuse", **fields)


def deeds(comment: Comment, guest, member=None) -> dict:
    """What a person may be kept from, each with a comment of somebody else's where it needs one.

    With `member` they have signed in where they were the guest before.
    """
    other, by = write(comment.article), Voter(member, guest.id)
    signed = {"author": member, "carried": guest.id} if member else {"guest": guest}
    own = write(comment.article, **signed)
    return {
        "post": lambda: write(comment.article, **signed),
        "reply": lambda: write(comment.article, **signed, in_reply_to=other),
        "edit": lambda: edit(own, text="Better.", by=by, now=database_now()),
        "vote": lambda: vote(other, voter=by, value=1),
        "flag": lambda: flag(other, by=by, reason="spam"),
    }


@pytest.mark.parametrize("deed", ["post", "reply", "edit", "vote", "flag"])
@pytest.mark.parametrize("measure", ["suspend", "ban"])
def test_who_is_shut_out_does_nothing_until_it_is_lifted(comment, guest, measure, deed):
    act = deeds(comment, guest)[deed]
    given = give(comment, measure, note="Not again.")
    with pytest.raises(Sanctioned) as refused:
        act()
    assert "insult or threat" in str(refused.value) and "Not again." in str(refused.value)
    assert lift(given, by=make_colleague("moderator"), note="It was a mistake.")
    act()


@pytest.mark.parametrize("deed", ["post", "reply", "edit", "vote", "flag"])
def test_warned_person_does_all(comment, guest, deed):
    act = deeds(comment, guest)[deed]
    give(comment, "warn")
    act()
    assert not Comment.objects.filter(status=Status.HELD).exists()


@pytest.mark.parametrize("deed", ["post", "reply", "edit", "vote", "flag"])
def test_ban_goes_with_the_cookie_into_an_account(comment, guest, deed):
    member = make_user()
    here, elsewhere = (deeds(comment, each, member)[deed] for each in (guest, make_guest()))
    give(comment, "ban")
    with pytest.raises(Sanctioned):
        here()
    elsewhere()  # another browser


def test_whoever_signs_in_where_a_banned_guest_wrote_is_told_so(client, comment):
    client.post("/articles/ferry/comment/", typed(text="Ahoy"))
    give(Comment.objects.latest("id"), "ban")
    member, elsewhere = make_user(), Client()
    for browser, status in ((client, 403), (elsewhere, 302)):
        browser.force_login(member)
        assert browser.post("/articles/ferry/comment/", typed()).status_code == status


def test_refused_vote_leaves_no_vote(comment, guest):
    other, by = write(comment.article), Voter(guest_id=guest.id)
    give(comment, "ban")
    with pytest.raises(Sanctioned):
        vote(other, voter=by, value=1)
    other.refresh_from_db()
    assert other.score == 0 and not Vote.objects.exists()


def test_person_whose_comments_are_held_writes_and_each_waits(comment, guest):
    give(comment, "hold")
    later = write(comment.article, guest=guest)
    edit(comment, text="Better.", by=Voter(guest_id=guest.id), now=database_now())
    assert (later.status, comment.status) == (Status.HELD, Status.HELD)
    rules = ModerationEntry.objects.values_list("rule", "before", "after").order_by("id")
    assert list(rules) == [("sanction", "", "held"), ("sanction", "public", "held")]
    assert write(comment.article).is_public


def test_suspension_ends_by_itself(comment, guest):
    give(comment, "suspend", ends_at=soon(milliseconds=300))
    with pytest.raises(Sanctioned):
        write(comment.article, guest=guest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.35)")
    assert write(comment.article, guest=guest).is_public
    assert not Sanction.objects.in_force(database_now()).exists()


def test_heaviest_sanction_counts(comment, guest):
    for measure in ("hold", "ban", "suspend"):
        give(comment, measure)
    with pytest.raises(Sanctioned, match="any more"):
        write(comment.article, guest=guest)


def test_sanction_is_of_one_person(comment):
    member = make_user()
    give(write(comment.article, author=member), "ban")
    with pytest.raises(Sanctioned):
        write(comment.article, author=member)
    assert write(comment.article, author=make_user()).is_public


def test_shut_out_person_may_still_take_a_comment_back(comment, guest):
    give(comment, "ban")
    erase(comment, by=Voter(guest_id=guest.id))
    assert comment.status == Status.ERASED


def test_only_who_has_the_right_decides_about_people(comment):
    plain = make_moderator()  # may decide about comments alone
    with pytest.raises(PermissionDenied):
        give(comment, "ban", by=plain)
    given = give(comment, "ban")
    with pytest.raises(PermissionDenied):
        lift(given, by=plain, note="Why not")


@pytest.mark.parametrize(
    ("measure", "ends_at"),
    [("suspend", None), ("suspend", -1), ("hold", -1), ("ban", 1), ("warn", 1), ("lift", None)],
)
def test_senseless_sanction_is_refused(comment, measure, ends_at):
    end = soon(hours=ends_at) if ends_at else None
    with pytest.raises(ValidationError):
        give(comment, measure, ends_at=end)
    assert not Sanction.objects.exists()


def test_nobody_is_sanctioned_for_an_erased_comment(comment, guest):
    erase(comment, by=Voter(guest_id=guest.id))
    with pytest.raises(ValidationError, match="Nobody knows"):
        give(comment, "ban")


def test_what_was_decided_is_never_rewritten_and_lifted_once(comment):
    given, chief = give(comment, "ban"), make_colleague("chief")
    for change in (lambda: Sanction.objects.update(note="x"), lambda: given.delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert lift(given, by=chief, note="Enough.") and not lift(given, by=chief, note="Again.")
    with pytest.raises(ValidationError):
        lift(give(comment, "hold"), by=chief, note="")


def test_person_is_told_on_their_page_beside_the_form_and_by_mail(client, comment):
    client.post("/articles/ferry/comment/", typed(text="Ahoy"))
    own = Comment.objects.latest("id")
    given = give(own, "suspend", note="Calm down.")
    work()
    (message,) = mail.outbox
    assert message.to == ["ines@readers.example"] and "Calm down." in message.body
    assert "Ahoy" not in message.body
    response = client.post("/articles/ferry/comment/", typed(text="What I typed"))
    assert response.status_code == 403 and "What I typed" in response.text
    for page in (response.text, client.get("/me/comments/").text):
        assert "until" in page and "Calm down." in page
    lift(given, by=make_colleague("moderator"), note="Welcome back.")
    work()
    assert "Welcome back." in mail.outbox[-1].body
    assert "Lifted: Welcome back." in client.get("/me/comments/").text


def test_vote_of_who_is_shut_out_is_refused_with_the_reason(client, comment):
    client.post("/articles/ferry/comment/", typed(text="Ahoy"))
    give(Comment.objects.latest("id"), "ban")
    response = client.post(f"/comments/{comment.pk}/vote/", {"value": "1"})
    assert response.status_code == 403 and "insult or threat" in response.text
