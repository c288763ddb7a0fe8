"""A statement with as many rows as one may have; its form has more fields than any other."""

from urllib.parse import urlencode

import pytest
from django.db.models import Count, Sum
from django.test import Client

from fundraising.models import LedgerEntry
from fundraising.statements import MOST_ROWS
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign
from tests.fundraising.test_importing import table
from tests.fundraising.test_statement_desk import LIST, fields_of, opened

pytestmark = pytest.mark.django_db
EVERY_ROW = range(2, MOST_ROWS + 1)  # below the headings


@pytest.fixture
def leila():
    make_site()
    return make_colleague("fundraiser", username="leila")


@pytest.fixture
def client(client, leila):
    client.force_login(leila)
    return client


def send(client, url, fields):
    """As browsers do."""
    body = urlencode(fields, doseq=True)
    return client.post(url, body, content_type="application/x-www-form-urlencoded")


def test_every_row_of_the_longest_statement_is_ticked_and_taken_at_once(client):
    campaign = make_campaign()
    url = opened(client, table(*(f"Ada {number};1,00" for number in EVERY_ROW)))
    ticked = fields_of(client, url, rows=EVERY_ROW, campaign=campaign.pk, left_out="0")
    answer = send(client, url, ticked)
    assert answer.status_code == 302
    taken = LedgerEntry.objects.aggregate(count=Count("id"), sum=Sum("amount_minor"))
    assert taken == {"count": MOST_ROWS - 1, "sum": (MOST_ROWS - 1) * 100}


def test_more_fields_than_the_longest_statement_has_are_refused(client):
    url = opened(client, table("Ada;5,00"))
    fields = fields_of(client, url, campaign=make_campaign().pk)
    assert send(client, url, fields | {"rows": ["2"] * (MOST_ROWS + 100)}).status_code == 400
    assert not LedgerEntry.objects.exists()


def test_other_forms_have_no_more_fields_than_before(client):
    assert send(client, f"{LIST}add/", {"rows": EVERY_ROW}).status_code == 400


@pytest.mark.parametrize(("has_token", "status"), [(False, 403), (True, 302)])
def test_the_form_is_taken_with_its_token_alone(client, leila, has_token, status):
    url = opened(client, table("Ada;5,00"))
    fields = fields_of(client, url, rows=["2"], campaign=make_campaign().pk)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(leila)
    strict.get(url)
    token = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value} if has_token else {}
    assert send(strict, url, fields | token).status_code == status
    assert LedgerEntry.objects.exists() == has_token
