"""Another look at a decision: who may ask, who answers, and what is told."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from comments.appealing import answer, appeal, told_about
from comments.models import Appeal, Comment, ModerationEntry, Status
from comments.moderating import (
    Decision,
    approve,
    decide,
    decide_by_rule,
    hold,
    reject_spam,
    remove,
    undo,
)
from comments.refusals import NothingToAppeal, NotYours, OwnDecision
from comments.voting import Voter
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_moderator, typed, write
from tests.comments.post_office import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    return make_article(slug="ferry")


@pytest.fixture
def moderator():
    return make_moderator()


def ask(comment: Comment) -> Appeal:
    by = Voter(comment.author, comment.guest_id)
    return appeal(comment, by=by, text="It was a joke.", language="en")


def by_rule(comment: Comment, *, by: object) -> None:
    decide_by_rule(comment, Decision(Status.HELD, "abuse"), rule="flags")


@pytest.mark.parametrize("verb", [remove, reject_spam, by_rule])
def test_writer_asks_once_for_another_look(article, moderator, verb):
    comment = write(article)
    verb(comment, by=moderator)
    asked = ask(comment)
    assert asked.entry == ModerationEntry.objects.get() and ask(comment) == asked
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("verb", [approve, hold, None])
def test_nothing_is_looked_at_again_where_nothing_was_taken_away(article, moderator, verb):
    comment = write(article)
    if verb:
        verb(comment, by=moderator)
    with pytest.raises(NothingToAppeal):
        ask(comment)


def test_comment_that_waits_as_every_comment_does_is_no_decision(article):
    make_site(comment_policy="held")
    comment = write(article)
    with pytest.raises(NothingToAppeal):
        ask(comment)


def test_undone_decision_leaves_that_of_the_rule_to_be_looked_at(article, moderator):
    comment = write(article)
    by_rule(comment, by=None)
    undo(decide(comment, Decision(Status.REMOVED, "abuse"), by=moderator), by=moderator)
    comment.refresh_from_db()
    told = told_about([comment])[comment.pk]
    assert told.may_appeal and "several readers reported it" in told.decision
    assert ask(comment).entry.rule == "flags"


def test_nobody_asks_for_another(article, moderator):
    comment = write(article)
    remove(comment, by=moderator)
    with pytest.raises(NotYours):
        appeal(comment, by=Voter(make_user()), text="Let him talk.", language="en")


@pytest.mark.parametrize(
    ("grants", "status", "told"), [(True, "public", "granted"), (False, "removed", "refused")]
)
def test_another_moderator_answers(article, moderator, grants, status, told):
    comment = write(article)
    remove(comment, by=moderator)
    asked, other = ask(comment), make_moderator()
    with pytest.raises(OwnDecision):
        answer(asked, grants=grants, by=moderator)
    with pytest.raises(PermissionDenied):
        answer(asked, grants=grants, by=make_user())
    assert answer(asked, grants=grants, by=other) and not answer(asked, grants=True, by=other)
    comment.refresh_from_db()
    assert (comment.status, Appeal.objects.get().answer) == (status, told)


def test_what_a_rule_held_anybody_answers_and_refusing_removes_it(article, moderator):
    comment = write(article)
    by_rule(comment, by=None)
    assert answer(ask(comment), grants=False, by=moderator, note="It stays away.")
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REMOVED, "abuse")


def test_refused_appeal_about_a_held_comment_is_one_mail(article, moderator):
    comment = write(article)
    by_rule(comment, by=None)
    work()
    mail.outbox.clear()
    answer(ask(comment), grants=False, by=moderator, note="It stays away.")
    work()
    [message] = mail.outbox
    assert message.subject == "Another look at your comment"
    said = "The decision stands. The moderator’s note: “It stays away.”"
    for part in (said, "It was removed.", "insult or threat"):
        assert part in message.body


def test_database_refuses_an_answer_by_whoever_decided_and_a_second_one(article, moderator):
    comment = write(article)
    remove(comment, by=moderator)
    asked = ask(comment)
    given = {"answer": "refused", "decided_at": asked.created_at}
    with pytest.raises(IntegrityError, match="another moderator"), transaction.atomic():
        Appeal.objects.update(**given, decided_by=moderator)
    Appeal.objects.update(**given, decided_by=make_moderator())
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Appeal.objects.update(note="On second thoughts")


def test_writer_is_told_by_mail_what_was_decided_and_what_became_of_the_appeal(article, moderator):
    member = make_user()
    comment = write(article, author=member, text="You fool")
    remove(comment, by=moderator, reason="abuse", note="Not like this.")
    work()
    answer(ask(comment), grants=False, by=make_moderator(), note="We agree.")
    work()
    first, second = mail.outbox
    assert first.to == second.to == [member.email]
    for part in ("removed", "insult or threat", "by a moderator", "Not like this.", "/me/"):
        assert part in first.body
    assert "We agree." in second.body
    assert "You fool" not in first.body + second.body


def test_rule_that_holds_says_that_it_was_automatic(article):
    comment = write(article)
    by_rule(comment, by=None)
    work()
    assert "automatically: several readers reported it" in mail.outbox[-1].body


def test_mailbox_of_a_guest_is_not_filled(article, moderator):
    for _number in range(7):
        remove(write(article), by=moderator)
    work()
    assert len(mail.outbox) == 5


def test_writer_reads_the_decision_and_asks_on_the_page(client, article, moderator):
    client.post("/articles/ferry/comment/", typed(text="You fool"))
    comment = Comment.objects.get()
    form = f"/comments/{comment.pk}/appeal/"
    assert client.get(form).status_code == 403
    remove(comment, by=moderator, reason="abuse")
    page = client.get("/me/comments/").text
    assert "You fool" in page and "Reason: insult or threat." in page and f'href="{form}"' in page
    assert client.post(form, {"text": " "}).status_code == 422
    response = client.post(form, {"text": "It was a joke."})
    assert (response.status_code, response.headers["Location"]) == (302, form)
    assert "Another moderator looks at it." in client.get(form).text
    answer(Appeal.objects.get(), grants=False, by=make_moderator(), note="No joke.")
    for address in (form, "/me/comments/"):
        assert "The decision stands. The moderator’s note: “No joke.”" in client.get(address).text
    assert f'href="{form}"' not in client.get("/me/comments/").text
    assert Client().get(form).status_code == 404


def test_moderators_answer_at_the_desk_unless_they_decided(article):
    first, second = make_colleague("moderator"), make_colleague("moderator")
    comment = write(article)
    remove(comment, by=first)
    page = f"/admin/comments/appeal/{ask(comment).pk}/change/"
    typed_in = {"decision": "granted", "words": "We were wrong."}
    client = Client()
    client.force_login(first)
    assert "It was a joke." in client.get(page).text
    assert client.post(page, typed_in).status_code == 403
    client.force_login(second)
    typed_in["seen"] = client.get(page).context["adminform"].form["seen"].value()
    assert client.post(page, typed_in | {"decision": ""}).status_code == 422
    assert client.post(page, typed_in).status_code == 302
    comment.refresh_from_db()
    assert comment.is_public and Appeal.objects.get().note == "We were wrong."
    assert client.post(page, typed_in).status_code == 403
