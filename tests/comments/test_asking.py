"""What the desk may ask readers, and how it ends what they reported."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.publishing import publish
from comments.asking import ask, decide, find_passage, report_error
from comments.models import Discussion, ErrorReport, Passage
from richtext.passages import Selector
from tests.builders import make_article, make_colleague, make_contributor, make_user
from tests.comments.builders import make_error_report, make_question, write

pytestmark = pytest.mark.django_db
Status = ErrorReport.Status
BODY = "<p>The ferry is late. The ferry is full.</p><p>Nobody knows why.</p>"


@pytest.fixture
def article():
    return make_article(body=BODY)


@pytest.mark.parametrize("role", ["reporter", "translator", "moderator", "fundraiser", None])
def test_only_who_may_ask_does(article, role):
    passage = find_passage(article, Selector("Nobody"))
    passage.question = "Do you?"
    with pytest.raises(PermissionDenied):
        ask(passage, by=make_colleague(role) if role else make_user())
    assert not Passage.objects.exists() and not Discussion.objects.exists()
    editor = make_colleague("editor")
    ask(passage, by=editor)
    assert Passage.objects.get().asked_by == editor


def test_question_knows_where_and_in_which_revision_its_words_stood():
    article = make_article(body=BODY, byline=[(make_contributor(), "reporter")])
    publish(article, by=make_colleague("editor"))
    revision = publish(article, by=make_colleague("editor"))
    asked = make_question(article, exact="Nobody\n knows", suffix="anything")
    assert (asked.exact, asked.revision) == ("Nobody knows", revision)
    assert (asked.prefix, asked.suffix) == ("rry is late. The ferry is full. ", " why.")


def test_question_keeps_the_conversation_that_is_there(article):
    write(article)
    make_question(article, exact="Nobody")
    assert Discussion.objects.get().comment_count == 1


@pytest.mark.parametrize("exact", ["ferry", "The  ferry", "is"])
def test_words_that_stand_twice_need_some_around_them(article, exact):
    with pytest.raises(ValidationError, match="stand in the text 2 times") as refused:
        find_passage(article, Selector(exact))
    assert refused.value.code == "ambiguous"
    assert find_passage(article, Selector(exact, suffix=" full")).exact == " ".join(exact.split())


def test_one_of_two_is_found_by_what_stands_around_it(article):
    first = find_passage(article, Selector("ferry", suffix=" is late"))
    second = find_passage(article, Selector("ferry", prefix="late. The "))
    assert (first.prefix, second.prefix) == ("The ", "The ferry is late. The ")


@pytest.mark.parametrize("exact", ["barge", "", " ", "ferry\x00"])
def test_words_that_are_not_in_the_text_are_refused(article, exact):
    with pytest.raises(ValidationError, match="not in the text") as refused:
        find_passage(article, Selector(exact))
    assert refused.value.code == "changed"
    with pytest.raises(ValidationError):
        report_error(article, Selector(exact), text="A barge.")
    assert not Passage.objects.exists()


@pytest.mark.parametrize("status", [Status.CORRECTED, Status.DISMISSED])
def test_report_is_decided_once(article, status):
    report, editor = make_error_report(article, exact="ferry"), make_colleague("editor")
    assert decide(report, status, by=editor)
    other = Status.CORRECTED if status == Status.DISMISSED else Status.DISMISSED
    for again in (status, other):
        assert not decide(report, again, by=make_colleague("reporter"))
    report.refresh_from_db()
    assert (report.status, report.decided_by) == (status, editor)
    assert report.decided_at > report.created_at


def test_only_who_may_decide_does(article):
    report = make_error_report(article, exact="ferry")
    for person in (make_user(), make_colleague("moderator")):
        with pytest.raises(PermissionDenied):
            decide(report, Status.CORRECTED, by=person)
    report.refresh_from_db()
    assert report.status == Status.OPEN
    assert not decide(report, Status.CORRECTED, by=make_colleague("reporter"))  # another's
    assert decide(report, Status.CORRECTED, by=make_colleague("editor"))


def test_who_made_the_article_decides(article):
    reporter = make_colleague("reporter")
    byline = [(make_contributor(user=reporter), "reporter")]
    report = make_error_report(make_article(byline=byline, body=BODY), exact="Nobody")
    assert decide(report, Status.DISMISSED, by=reporter)
