"""The figures for other sites, and for pages that are open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import make_site, make_user
from tests.fundraising.builders import correct, make_campaign, make_gift

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
JSON = "/support/press.json"


@pytest.fixture(autouse=True)
def _site():
    make_site(editions=("en", "de", "ar"))


def test_integers_and_words_of_a_campaign(client):
    campaign = make_campaign(slug="press", raised_minor=235_500)
    answer = client.get(JSON).json()
    entry = campaign.entries.get()
    assert (answer["raised_minor"], answer["goal_minor"], answer["currency"]) == (
        235_500, 500_000, "USD"
    )  # fmt: skip
    assert (answer["percent"], answer["supporters"], answer["state"]) == (47, 1, "running")
    assert answer["url"].endswith("/support/press/")
    assert answer["as_of"] == entry.recorded_at.isoformat()[:23] + "Z"
    assert answer["formatted"]["raised"] == f"2,355{NBSP}$"
    assert answer["bar"]["now"] == 2355 and answer["missing_units"] == 2645


@pytest.mark.parametrize(
    ("prefix", "raised"),
    [("", f"2,355{NBSP}$"), ("/de", f"2.355{NBSP}$"), ("/ar", f"2,355{NBSP}US$")],
)
def test_every_edition_has_its_own_words(client, prefix, raised):
    make_campaign(slug="press", raised_minor=235_500, names={"en": "Press", "de": "Presse"})
    answer = client.get(f"{prefix}{JSON}").json()
    assert raised in answer["formatted"]["raised"]
    assert answer["name"] == ("Presse" if prefix == "/de" else "Press")
    assert answer["bar"]["start"] == ("52.9%" if prefix == "/ar" else "0.0%")


def test_without_a_goal_nothing_is_measured_by_it(client):
    make_campaign(slug="press", raised_minor=100, goal_minor=None)
    answer = client.get(JSON).json()
    assert answer["goal_minor"] is None and answer["percent"] is None and "bar" not in answer


@pytest.mark.parametrize(
    ("raised_minor", "missing"), [(235_500, 2645), (235_550, 2645), (499_999, 1), (500_000, 0)]
)
def test_what_is_missing_is_in_whole_units_rounded_up(client, raised_minor, missing):
    make_campaign(slug="press", raised_minor=raised_minor)
    assert client.get(JSON).json()["missing_units"] == missing


def test_what_is_missing_is_right_where_the_currency_has_no_decimals(client):
    make_campaign(slug="press", raised_minor=2_355, goal_minor=5_000, currency="JPY")
    assert client.get(JSON).json()["missing_units"] == 2_645


def test_less_than_nothing_is_nothing(client):
    correct(make_campaign(slug="press"), -100)
    assert client.get(JSON).json()["raised_minor"] == 0


def test_an_ended_campaign_says_so(client):
    make_campaign(slug="press", ends_at=timezone.now())
    assert client.get(JSON).json()["state"] == "ended"


def test_any_site_may_read_it(client):
    make_campaign(slug="press")
    response = client.get(JSON)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "fields", [{"state": "draft"}, {"starts_at": timezone.now() + timedelta(days=999)}]
)
@pytest.mark.parametrize("address", [JSON, "/support/press/", "/support/press/embed/"])
def test_what_has_not_begun_is_unknown_everywhere(client, fields, address):
    make_campaign(slug="press", name="Secret roof", is_featured=True, **fields)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert client.get(address).status_code == 404
    for other in ("/support/", "/sitemaps/pages.xml"):
        page = client.get(other).text
        assert "Secret roof" not in page and "/support/press/" not in page


def test_an_unknown_one_is_404(client):
    assert client.get("/support/nothing.json").status_code == 404


def test_it_is_only_read(client):
    make_campaign(slug="press")
    assert client.post(JSON, HTTP_SEC_FETCH_SITE="same-origin").status_code == 405


def test_an_unchanged_campaign_answers_the_same_bytes(client):
    campaign = make_campaign(slug="press", raised_minor=100)
    before = client.get(JSON).content
    assert client.get(JSON).content == before
    make_gift(campaign=campaign)
    assert client.get(JSON).content != before


def test_it_costs_three_queries(client, django_assert_num_queries):
    make_campaign(slug="press", raised_minor=100)
    with django_assert_num_queries(3):  # the clock, the campaign, the site
        client.get(JSON)
