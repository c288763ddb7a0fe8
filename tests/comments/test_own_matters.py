"""What somebody else decided about a moderator stands until others change it."""

import pytest
from django.test import Client

from comments.appealing import answer
from comments.models import Appeal, Sanction, Status
from comments.moderating import Decision, approve, decide_by_rule, hold, reject_spam, remove
from comments.refusals import OwnMatter
from comments.sanctioning import lift
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_appeal, make_moderator, make_sanction, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def moderator():
    return make_colleague("moderator", username="odo")


@pytest.mark.parametrize("verb", [remove, reject_spam, hold])
@pytest.mark.parametrize("own", [approve, remove, hold])
def test_own_comment_that_a_colleague_hid_stays_so(moderator, verb, own):
    comment = write(make_article(), author=moderator)
    verb(comment, by=make_moderator())
    before = comment.status
    with pytest.raises(OwnMatter):
        own(comment, by=moderator)
    comment.refresh_from_db()
    assert comment.status == before


def test_others_and_superusers_let_it_in_again(moderator):
    boss = make_user(is_staff=True, is_superuser=True)
    for writer, by in ((moderator, make_moderator()), (boss, boss)):
        comment = write(make_article(), author=writer)
        remove(comment, by=make_moderator())
        assert approve(comment, by=by)


def test_alone_at_the_desk_one_lets_in_what_a_rule_held_and_what_one_hid_oneself(moderator):
    comment = write(make_article(), author=moderator)
    decide_by_rule(comment, Decision(Status.HELD, "abuse"), rule="flags")
    assert approve(comment, by=moderator)
    assert remove(comment, by=moderator) and approve(comment, by=moderator)


def test_own_appeal_is_answered_by_others(moderator):
    boss = make_user(is_staff=True, is_superuser=True)
    asked = make_appeal(write(make_article(), author=moderator))
    with pytest.raises(OwnMatter):
        answer(asked, grants=True, by=moderator)
    assert answer(asked, grants=True, by=make_moderator())
    assert answer(make_appeal(write(make_article(), author=boss)), grants=True, by=boss)


def test_own_sanction_is_lifted_by_others(moderator):
    given = make_sanction(write(make_article(), author=moderator), by=make_colleague("chief"))
    with pytest.raises(OwnMatter):
        lift(given, by=moderator, note="I am good again.")
    assert lift(given, by=make_colleague("moderator"), note="He is good again.")


def test_superuser_lifts_what_was_decided_about_them():
    boss = make_user(is_staff=True, is_superuser=True)
    given = make_sanction(write(make_article(), author=boss))
    assert lift(given, by=boss, note="Nobody else is there.")


def test_desk_says_so(moderator):
    comment = write(make_article(), author=moderator)
    remove(comment, by=make_moderator())
    client = Client()
    client.force_login(moderator)
    decide = f"/admin/comments/comment/{comment.pk}/decide/"
    page = client.get("/admin/comments/comment/queue/rejected/")
    token = page.context["cases"][0][0].token
    typed = {"act": "approve", "chosen": token}
    told = client.post("/admin/comments/comment/queue/rejected/", typed, follow=True)
    assert told.status_code == 200 and "it stands until others change it" in told.text
    assert 'value="approve"' not in client.get(decide).text
    comment.refresh_from_db()
    assert comment.status == Status.REMOVED


@pytest.mark.parametrize("model", [Appeal, Sanction])
def test_desk_shows_own_appeals_and_sanctions_without_a_form(moderator, model):
    comment = write(make_article(), author=moderator)
    row = make_appeal(comment) if model is Appeal else make_sanction(comment)
    page = f"/admin/comments/{model._meta.model_name}/{row.pk}/change/"
    client = Client()
    client.force_login(moderator)
    assert client.get(page).status_code == 200 and client.post(page, {}).status_code == 403
    client.force_login(make_colleague("moderator"))
    assert client.post(page, {}).status_code == 422
