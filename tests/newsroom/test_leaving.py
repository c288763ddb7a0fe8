"""Leaving: what goes, what stays with nobody's name, and that nobody comes back in."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts.leaving import leave
from accounts.models import User
from articles.models import Contributor, Remit, Revision
from articles.publishing import publish
from comments.flagging import flag
from comments.following import follow
from comments.leaving import erase_comments
from comments.models import Comment, Flag, Follower, Kind, Status, Vote
from comments.voting import Voter, vote
from fundraising.models import Donation
from tests.accounts.codes import give_app
from tests.builders import make_article, make_contributor, make_editor, make_user
from tests.comments.builders import write
from tests.fundraising.builders import make_campaign, make_donation
from tests.translations.builders import make_assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def wilma():
    return make_user(username="wilma", first_name="Wilma", last_name="Aas", language="de")


@pytest.fixture
def article():
    return make_article(slug="ferry")


def signed_in(client):
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})


def test_nothing_names_who_has_left(client, wilma):
    give_app(wilma)
    leave(wilma, keeps_comments=True)
    row = User.objects.values().get(pk=wilma.pk)
    assert "wilma" not in str(row).casefold()
    assert not EmailAddress.objects.exists()
    assert not wilma.authenticator_set.exists()


def test_reports_stay_without_their_words(article, wilma):
    flag(write(article), by=Voter(wilma), reason="abuse", text="My street!", wants_mail=True)
    leave(wilma, keeps_comments=True)
    report = Flag.objects.get()
    assert (report.reason, report.text, report.wants_mail) == ("abuse", "", False)


def test_member_leaves_by_the_page_and_is_signed_out_everywhere(client, client_elsewhere, wilma):
    signed_in(client)
    signed_in(client_elsewhere)
    answer = client.post("/accounts/leave/", {"comments": "keep", "is_sure": "on"}, follow=True)
    assert "Your account is deleted" in answer.text
    assert client.get("/accounts/").status_code == 302
    assert client_elsewhere.get("/accounts/").status_code == 302


@pytest.fixture
def client_elsewhere():
    return Client()


@pytest.mark.parametrize("typed", [{}, {"comments": "keep"}, {"is_sure": "on"},
                                   {"comments": "burn", "is_sure": "on"}])  # fmt: skip
def test_nobody_leaves_by_half(client, wilma, typed):
    signed_in(client)
    assert client.post("/accounts/leave/", typed).status_code == 422
    wilma.refresh_from_db()
    assert not wilma.has_left


@pytest.mark.parametrize("path", ["login/", "login/code/", "password/reset/"])
def test_nobody_comes_back_in(client, wilma, path):
    leave(wilma, keeps_comments=True)
    typed = {"login": "wilma", "password": "lighthouse", "email": "wilma@readers.example"}
    client.post(f"/accounts/{path}", typed)
    assert "_auth_user_id" not in client.session


def test_name_and_address_are_free_again(client, wilma):
    leave(wilma, keeps_comments=True)
    make_user(username="wilma", first_name="Wilma", last_name="Aas")


def test_comments_that_are_kept_are_a_former_member_s(client, wilma, article):
    first = write(article, author=wilma, text="The bridge sings.")
    write(article, in_reply_to=write(article, author=wilma, in_reply_to=first), text="It does.")
    leave(wilma, keeps_comments=True)
    html = client.get("/articles/ferry/").text
    assert "The bridge sings." in html
    assert "a former member" in html
    assert "Wilma" not in html and "former:" not in html


def test_comments_that_are_not_go_and_answers_keep_their_place(client, wilma, article):
    answered, alone = write(article, author=wilma), write(article, author=wilma)
    write(article, in_reply_to=answered, text="It does.")
    leave(wilma, keeps_comments=False)
    assert erase_comments.func(wilma.pk) == 2
    assert erase_comments.func(wilma.pk) == 0
    assert {*Comment.objects.filter(pk__in=[answered.pk, alone.pk]).values_list(
        "status", "text", "author")} == {(Status.ERASED, "", None)}  # fmt: skip
    assert "It does." in client.get("/articles/ferry/").text


def test_worker_is_told_only_where_comments_are_to_go(wilma):
    leave(wilma, keeps_comments=True)
    assert not DBTaskResult.objects.exists()
    leave(other := make_user(), keeps_comments=False)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [other.pk]


def test_votes_still_count_and_subscriptions_end(wilma, article):
    comment = write(article)
    vote(comment, voter=Voter(wilma), value=1)
    follow(article, kind=Kind.STORY, member=wilma)
    leave(wilma, keeps_comments=True)
    comment.refresh_from_db()
    assert comment.score == 1
    assert Vote.objects.count() == 1
    assert not Follower.objects.exists()


def test_what_the_desk_signed_stays_and_its_rights_go():
    ines = make_editor()
    publish(make_article(status="draft", byline=[(make_contributor(), "reporter")]), by=ines)
    byline = make_contributor(user=ines)
    Remit.objects.create(user=ines)
    taken = make_assignment(story=make_article().story, owner=ines)
    leave(ines, keeps_comments=True)
    ines.refresh_from_db()
    assert Revision.objects.get().created_by == ines
    assert (ines.is_staff, ines.user_permissions.count()) == (False, 0)
    assert Contributor.objects.get(pk=byline.pk).user is None
    assert not Remit.objects.exists()
    taken.refresh_from_db()
    assert taken.owner is None


def test_gifts_stay_in_the_books(wilma):
    make_donation(campaign=make_campaign(), email=wilma.email)
    leave(wilma, keeps_comments=False)
    assert Donation.objects.get().email == "wilma@readers.example"


def test_leaving_twice_is_leaving_once(wilma):
    leave(wilma, keeps_comments=True)
    leave(wilma, keeps_comments=False)
    assert User.objects.get(pk=wilma.pk).has_left


@pytest.mark.parametrize(
    "changes",
    [{"email": "wilma@readers.example"}, {"is_active": True}, {"is_staff": True},
     {"first_name": "Wilma"}, {"name_key": "wilma"}],
    ids=["email", "is_active", "is_staff", "first_name", "name_key"],
)  # fmt: skip
def test_database_keeps_who_has_left_empty(wilma, changes):
    leave(wilma, keeps_comments=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=wilma.pk).update(**changes)


def test_desk_cannot_fill_it_again(client, wilma):
    leave(wilma, keeps_comments=True)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    answer = client.post(f"/admin/accounts/user/{wilma.pk}/change/", {"username": "wilma"})
    assert answer.status_code == 403
