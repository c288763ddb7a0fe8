"""What the database refuses about sanctions, notices and reports, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from comments.models import Flag, Notice, Sanction
from comments.moderating import approve
from comments.noticing import answer, receive
from comments.sanctioning import lift
from tests.builders import make_article, make_colleague, make_site
from tests.comments.builders import make_flag, make_moderator, make_sanction, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


def lifting(given: Sanction, **fields) -> Sanction:
    row = {"person": given.person, "comment": given.comment, "measure": "lift", "note": "Enough."}
    return Sanction(**row | {"lifts": given, "given_by": given.given_by} | fields)


def test_lifting_is_of_the_same_person():
    given = make_sanction(write(make_article()))
    with pytest.raises(IntegrityError, match="of the same person"), transaction.atomic():
        lifting(given, person="guest:somebody-else").save()
    lifting(given).save()


@pytest.mark.parametrize("measure", ["warn", "lift"])
def test_only_what_lasts_is_lifted(measure):
    comment, chief = write(make_article()), make_colleague("chief")
    given = make_sanction(comment, measure="warn" if measure == "warn" else "ban")
    if measure == "lift":
        lift(given, by=chief, note="Enough.")
        given = Sanction.objects.get(measure="lift")
    assert not lift(given, by=chief, note="Once more.")
    with pytest.raises(IntegrityError, match="what lasts"), transaction.atomic():
        lifting(given).save()


def test_answer_to_a_notice_stays():
    notice = receive(Notice(address="/articles/ferry/", why="Libel.", language="en"))
    answer(notice, text="It stays.", by=make_colleague("moderator"))
    for changes in (
        {"answer": "It goes."},
        {"answered_at": Now()},
        {"answer": "", "answered_by": None, "answered_at": None},
    ):
        with pytest.raises(IntegrityError, match="answered once"), transaction.atomic():
            Notice.objects.update(**changes)
    Notice.objects.update(name="", email="")


def test_outcome_of_a_report_is_not_exchanged_for_another():
    make_flag(comment := write(make_article()))
    approve(comment, by=make_moderator())
    with pytest.raises(IntegrityError, match="answered once"), transaction.atomic():
        Flag.objects.update(outcome="upheld")
    Flag.objects.update(text="")
    Flag.objects.update(outcome="", closed_at=None, decision=None)


def test_one_function_guards_all_that_is_append_only():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname = 'comments_refuse_change'"
        )
        assert cursor.fetchone()[0] >= 4
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        make_sanction(write(make_article()))
        Sanction.objects.update(note="Other words")
