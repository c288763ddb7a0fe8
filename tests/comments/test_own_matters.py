"""What somebody else decided about a moderator stands until others change it."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from comments.appealing import answer
from comments.models import Appeal, Comment, Sanction, Status
from comments.moderating import (
    Decision,
    Seen,
    approve,
    decide,
    decide_by_rule,
    hold,
    reject_spam,
    remove,
    undo,
)
from comments.noticing import answer as answer_notice
from comments.refusals import Outranked, OwnMatter
from comments.sanctioning import lift
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import (
    make_appeal,
    make_flag,
    make_moderator,
    make_notice,
    make_sanction,
    write,
)

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/queue/unreviewed/"


@pytest.fixture(autouse=True)
def site():
    make_site()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def moderator():
    return make_colleague("moderator", username="odo")


@pytest.mark.parametrize("own", [approve, remove, hold, reject_spam])
@pytest.mark.parametrize("is_held", [True, False], ids=["held by a rule", "reported"])
def test_nobody_decides_about_their_own_comment(moderator, own, is_held):
    comment = write(make_article(), author=moderator)
    make_flag(comment)
    if is_held:
        decide_by_rule(comment, Decision(Status.HELD, "abuse"), rule="flags")
    before = comment.status
    with pytest.raises(OwnMatter):
        own(comment, by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.open_flags) == (before, 1)


def test_others_and_superusers_decide_about_it(moderator):
    boss = make_user(is_staff=True, is_superuser=True)
    for writer, by in ((moderator, make_moderator()), (boss, boss)):
        comment = write(make_article(), author=writer)
        remove(comment, by=make_moderator())
        assert approve(comment, by=by)


def test_what_a_superuser_did_with_their_comment_is_not_undone_by_who_is_none_any_more():
    boss = make_user(is_staff=True, is_superuser=True)
    entry = decide(write(make_article(), author=boss), Decision(Status.HELD), by=boss)
    User.objects.filter(pk=boss.pk).update(is_superuser=False)
    demoted = User.objects.get(pk=boss.pk)
    demoted.groups.add(Group.objects.get(name="moderator"))
    with pytest.raises(OwnMatter):
        undo(entry, by=demoted)


def test_own_appeal_is_answered_by_others(moderator):
    boss = make_user(is_staff=True, is_superuser=True)
    asked = make_appeal(write(make_article(), author=moderator))
    with pytest.raises(OwnMatter):
        answer(asked, grants=True, by=moderator)
    assert answer(asked, grants=True, by=make_moderator())
    assert answer(make_appeal(write(make_article(), author=boss)), grants=True, by=boss)


def test_own_sanction_is_lifted_by_others(moderator):
    given = make_sanction(write(make_article(), author=moderator), by=make_colleague("chief"))
    for by, refusal in ((moderator, OwnMatter), (make_colleague("moderator"), Outranked)):
        with pytest.raises(refusal):
            lift(given, by=by, note="He is good again.")
    assert lift(given, by=make_colleague("chief"), note="He is good again.")


def test_superuser_lifts_what_was_decided_about_them():
    boss = make_colleague("reporter")
    given = make_sanction(write(make_article(), author=boss), by=make_colleague("chief"))
    User.objects.filter(pk=boss.pk).update(is_superuser=True)
    assert lift(given, by=User.objects.get(pk=boss.pk), note="Nobody else is there.")


def test_queue_has_a_word_in_the_place_of_its_buttons(moderator):
    write(make_article(), author=moderator)
    client = signed_in(moderator)
    page = client.get(QUEUE).text
    assert "This is about you: others decide." in page
    assert 'value="approve"' not in page.partition('<article class="case"')[2]
    assert 'type="checkbox" form="several"' not in page


def test_several_at_once_leave_ones_own_and_count_it(moderator):
    own, other = write(make_article(), author=moderator), write(make_article())
    chosen = [f"{each.pk}:{Seen(0)}" for each in (own, other)]
    told = signed_in(moderator).post(QUEUE, {"act": "approve", "chosen": chosen}, follow=True)
    assert told.status_code == 200
    assert "1 comment is your own" in told.text and "1 comment changed." in told.text
    reviewed = Comment.objects.filter(reviewed_at__isnull=False)
    assert list(reviewed) == [other]


def test_page_of_ones_own_comment_has_no_buttons(moderator):
    comment = write(make_article(), author=moderator)
    page = f"/admin/comments/comment/{comment.pk}/change/"
    own = signed_in(moderator).get(page).text
    assert 'value="approve"' not in own and 'name="mark"' not in own
    assert 'value="approve"' in signed_in(make_moderator()).get(page).text


@pytest.mark.parametrize("model", [Appeal, Sanction])
def test_desk_shows_own_appeals_and_sanctions_without_a_form(moderator, model):
    comment = write(make_article(), author=moderator)
    chief = make_colleague("chief")
    row = make_appeal(comment) if model is Appeal else make_sanction(comment, by=chief)
    page = f"/admin/comments/{model._meta.model_name}/{row.pk}/change/"
    client = Client()
    client.force_login(moderator)
    assert client.get(page).status_code == 200 and client.post(page, {}).status_code == 403
    client.force_login(chief)
    assert client.post(page, {}).status_code == 422


def test_notice_about_ones_own_comment_is_answered_by_others(moderator):
    comment = write(make_article(), author=moderator)
    notice = make_notice(comment)
    with pytest.raises(OwnMatter):
        answer_notice(notice, text="It stays.", by=moderator)
    page = f"/admin/comments/notice/{notice.pk}/change/"
    shown = signed_in(moderator).get(page)
    assert "This is about you: others decide." in shown.text and 'name="words"' not in shown.text
    assert signed_in(moderator).post(page, {"words": "It stays."}).status_code == 403
    assert signed_in(make_colleague("moderator")).post(page, {"words": "Gone."}).status_code == 302
