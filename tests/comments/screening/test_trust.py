"""Trust is reckoned from what became of somebody's comments, and bounds what they may do."""

from datetime import timedelta

import pytest

from comments.editing import erase, may_edit
from comments.models import Comment, Erasure
from comments.moderating import approve, reject_spam
from comments.screening.learning import trust_of_person
from comments.trust import ALLOWANCES, Record, Trust, allowance_of, trust_of
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_user
from tests.comments.builders import hours_pass, make_guest, make_moderator, write


@pytest.mark.parametrize(
    ("record", "trust"),
    [
        (Record(), Trust.NEW),
        (Record(stood=2), Trust.NEW),
        (Record(stood=3), Trust.KNOWN),
        (Record(stood=19), Trust.KNOWN),
        (Record(stood=20), Trust.TRUSTED),
        (Record(stood=40, rejected=1), Trust.KNOWN),
        (Record(rejected=1), Trust.NEW),
        (Record(rejected=2), Trust.DOUBTED),
        (Record(stood=6, rejected=2), Trust.DOUBTED),
        (Record(stood=7, rejected=2), Trust.KNOWN),
        (Record(rejected=1, spam=1), Trust.DOUBTED),
        (Record(stood=3, rejected=1, spam=1), Trust.KNOWN),
        (Record(rejected=5, spam=5, is_staff=True), Trust.TRUSTED),
    ],
)
def test_level_follows_from_the_record(record, trust):
    assert trust_of(record) == trust


@pytest.mark.parametrize("name", ["links", "comments", "edit_times", "flag_weight"])
def test_who_is_trusted_more_may_never_do_less(name):
    allowed = [getattr(ALLOWANCES[level], name) for level in Trust]
    assert allowed == sorted(allowed)
    assert allowed[0] < allowed[-1]


def test_network_has_room_for_whoever_is_trusted_most(settings):
    assert allowance_of(Trust.TRUSTED).comments < settings.COMMENTS_PER_PREFIX


def test_every_level_has_an_allowance():
    assert all(allowance_of(level.value) for level in Trust)


@pytest.mark.django_db
def test_person_is_trusted_for_what_stood_and_doubted_for_what_did_not():
    article, guest, moderator = make_article(), make_guest(), make_moderator()
    person = Voter(guest_id=guest.id)
    assert trust_of_person(person) == Trust.NEW
    for _number in range(3):
        approve(write(article, guest=guest), by=moderator)
    assert trust_of_person(person) == Trust.KNOWN
    for _number in range(2):
        reject_spam(write(article, guest=guest), by=moderator)
    assert trust_of_person(person) == Trust.DOUBTED
    assert trust_of_person(Voter(make_user(is_staff=True))) == Trust.TRUSTED
    assert trust_of_person(Voter()) == Trust.NEW


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "trust"), [(reject_spam, Trust.DOUBTED), (approve, Trust.NEW)])
def test_erasing_what_was_taken_away_mends_no_record(verb, trust):
    article, guest, moderator = make_article(), make_guest(), make_moderator()
    person = Voter(guest_id=guest.id)
    for _number in range(2):
        comment = write(article, guest=guest)
        verb(comment, by=moderator)
        erase(comment, by=person)
    assert trust_of_person(person) == trust
    assert write(article, guest=guest).is_public == (trust == Trust.NEW)
    kept = {str(each) for each in Erasure.objects.values()}
    assert not [each for each in kept if "bakery" in each or "Ines" in each]
    assert trust_of_person(Voter(make_user(), guest.id)) == trust
    assert trust_of_person(Voter(make_user())) == Trust.NEW


@pytest.mark.django_db
@pytest.mark.parametrize("is_erased", [False, True])
def test_only_the_latest_fifty_comments_count(is_erased):
    article, member, moderator = make_article(), make_user(), make_moderator()
    old = write(article)
    for _number in range(2):
        reject_spam(spam := write(article, author=member), by=moderator)
        if is_erased:
            erase(spam, by=Voter(member))
    assert trust_of_person(Voter(member)) == Trust.DOUBTED
    now = database_now()
    new = [Comment(discussion=old.discussion, article=article, language="en", author=member,
                   text="Ahoy", html="<p>Ahoy</p>", status="public", created_at=now, public_at=now,
                   tree_id=1000 + number, lft=1, rght=2, level=0)
           for number in range(50)]  # fmt: skip
    Comment.objects.bulk_create(new)
    hours_pass(25)
    assert trust_of_person(Voter(member)) == Trust.TRUSTED


@pytest.mark.django_db
def test_who_was_trusted_when_writing_may_change_it_for_longer(settings):
    comment = write(make_article())
    assert comment.trust == Trust.NEW
    settings.COMMENT_EDIT_MINUTES = 15
    written = comment.created_at
    for level, minutes in ((Trust.DOUBTED, 7.5), (Trust.NEW, 15), (Trust.TRUSTED, 60)):
        comment.trust = level
        assert may_edit(comment, written + timedelta(minutes=minutes - 0.1))
        assert not may_edit(comment, written + timedelta(minutes=minutes))
    staff = write(make_article(), author=make_user(is_staff=True))
    assert staff.trust == Trust.TRUSTED
