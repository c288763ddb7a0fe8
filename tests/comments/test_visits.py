"""New since the last visit: a visit goes on until half an hour passes without a sign of it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from comments.models import Comment, Discussion, Participant
from comments.moderating import hold, remove
from comments.tasks import forget_visits
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import hours_pass, make_guest, make_moderator, typed, write

pytestmark = pytest.mark.django_db
VISIT = "/articles/ferry/comments/visit/"


@pytest.fixture
def article():
    make_site(editions=("en", "de"))
    return make_article(slug="ferry", headline="The ferry leaves later")


@pytest.fixture
def member(client, article):
    """Somebody who is signed in, below a story on which somebody else has written."""
    write(article)
    user = make_user()
    client.force_login(user)
    return user


def come(client, **told: str) -> None:
    assert client.post(VISIT, told).status_code == 204


def new(client, article) -> list[int]:
    """What the overlay says is new."""
    visit = client.get(f"/me/overlay/?article={article.pk}").json()["visit"]
    assert bool(visit["since"]) or not visit["new"]
    return sorted(visit["new"])


def test_on_a_first_visit_nothing_is_new(client, article, member):
    assert new(client, article) == []
    come(client)
    write(article)
    assert new(client, article) == []


def test_after_a_pause_others_comments_are_new(client, article, member):
    come(client)
    hours_pass(2)
    later = [write(article), write(article, in_reply_to=Comment.objects.first())]
    assert new(client, article) == [comment.pk for comment in later]


@pytest.mark.parametrize(("minutes", "is_over"), [(29, False), (31, True)])
def test_visit_is_over_after_half_an_hour(client, article, member, minutes, is_over):
    come(client)
    hours_pass(minutes / 60)
    later = write(article)
    assert new(client, article) == ([later.pk] if is_over else [])
    come(client)
    assert new(client, article) == ([later.pk] if is_over else []), "as long as the visit lasts"
    hours_pass(1)
    assert new(client, article) == []


def test_signs_of_a_visit_make_it_last(client, article, member):
    come(client)
    hours_pass(2)
    later = write(article)
    for _sign in range(4):
        come(client)
        assert new(client, article) == [later.pk]
        hours_pass(0.4)
    hours_pass(0.2)
    assert new(client, article) == []


def test_own_comments_are_never_new(client, article, member):
    come(client)
    hours_pass(2)
    write(article, author=member)
    assert new(client, article) == []
    other = write(article)
    assert new(client, article) == [other.pk]


def test_own_comment_of_before_signing_in_is_not_new_either(client, article):
    client.post("/articles/ferry/comment/", typed())
    client.force_login(make_user())
    come(client)
    hours_pass(2)
    Comment.objects.update(public_at=database_now())
    assert new(client, article) == []


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_out_of_sight_is_not_new(client, article, member, verb):
    come(client)
    hours_pass(2)
    later = write(article)
    assert new(client, article) == [later.pk]
    verb(later, by=make_moderator())
    assert new(client, article) == []


def test_guest_who_wrote_learns_what_is_new(client, article):
    client.post("/articles/ferry/comment/", typed())
    assert not Participant.objects.filter(visited_at__isnull=False).exists()  # did not ask for it
    come(client)
    hours_pass(2)
    later = write(article)
    assert new(client, article) == [later.pk]
    assert new(Client(), article) == []
    assert Participant.objects.get(visited_at__isnull=False).writer.startswith("guest:")


def test_one_person_in_two_browsers_is_one_visitor(client, article, member):
    other = Client()
    other.force_login(member)
    come(client)
    hours_pass(2)
    later = write(article)
    assert new(client, article) == new(other, article) == [later.pk]
    come(other)
    hours_pass(1)
    assert new(client, article) == []


def test_stranger_leaves_no_trace(client, article):
    write(article)
    before = list(Participant.objects.values())
    come(client)
    assert list(Participant.objects.values()) == before
    assert not client.cookies


def test_visit_before_anybody_wrote_leaves_no_trace(client, article):
    client.force_login(make_user())
    come(client)
    assert not Participant.objects.exists() and not Discussion.objects.exists()


def test_what_came_after_the_page_was_read_stays_new(client, article, member):
    read_at = database_now()
    later = write(article)
    come(client, until=read_at.isoformat())
    hours_pass(2)
    assert new(client, article) == [later.pk]


def test_visit_is_never_noted_in_the_future(client, article, member):
    come(client, until=datetime.max.isoformat() + "+00:00")
    visited = Participant.objects.get(writer=f"member:{member.pk}").visited_at
    assert visited <= database_now()


def test_older_sign_never_takes_back_a_later_one(client, article, member):
    come(client)
    noted = Participant.objects.filter(writer=f"member:{member.pk}")
    first = noted.values().get()
    come(client, until=(database_now() - timedelta(days=3)).isoformat())
    assert noted.values().get() == first


@pytest.mark.parametrize("until", ["", "x", "2026-11-24", "2026-11-24T10:00:00", "9" * 400])
def test_visit_until_no_time_at_all_is_refused(client, article, member, until):
    response = client.post(VISIT, {"until": until})
    assert response.status_code == 404
    assert not Participant.objects.exclude(visited_at=None).exists()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_what_is_live_is_visited(client, member, status):
    make_article(slug="other", status=status)
    assert client.post("/articles/other/comments/visit/").status_code == 404
    assert client.post("/de/articles/ferry/comments/visit/").status_code == 404


def test_visit_is_only_noted_by_a_post_of_ours(client, article, member):
    for method in (client.get, client.head, client.put):
        assert method(VISIT).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(VISIT, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Participant.objects.exclude(visited_at=None).exists()
    assert strict.post(VISIT, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204
    assert Participant.objects.exclude(visited_at=None).exists()


def test_writing_is_a_visit_too(client, article, member):
    client.post("/articles/ferry/comment/", typed())
    hours_pass(2)
    later = write(article, guest=make_guest())
    assert new(client, article) == [later.pk]


def test_visits_of_guests_are_forgotten_after_a_quarter(client, article):
    write(article, guest=make_guest())
    client.post("/articles/ferry/comment/", typed())
    come(client)
    remove(Comment.objects.latest("id"), by=make_moderator())
    assert forget_visits.call() == 0
    hours_pass(24 * 91)
    assert forget_visits.call() == 1
    assert Participant.objects.count() == 1  # of whom something is public


def test_who_has_no_script_marks_as_read_and_is_led_back(client, article):
    write(article)
    answer = client.post(VISIT, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["Location"] == "/articles/ferry/#conversation"
    hours_pass(2)
    later = write(article)
    assert new(client, article) == [later.pk]
    assert "1 new comment" in client.get("/me/comments/").text


def test_name_under_which_one_writes_is_a_member_s_own(client, article):
    address = f"/me/overlay/?article={article.pk}"
    assert client.get(address).json()["visit"]["member"] == ""
    client.force_login(make_user(first_name="Maren", last_name="Okafor"))
    assert client.get(address).json()["visit"]["member"] == "Maren Okafor"
