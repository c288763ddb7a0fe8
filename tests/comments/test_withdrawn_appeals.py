"""What a writer said in an appeal goes with the comment or the account, and nothing else does."""

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.leaving import leave
from comments.appealing import answer
from comments.editing import erase
from comments.models import Appeal, Comment
from comments.voting import Voter
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


def take_back(comment: Comment) -> None:
    comment.refresh_from_db()
    erase(comment, by=Voter(comment.author, comment.guest_id))


def test_appeal_that_waits_goes_with_its_comment(client):
    asked = make_appeal(comment := write(make_article()))
    take_back(comment)
    assert not Appeal.objects.exists()
    assert not answer(asked, grants=True, by=make_moderator())
    client.force_login(make_colleague("moderator"))
    assert "It was a joke." not in client.get("/admin/comments/appeal/").text


def test_of_an_answered_one_the_words_go_with_the_comment():
    asked = make_appeal(comment := write(make_article()))
    answer(asked, grants=False, by=make_moderator(), note="No joke.")
    take_back(comment)
    [kept] = Appeal.objects.all()
    assert (kept.text, kept.answer, kept.note) == ("", "refused", "No joke.")


@pytest.mark.parametrize("is_answered", [True, False])
def test_words_go_with_the_account_and_the_comment_is_still_looked_at(is_answered):
    comment = write(make_article(), author=make_user())
    asked, moderator = make_appeal(comment), make_moderator()
    if is_answered:
        answer(asked, grants=True, by=moderator)
    leave(comment.author, keeps_comments=True)
    assert Appeal.objects.get().text == ""
    assert answer(asked, grants=True, by=moderator) != is_answered
    comment.refresh_from_db()
    assert comment.is_public


@pytest.mark.parametrize(
    "changes", [{"text": "It was true."}, {"language": "de"}, {"created_at": Now()}]
)
def test_database_lets_words_go_and_nothing_change(changes):
    make_appeal(write(make_article()))
    with pytest.raises(IntegrityError, match="what an appeal asks"), transaction.atomic():
        Appeal.objects.update(**changes)
    Appeal.objects.update(text="")
    with pytest.raises(IntegrityError, match="what an appeal asks"), transaction.atomic():
        Appeal.objects.update(text="It was a joke.")


def test_database_keeps_an_appeal_whose_comment_is_there_and_an_answered_one():
    asked = make_appeal(comment := write(make_article()))
    with pytest.raises(IntegrityError, match="goes with its comment"), transaction.atomic():
        Appeal.objects.all().delete()
    answer(asked, grants=False, by=make_moderator())
    take_back(comment)
    with pytest.raises(IntegrityError, match="answered it stays"), transaction.atomic():
        Appeal.objects.all().delete()


def test_desk_is_told_that_somebody_else_has_answered(client):
    asked = make_appeal(write(make_article()))
    client.force_login(make_colleague("moderator"))
    page = f"/admin/comments/appeal/{asked.pk}/change/"
    form = client.get(page).context["adminform"].form
    answer(asked, grants=False, by=make_moderator())
    typed = {"decision": "refused", "seen": form["seen"].value()}
    assert client.post(page, typed).status_code == 403


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_a_deletion_at_once_no_words_are_left():
    moderator = make_moderator()
    for _round in range(10):
        comment, start = write(make_article()), Barrier(2, timeout=30)
        asked = make_appeal(comment)

        def act(answers, comment=comment, asked=asked, start=start):
            start.wait()
            if answers:
                return answer(asked, grants=False, by=moderator)
            own = Comment.objects.select_related("discussion").get(pk=comment.pk)
            return erase(own, by=Voter(guest_id=comment.guest_id))

        answered = at_once(act, [True, False])[0]
        texts = list(Appeal.objects.filter(comment=comment).values_list("text", flat=True))
        assert texts == ([""] if answered else [])
