"""Donations at the desk: found, and said of each whether its money came."""

import pytest

from fundraising.models import DonationState, Placement
from fundraising.references import in_groups
from tests.builders import make_article, make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation
from tests.fundraising.test_crediting import received
from tests.fundraising.test_ledger_desk import desk_user

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/donation/"
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


def test_the_list_tells_what_was_promised_and_what_came(client):
    article = make_article(headline="The quay")
    donation = make_donation(amount_minor=2500, article=article, placement=Placement.AFTER)
    received(donation, amount_minor=2000)
    page = client.get(LIST).text
    assert in_groups(donation.reference) in page
    assert f"25{NBSP}$" in page
    assert f"20{NBSP}$" in page
    assert 'after the article: <bdi lang="en">The quay</bdi>' in page


def test_the_list_is_narrow_and_its_filters_have_good_names(client):
    long = "The harbour bridge sings again in the wind of November"
    donation = make_donation(article=make_article(headline=long))
    page = client.get(LIST).text
    assert long not in page and '<bdi lang="en">The harbour bridge sing…</bdi>' in page
    assert donation.campaign.name not in page[page.index('id="result_list"') :].split("</table>")[0]
    assert "By origin" in page and "came from" not in page
    assert long in client.get(f"{LIST}{donation.pk}/change/").text


@pytest.mark.parametrize(
    "asked",
    ["{reference}", "{groups}", "  {groups} ", "{lower}", "{part}", "25", "25.00", "20.00",
     "Ada L"],
)  # fmt: skip
def test_a_donation_is_found_by_what_somebody_tells(client, asked):
    donation = make_donation(amount_minor=2500, email="ada@example.org", public_name="Ada L.")
    received(donation, amount_minor=2000)
    make_donation(campaign=donation.campaign, amount_minor=9900)
    told = {
        "reference": donation.reference,
        "groups": in_groups(donation.reference),
        "lower": donation.reference.lower(),
        "part": donation.reference[6:],
    }
    page = client.get(LIST, {"q": asked.format(**told)})
    assert [one.pk for one in page.context["cl"].result_list] == [donation.pk]


@pytest.mark.parametrize("asked", ["nobody", "26", "%", "'", "\u202e", "RF00", "9" * 40,
                                   "ada@example.org"])  # fmt: skip
def test_nothing_is_found_by_what_fits_nothing(client, asked):
    make_donation(amount_minor=2500, email="ada@example.org")
    page = client.get(LIST, {"q": asked})
    assert (page.status_code, page.context["cl"].result_count) == (200, 0)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"state__exact": "paid"}, 1),
        ({"way": "bank"}, 1),
        ({"way": "\0"}, 2),
        ({"way": "nothing"}, 2),
        ({"placement__exact": "after"}, 1),
        ({"is_test__exact": "0"}, 2),
    ],
)
def test_the_list_can_be_filtered(client, filters, count):
    campaign = make_campaign()
    received(make_donation(campaign=campaign, placement="after"))
    make_donation(campaign=campaign, provider="stripe")
    assert client.get(LIST, filters).context["cl"].result_count == count


def test_the_list_costs_the_same_for_many(client, django_assert_max_num_queries):
    campaign = make_campaign()
    for _number in range(20):
        received(make_donation(campaign=campaign, article=make_article()))
    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_a_donation_is_shown_but_never_changed_or_deleted(client):
    donation = make_donation(email="ada@example.org", message="Good luck!")
    url = f"{LIST}{donation.pk}/change/"
    page = client.get(url).text
    assert "ada@example.org" in page
    assert "Good luck!" in page
    assert 'name="_save"' not in page
    assert client.post(url, {"amount_minor": 1}).status_code == 403
    assert client.post(f"{LIST}{donation.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize(
    ("state", "provider", "offered"),
    [
        (DonationState.PENDING, "bank", {"receive", "cancel"}),
        (DonationState.CREATED, "bank", {"receive", "cancel"}),
        (DonationState.EXPIRED, "bank", {"receive"}),
        (DonationState.PENDING, "stripe", set()),
    ],
)
def test_what_may_be_said_is_offered(client, state, provider, offered):
    donation = make_donation(state=state, provider=provider)
    page = client.get(f"{LIST}{donation.pk}/change/").text
    assert {act for act in ("receive", "give-back", "cancel") if f"/{act}/" in page} == offered


def test_of_a_gift_that_came_giving_back_is_offered(client):
    donation = make_donation()
    received(donation)
    page = client.get(f"{LIST}{donation.pk}/change/").text
    assert f"{LIST}{donation.pk}/give-back/" in page
    assert "/receive/" not in page


def test_who_may_only_look_is_shown_no_way_to_act(client):
    donation = make_donation()
    desk_user(client, "view_donation")
    page = client.get(f"{LIST}{donation.pk}/change/")
    assert (page.status_code, "/receive/" in page.text) == (200, False)
