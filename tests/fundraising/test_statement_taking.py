"""Taking an uploaded statement: what is chosen, what is left out, who read it meanwhile."""

import pytest

from fundraising.models import LedgerEntry
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.test_importing import table
from tests.fundraising.test_statement_desk import fields_of, opened

pytestmark = pytest.mark.django_db
LEAVES_OUT = 'name="left_out" value="1"'


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


def test_a_bad_row_is_named_and_left_out_knowingly(client):
    donation = make_donation()
    url = opened(client, table(f"{donation.reference};25,00", "Ada;five"))
    page = client.get(url).text
    assert "Leave out the 1 row that cannot be taken" in page
    assert '<a href="#row-3">Row 3: “five” is no amount in USD.</a>' in page
    assert '<details class="statement-reading" open>' in page
    answer = client.post(url, fields_of(client, url))
    assert (answer.status_code, "Nothing was taken." in answer.text) == (422, True)
    assert answer.context["choice"].errors["left_out"]
    assert 'id="id_left_out_error"' in answer.text
    assert not LedgerEntry.objects.exists()
    taken = client.post(url, fields_of(client, url, left_out="1"), follow=True)
    assert "1 gift taken." in taken.text
    assert (reload(donation.campaign).raised_minor, LEAVES_OUT in taken.text) == (2500, False)
    assert "Nothing in this statement waits to be taken." in taken.text


@pytest.mark.parametrize("wrong", ["-1", "x", "0"])
def test_what_is_left_out_is_a_number_of_rows(client, wrong):
    url = opened(client, table(f"{make_donation().reference};25,00", "Ada;five"))
    answer = client.post(url, fields_of(client, url, left_out=wrong))
    assert answer.status_code == 422
    assert answer.context["choice"].errors["left_out"]


def test_the_button_says_how_many_and_how_much(client):
    awaited = [f"{make_donation().reference};25,00", f"{make_donation().reference};5,50"]
    label = 'value="Take into the ledger (gifts: 2, together 30.50\u00a0$)"'
    assert label in client.get(opened(client, table(*awaited))).text
    page = client.get(opened(client, table(*awaited, "Ada;5,00"))).text
    assert 'value="Take them into the ledger"' in page  # what is ticked, its script adds
    assert "2 gifts are awaited and have come: 30.50\u00a0$." in page


def test_nothing_ticked_is_an_error_beside_the_button(client):
    make_campaign()
    url = opened(client, table("Ada;5,00"))
    answer = client.post(url, fields_of(client, url))
    assert answer.status_code == 422
    assert "No row is ticked." in answer.text.partition('id="result_list"')[2]


@pytest.mark.parametrize("rows", [["1"], ["99999"], ["x"], ["-2"], ["²"]])
def test_a_row_that_is_none_is_refused(client, rows):
    url = opened(client, table("Ada;5,00"))
    sent = fields_of(client, url, rows=rows, campaign=make_campaign().pk)
    assert client.post(url, sent).status_code == 422


def test_who_read_it_otherwise_meanwhile_is_told_and_what_was_typed_stays(client):
    campaign = make_campaign()
    url = opened(client, table("Ada;5,00;7,00", "Ben;6,00;8,00"))
    mine = fields_of(client, url, amount="3", rows=["3"], campaign=campaign.pk, seen="")
    theirs = fields_of(client, url, rows=["2"], campaign=campaign.pk, seen="")
    client.post(url, theirs)
    refused = client.post(url, mine)
    assert refused.status_code == 422
    assert "it was read otherwise" in refused.text
    assert 'value="3" data-minor="800" checked' in refused.text
    assert f'<option value="{campaign.pk}" selected>' in refused.text
    assert "Read it as it was then" in refused.text
    version = refused.context["statement"].version
    assert client.post(url, mine | {"seen": version}).status_code == 302
    assert reload(campaign).raised_minor == 1300


def test_another_reading_than_that_of_its_gifts_is_said(client):
    url = opened(client, table("Ada;5,00;7,00"))
    client.post(url, fields_of(client, url, rows=["2"], campaign=make_campaign().pk))
    assert "Read it as it was then" not in client.get(url).text
    assert "Read it as it was then" in client.get(url, fields_of(client, url, amount="3")).text
