"""Campaigns in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fundraising.models import Campaign
from tests.builders import make_site, make_user
from tests.fundraising.builders import correct, make_campaign

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/campaign/"
ADD = f"{LIST}add/"
NO_CHOICES = {"choices-TOTAL_FORMS": "0", "choices-INITIAL_FORMS": "0"}
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _signed_in(client):
    make_site()
    client.force_login(make_user(is_staff=True, is_superuser=True))


def typed(**fields):
    """Texts come as one input per language; the first is the default language's."""
    return {
        "names_en": "A new press",
        "descriptions_en": "The old one is tired.",
        "how_to_give_en": "At the desk.",
        "state": "public",
        "slug": "press",
        "currency": "USD",
        "goal": "5000.00",
        "minimum": "1",
        **NO_CHOICES,
        "starts_at_0": "2026-01-01",
        "starts_at_1": "08:00",
        **fields,
    }


def change(client, campaign, **fields):
    """Sends the form of a campaign as it was opened just now, with these fields."""
    address = f"{LIST}{campaign.pk}/change/"
    seen = client.get(address).context["adminform"].form["seen"].value()
    return client.post(address, typed(seen=seen, **fields))


def errors_beside(response, field):
    return response.context["adminform"].form.errors.get(field, [])


def test_the_goal_is_typed_in_whole_units(client):
    assert client.post(ADD, typed(names_de="Eine neue Presse")).status_code == 302
    campaign = Campaign.objects.get(slug="press")
    assert (campaign.goal_minor, campaign.currency) == (500_000, "USD")
    assert campaign.names == {"en": "A new press", "de": "Eine neue Presse"}
    page = client.get(f"{LIST}{campaign.pk}/change/").text
    assert 'value="5000.00"' in page


@pytest.mark.parametrize("typed_amounts", ["5, 10, 25.50", "5\r\n10\r\n25.50\r\n", "25.50; 5;10"])
def test_amounts_are_typed_in_a_line_or_one_in_each(client, typed_amounts):
    fields = {"marks": "2500, 7500", "suggested": typed_amounts, "minimum": "2.50"}
    assert client.post(ADD, typed(**fields)).status_code == 302
    campaign = Campaign.objects.get(slug="press")
    assert (campaign.marks_minor, campaign.minimum_minor) == ([250_000, 750_000], 250)
    assert campaign.suggested_minor == [500, 1000, 2550]
    page = client.get(f"{LIST}{campaign.pk}/change/").text
    assert "5.00; 10.00; 25.50</textarea>" in page and 'value="2.50"' in page


def test_amounts_are_typed_as_the_person_writes_them(client):
    person = make_user(is_staff=True, is_superuser=True, language="de")
    client.force_login(person)
    fields = {"goal": "5000,00", "suggested": "2,50, 5,00", "minimum": "1,50"}
    assert client.post(ADD, typed(**fields)).status_code == 302
    campaign = Campaign.objects.get(slug="press")
    assert (campaign.goal_minor, campaign.minimum_minor) == (500_000, 150)
    assert campaign.suggested_minor == [250, 500]


def test_a_campaign_needs_no_goal(client):
    assert client.post(ADD, typed(goal="")).status_code == 302
    campaign = Campaign.objects.get(slug="press")
    assert campaign.goal_minor is None
    assert change(client, campaign, goal="10").status_code == 302
    assert change(client, campaign, goal="").status_code == 302
    campaign.refresh_from_db()
    assert campaign.goal_minor is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"goal": "0"}, "goal"),
        ({"goal": "", "marks": "1000"}, "marks"),
        ({"marks": "2,500"}, "marks"),
        ({"marks": "1000, 1000.00"}, "marks"),
        ({"marks": "0"}, "marks"),
        ({"marks": "\n".join(map(str, range(1, 12)))}, "marks"),
        ({"suggested": "5, ten"}, "suggested"),
        ({"suggested": "1, 2, 3, 4, 5, 6, 7"}, "suggested"),
        ({"suggested": "5, 10", "minimum": "6"}, "suggested"),
        ({"minimum": ""}, "minimum"),
        ({"minimum": "0"}, "minimum"),
        ({"goal": "-1"}, "goal"),
        ({"goal": "5000.001"}, "goal"),
        ({"goal": "lots"}, "goal"),
        ({"goal": "5.5", "currency": "JPY"}, "goal"),
        ({"currency": "XXX"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"slug": "a b"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"names_en": ""}, "names"),
        ({"names_en": "n" * 500}, "names"),
        ({"starts_at_0": ""}, "starts_at"),
        ({"ends_at_0": "2026-01-01", "ends_at_1": "08:00"}, "ends_at"),
        ({"is_featured": "on"}, "is_featured"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, fields, field):
    make_campaign(slug="taken", is_featured=True)
    response = client.post(ADD, typed(**fields))
    assert response.status_code == 422
    assert errors_beside(response, field)
    assert Campaign.objects.count() == 1


def test_the_currency_is_fixed_once_money_has_moved(client):
    campaign = make_campaign(slug="press", raised_minor=100)
    assert change(client, campaign, currency="JPY", goal="6000.00").status_code == 302
    campaign.refresh_from_db()
    assert (campaign.currency, campaign.goal_minor) == ("USD", 600_000)


def test_the_currency_may_change_before(client):
    campaign = make_campaign(slug="press")
    assert change(client, campaign, currency="jpy", goal="6000").status_code == 302
    campaign.refresh_from_db()
    assert (campaign.currency, campaign.goal_minor) == ("JPY", 6_000)


def test_the_list_shows_what_was_raised(client, django_assert_max_num_queries):
    for _number in range(10):
        make_campaign(raised_minor=235_500)
    with django_assert_max_num_queries(12):
        page = client.get(LIST).text
    assert page.count(f"2,355{NBSP}$") == 10
    assert page.count(f"47{NBSP}%") == 10


def test_the_list_warns_of_a_sum_below_zero(client):
    correct(make_campaign(), -5000)
    page = client.get(LIST).text
    assert f"-50{NBSP}$ – readers see 0{NBSP}$: look through the ledger" in page


def test_the_list_says_in_a_word_where_each_stands(client):
    now, hour = timezone.now(), timedelta(hours=1)
    make_campaign(state="draft")
    make_campaign(starts_at=now + hour)
    make_campaign()
    make_campaign(ends_at=now - hour)
    page = client.get(LIST).text
    for word in ("draft", "upcoming", "running", "ended"):
        assert page.count(f'<td class="field-standing">{word}</td>') == 1


def test_campaigns_are_found_by_their_name_in_any_language(client):
    make_campaign(names={"en": "Press", "de": "Druckmaschine"})
    assert "1 campaign" in client.get(f"{LIST}?q=druck").text
    assert "0 campaigns" in client.get(f"{LIST}?q=lighthouse").text


def test_a_name_with_a_script_is_shown_as_text(client):
    campaign = make_campaign(name="<script>alert(1)</script>", raised_minor=100)
    for page in (LIST, f"{LIST}{campaign.pk}/change/", "/admin/fundraising/ledgerentry/"):
        assert "<script>alert" not in client.get(page).text
