from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from fundraising.models import Campaign
from tests.builders import make_colleague, make_site, make_user
from tests.fundraising.builders import make_campaign, make_gift

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _site():
    make_site()


def test_a_reader_sees_the_bar_the_story_and_how_to_give(client):
    campaign = make_campaign(slug="press")
    make_gift(campaign=campaign, amount_minor=200_000)
    make_gift(campaign=campaign, amount_minor=35_500)
    page = client.get("/support/press/").text
    assert f"47{NBSP}% of 5,000{NBSP}$, 2,645{NBSP}$ to go" in page
    assert 'role="progressbar"' in page
    assert "The old press has served for sixty years." in page
    assert "In cash at our desk, Mole Street 4." in page
    assert f"2,355{NBSP}$ from 2 supporters." in page
    assert "How much would you like to give?" not in page  # the campaign suggests no amounts
    assert 'name="own_amount"' in page and 'action="/support/press/give/"' in page


def test_the_page_names_no_person_and_no_note(client):
    campaign = make_campaign(slug="press")
    make_gift(campaign=campaign, by=make_colleague("fundraiser", username="fatima-al-amin"))
    page = client.get("/support/press/").text
    assert "fatima-al-amin" not in page


@pytest.mark.parametrize(
    ("prefix", "shown"),
    [("", f"2,355{NBSP}$"), ("/de", f"2.355{NBSP}$"), ("/ru", f"2{NBSP}355{NBSP}$"),
     ("/ar", f"2,355{NBSP}US$"), ("/tr", f"2.355{NBSP}$")],
)  # fmt: skip
def test_every_edition_has_the_page(client, prefix, shown):
    make_campaign(slug="press", raised_minor=235_500, names={"en": "Press", "de": "Presse"})
    page = client.get(f"{prefix}/support/press/").text
    assert shown in page
    assert ("Presse</h1>" in page) == (prefix == "/de")


def test_the_bar_is_mirrored_in_arabic(client):
    make_campaign(slug="press", raised_minor=235_500)
    assert 'x="52.9%" y="2" width="47.1%"' in client.get("/ar/support/press/").text
    assert 'x="0.0%" y="2" width="47.1%"' in client.get("/support/press/").text


def test_an_ended_campaign_keeps_its_page_but_asks_for_nothing(client):
    make_campaign(slug="press", raised_minor=600_000, ends_at=timezone.now())
    page = client.get("/support/press/").text
    day = date_format(timezone.now())
    assert page.count("ended") == page.count(f"This campaign ended on {day}.") + 1  # a class
    assert "From 1 supporter." in page and "embed-code" not in page
    assert f"6,000{NBSP}$ of 5,000{NBSP}$ raised, 120{NBSP}%" in page
    assert "to go" not in page and "Updated" not in page
    assert "In cash at our desk" not in page


def test_a_campaign_without_gifts_says_so_and_has_no_time(client):
    make_campaign(slug="press")
    page = client.get("/support/press/").text
    assert '<span class="goal-as-of">No gift has come yet</span>' in page
    assert "supporter" not in page.replace("goal-supporters", "")
    assert "Updated" not in page and client.get("/support/press.json").json()["as_of"] is None
    make_gift(campaign=Campaign.objects.get())
    assert "Updated" in client.get("/support/press/").text


def test_a_campaign_that_has_not_begun_is_unknown(client):
    campaign = make_campaign(slug="press", starts_at=timezone.now() + timedelta(hours=1))
    assert client.get("/support/press/").status_code == 404
    campaign.starts_at = timezone.now()
    campaign.save()
    assert client.get("/support/press/").status_code == 200


def test_an_unknown_campaign_is_404(client):
    assert client.get("/support/nothing/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(client, method):
    make_campaign(slug="press")
    assert getattr(client, method)("/support/press/").status_code in {403, 405}


def test_scripts_in_texts_are_shown_as_text(client):
    evil = {"en": "<img src=x onerror=alert(1)>"}
    make_campaign(slug="press", names=evil, descriptions=evil, how_to_give=evil)
    page = client.get("/support/press/").text
    assert "<img" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") == 5  # head twice, heading, texts


def test_the_page_is_the_same_for_everybody(client):
    make_campaign(slug="press", raised_minor=235_500)
    guest = client.get("/support/press/")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    member = client.get("/support/press/")
    assert guest.content == member.content
    assert not guest.cookies


def test_its_queries_do_not_grow_with_the_gifts(client, django_assert_num_queries):
    campaign = make_campaign(slug="press")
    for gifts in (0, 30):
        for _gift in range(gifts):
            make_gift(campaign=campaign)
        # the site, the clock, two for the frame, the campaign, its ways, days and dedications
        with django_assert_num_queries(8):
            client.get("/support/press/")


def test_machines_are_told_what_the_campaign_is_for(client):
    make_campaign(slug="press")
    told = '<meta name="description" content="The old press has served for sixty years.'
    assert told in client.get("/support/press/").text
    assert told in client.get("/support/press/give/").text


def test_campaign_without_a_story_is_not_described(client):
    make_campaign(slug="press", descriptions={})
    assert 'name="description"' not in client.get("/support/press/").text
