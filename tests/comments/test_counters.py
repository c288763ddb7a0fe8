"""People and languages at the head of a conversation: what the rows say, whatever happens."""

import pytest

from comments.checking import check_trees, repair
from comments.editing import edit, erase
from comments.models import Discussion, Participant
from comments.moderating import approve, hold, remove
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


@pytest.fixture(autouse=True)
def counters_agree_with_the_rows():
    yield
    assert check_trees() == []


def counted() -> tuple[int, dict[str, int]]:
    discussion = Discussion.objects.get()
    return discussion.people_count, discussion.comments_by_language


def test_each_writer_is_one_person_however_much_they_write(article):
    guest, member = make_guest(), make_user()
    first = write(article, guest=guest)
    write(article, guest=guest, in_reply_to=first)
    assert counted() == (1, {"en": 2})
    for _comment in range(2):
        write(article, author=member)
    assert counted() == (2, {"en": 4})


def test_guests_are_told_apart_by_their_id_and_not_by_their_name(article):
    for _guest in range(2):
        write(article, guest=make_guest(name="Ines Halloran"))
    same = make_guest(name="Ines")
    for name in ("Ines", "Ines H."):
        write(article, guest=make_guest(name=name, guest_id=same.id))
    assert counted()[0] == 3


def test_person_of_two_conversations_counts_in_both(article):
    guest = make_guest()
    for place in (article, make_article()):
        write(place, guest=guest)
    assert set(Discussion.objects.values_list("people_count", flat=True)) == {1}


def test_every_edition_counts_in_its_own_language(article):
    german = make_article(story=article.story, language="de")
    first = write(article)
    write(german, in_reply_to=first)
    write(german)
    assert counted() == (3, {"en": 1, "de": 2})
    discussion = Discussion.objects.get()
    assert [discussion.count_in(code) for code in ("en", "de", "ar")] == [1, 2, 0]


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_that_disappears_takes_its_person_and_language_along(article, verb):
    comment, moderator = write(article), make_moderator()
    assert verb(comment, by=moderator) and counted() == (0, {})
    assert not verb(comment, by=moderator) and counted() == (0, {}), "a repeat"
    assert approve(comment, by=moderator) and counted() == (1, {"en": 1})


@pytest.mark.parametrize("verb", [hold, remove])
def test_person_stays_as_long_as_one_of_their_comments_does(article, verb):
    guest, moderator = make_guest(), make_moderator()
    first, second = (write(article, guest=guest) for _comment in range(2))
    verb(first, by=moderator)
    assert counted() == (1, {"en": 1})
    verb(second, by=moderator)
    assert counted() == (0, {})


def test_held_comment_counts_once_it_is_approved(article):
    make_site(comment_policy="held")
    comment = write(article)
    assert counted() == (0, {})
    remove(comment, by=make_moderator())
    assert counted() == (0, {}), "it was not public before either"
    approve(comment, by=make_moderator())
    assert counted() == (1, {"en": 1})


def test_comment_changed_where_all_are_held_counts_no_more(article):
    guest = make_guest()
    comment = write(article, guest=guest)
    make_site(comment_policy="held")
    edit(comment, text="Changed", by=Voter(guest_id=guest.id), now=database_now())
    assert counted() == (0, {})
    approve(comment, by=make_moderator())
    assert counted() == (1, {"en": 1})


def test_comment_changed_elsewhere_still_counts(article):
    guest = make_guest()
    comment = write(article, guest=guest)
    edit(comment, text="Changed", by=Voter(guest_id=guest.id), now=database_now())
    assert counted() == (1, {"en": 1})


@pytest.mark.parametrize("is_member", [True, False])
def test_erased_comment_counts_no_more_although_nobody_is_named_on_it(article, is_member):
    member, guest = (make_user(), None) if is_member else (None, make_guest())
    writer = Voter(member, guest.id if guest else None)
    first, second = (write(article, author=member, guest=guest) for _comment in range(2))
    write(article, in_reply_to=first)
    erase(first, by=writer)
    assert counted() == (2, {"en": 2})
    erase(second, by=writer)
    assert counted() == (1, {"en": 1})


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_that_is_out_of_sight_is_erased_without_counting_twice(article, verb):
    guest = make_guest()
    comment = write(article, guest=guest)
    write(article)
    verb(comment, by=make_moderator())
    erase(comment, by=Voter(guest_id=guest.id))
    assert counted() == (1, {"en": 1})


def test_repair_counts_people_and_languages_anew(article):
    guest = make_guest()
    for _comment in range(2):
        write(article, guest=guest)
    write(make_article(story=article.story, language="de"))
    Participant.objects.filter(writer=f"guest:{guest.id}").update(comment_count=7)
    Discussion.objects.update(people_count=9, comments_by_language={"tr": 4})
    faults = [str(fault) for fault in check_trees()]
    assert len(faults) == 2 and f"guest:{guest.id} has 7 public comments instead of 2" in faults[0]
    assert "9 people" in faults[1] and '{"tr": 4}' in faults[1]
    repair()
    assert counted() == (2, {"en": 2, "de": 1})


def test_repair_finds_people_that_nobody_counted_and_keeps_their_visits(article):
    comment = write(article)
    Participant.objects.all().delete()
    visited_at = database_now()
    absent = Participant.objects.create(
        writer="member:1", discussion=comment.discussion, comment_count=3, visited_at=visited_at
    )
    repair()
    absent.refresh_from_db()
    assert (absent.comment_count, absent.visited_at) == (0, visited_at)
    assert Participant.objects.get(writer=comment.writer).comment_count == 1
