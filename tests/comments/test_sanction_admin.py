"""Giving and lifting sanctions at the desk."""

import re
from datetime import timedelta
from time import sleep

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Sanction
from comments.sanctioning import lift, sanction
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/sanction/"


@pytest.fixture
def comment():
    make_site()
    return write(make_article())


@pytest.fixture
def moderator():
    return make_colleague("moderator")


@pytest.fixture
def client(moderator):
    client = Client()
    client.force_login(moderator)
    return client


def form(about, **fields):
    return {"comment": about.pk, "measure": "ban", "reason": "hate", "note": "", **fields}


def test_moderator_gives_a_sanction_for_a_comment(client, comment, moderator):
    assert f'value="{comment.pk}"' in client.get(f"{LIST}add/?comment={comment.pk}").text
    assert client.post(f"{LIST}add/", form(comment)).status_code == 302
    given = Sanction.objects.get()
    assert (given.person, given.measure, given.given_by) == (comment.writer, "ban", moderator)
    assert comment.name in client.get(LIST).text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"comment": 999999}, "comment"),
        ({"measure": "suspend"}, "ends_at"),
        ({"measure": "lift"}, "measure"),
        ({"measure": "ban", "ends_at_0": "2126-01-01", "ends_at_1": "12:00"}, "ends_at"),
        ({"measure": "hold", "ends_at_0": "2020-01-01", "ends_at_1": "12:00"}, "ends_at"),
        ({"reason": ""}, "reason"),
        ({"note": "Write to ines@readers.example"}, "note"),
    ],
)
def test_mistake_is_told_beside_its_field(client, comment, fields, field):
    response = client.post(f"{LIST}add/", form(comment, **fields))
    assert response.status_code == 422
    assert list(response.context["adminform"].form.errors) == [field]
    assert not Sanction.objects.exists()


def test_suspension_is_given_with_its_end(client, comment):
    end = {"ends_at_0": "2126-01-01", "ends_at_1": "12:00"}
    client.post(f"{LIST}add/", form(comment, measure="suspend", **end))
    assert Sanction.objects.get().ends_at.year == 2126


def test_moderator_lifts_it_for_a_reason_once(client, comment, moderator):
    given = sanction(comment, "ban", by=moderator, reason="hate")
    page = f"{LIST}{given.pk}/change/"
    assert client.post(page, {"why": ""}).status_code == 422
    assert client.post(page, {"why": "A mistake."}).status_code == 302
    assert Sanction.objects.get(lifts=given).note == "A mistake."
    assert "A mistake." in client.get(page).text and 'name="why"' not in client.get(page).text
    assert client.post(page, {"why": "Again."}).status_code == 403
    assert Sanction.objects.count() == 2


def test_list_says_what_is_in_force_in_as_many_queries_for_many(
    client, comment, moderator, django_assert_max_num_queries
):
    end = timezone.now() + timedelta(days=1)
    for measure, ends_at in (("warn", None), ("ban", None), *[("suspend", end)] * 5):
        sanction(comment, measure, by=moderator, reason="hate", ends_at=ends_at)
    lift(sanction(comment, "hold", by=moderator, reason="hate"), by=moderator, note="Enough.")
    with django_assert_max_num_queries(9):
        page = client.get(LIST).text
    states = re.findall(r'field-state">([^<]+)<', page)
    assert states == ["lifted", *["in force"] * 6, "told"]


def test_sanction_that_has_ended_is_not_in_force(client, comment, moderator):
    end = database_now() + timedelta(milliseconds=300)
    sanction(comment, "suspend", by=moderator, reason="hate", ends_at=end)
    sleep(0.4)
    assert 'field-state">ended<' in client.get(LIST).text


def test_nothing_is_deleted(client, comment, moderator):
    given = sanction(comment, "warn", by=moderator, reason="hate")
    assert client.post(f"{LIST}{given.pk}/delete/").status_code == 403
    assert client.post(f"{LIST}{given.pk}/change/", {"why": "No"}).status_code == 403
    assert given.given_at <= timezone.now()


def test_who_has_no_right_sees_nothing_of_it(comment):
    client = Client()
    client.force_login(make_moderator())
    assert client.get(LIST).status_code == client.get(f"{LIST}add/").status_code == 403
