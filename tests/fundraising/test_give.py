"""The form of who gives: what it takes, what it refuses, and where it leads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from fundraising.models import Donation, DonationState, LedgerEntry
from tests.builders import make_article, make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation
from tests.fundraising.checkout import MOST

pytestmark = pytest.mark.django_db
FORM = "/support/press/give/"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def campaign():
    make_site()
    return make_campaign(slug="press", suggested_minor=[500, 2500], minimum_minor=200)


def typed(**changed):
    return {"amount": "2500", "provider": "bank", "form_token": str(uuid4()), **changed}


def test_a_transfer_is_promised_and_led_to_its_own_page(client):
    response = client.post(FORM, typed(email="Ada@example.org", message="For the letter e"))
    donation = Donation.objects.get()
    assert (response.status_code, response["Location"]) == (303, donation.get_absolute_url())
    assert (donation.amount_minor, donation.currency) == (2500, "USD")
    assert (donation.state, donation.provider) == (DonationState.PENDING, "bank")
    assert (donation.email, donation.message) == ("ada@example.org", "For the letter e")
    assert (donation.is_public, donation.language) == (False, "en")
    assert not LedgerEntry.objects.exists() and not response.cookies


def test_a_payment_goes_on_at_the_provider(client, checkout):
    response = client.post(FORM, typed(provider="checkout"))
    donation = Donation.objects.get()
    back = f"http://localhost:8000{donation.get_absolute_url()}"
    assert response.status_code == 303
    assert response["Location"] == f"https://pay.example/1?back={back}"
    assert donation.state == DonationState.CREATED and not donation.is_test


def test_a_provider_in_test_mode_makes_a_trial(client, checkout):
    checkout.is_test = True
    client.post(FORM, typed(provider="checkout"))
    assert Donation.objects.get().is_test


@pytest.mark.parametrize(
    ("prefix", "text", "minor"),
    [("", "12.50", 1250), ("/de", "12,50", 1250), ("/tr", "12,5", 1250), ("/ru", "12", 1200),
     ("/ar", "١٢٫٥", 1250), ("/ar", "12.50", 1250)],
)  # fmt: skip
def test_an_amount_is_typed_as_in_the_readers_language(client, prefix, text, minor):
    assert client.post(prefix + FORM, typed(amount="other", own_amount=text)).status_code == 303
    donation = Donation.objects.get()
    assert (donation.amount_minor, donation.language) == (minor, prefix[1:] or "en")


BAD = [
    ({"amount": ""}, "Choose an amount."),
    ({"amount": "501"}, "Select a valid choice."),
    ({"amount": "other"}, "Write the amount."),
    ({"amount": "other", "own_amount": "0"}, "must be more than zero"),
    ({"amount": "other", "own_amount": "-5"}, "cannot be negative"),
    ({"amount": "other", "own_amount": "NaN"}, "This is no amount"),
    ({"amount": "other", "own_amount": "1e9"}, "This is no amount"),
    ({"amount": "500", "own_amount": "20"}, "You chose 5\u00a0$ and wrote another amount."),
    ({"amount": "500", "own_amount": "abc"}, "You chose 5\u00a0$ and wrote another amount."),
    ({"amount": "other", "own_amount": "1,000"}, "Write decimals after “.” and no thousands marks"),
    ({"amount": "other", "own_amount": "5.005"}, "at most 2 decimals"),
    ({"amount": "other", "own_amount": "9" * 30}, "too large"),
    ({"amount": "other", "own_amount": "9" * 50}, "at most 40 characters"),
    ({"amount": "other", "own_amount": "1.99"}, "Please give at least 2\u00a0$."),
    ({"provider": "paypal"}, "Select a valid choice."),
    ({"provider": ""}, "This field is required."),
    ({"is_public": "on"}, "Write the name that is to stand there."),
    ({"is_public": "on", "public_name": "\u2800"}, "Nothing of this can be seen"),
    ({"is_public": "on", "public_name": "x" * 81}, "at most 80 characters"),
    ({"email": "nobody"}, "Enter a valid email address."),
    ({"message": "x" * 501}, "at most 500 characters"),
    ({"message": "a\x00b"}, "Null characters are not allowed."),
    ({"website": "https://spam.example"}, "Leave this field empty."),
    ({"form_token": "x"}, "Please look at this once more"),
    ({"form_token": ""}, "Please look at this once more"),
]


@pytest.mark.parametrize(("changed", "said"), BAD)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, changed, said):
    kept = {"email": "ada@example.org", "message": "For the letter e"}
    response = client.post(FORM, typed(**{**kept, **changed}))
    assert response.status_code == 422 and not Donation.objects.exists()
    assert said in response.text and 'role="alert"' in response.text
    if "email" not in changed:
        assert 'value="ada@example.org"' in response.text
    if "message" not in changed:
        assert "For the letter e</textarea>" in response.text


def test_the_same_amount_chosen_and_written_is_one(client):
    assert client.post(FORM, typed(amount="500", own_amount="$5")).status_code == 303
    assert Donation.objects.get().amount_minor == 500


def test_more_than_the_provider_takes_is_refused(client, checkout):
    data = typed(amount="other", provider="checkout")
    response = client.post(FORM, data | {"own_amount": str(MOST // 100 + 1)})
    assert response.status_code == 422 and "At most 1,000\u00a0$" in response.text
    assert client.post(FORM, data | {"own_amount": str(MOST // 100)}).status_code == 303


def test_five_hundred_characters_count_each_line_break_once(client):
    assert client.post(FORM, typed(message="a\r\n" * 249 + "bc")).status_code == 303
    assert len(Donation.objects.get().message) == 500


def test_a_form_without_a_token_is_kept_to_be_sent_once_more(client):
    data = typed(own_amount="12.50", amount="other")
    del data["form_token"]
    page = client.post(FORM, data)
    token = page.context["form"]["form_token"].value()
    assert 'value="12.50"' in page.text and f'value="{token}"' in page.text
    for _click in range(2):
        assert client.post(FORM, data | {"form_token": token}).status_code == 303
    assert Donation.objects.count() == 1


def test_each_form_has_a_token_of_its_own_and_is_never_kept(client):
    first, second = client.get(FORM), client.get(FORM)
    tokens = {page.context["form"]["form_token"].value() for page in (first, second)}
    assert len(tokens) == 2
    assert {"private", "no-store"} <= set(first["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex">' in first.text and not first.cookies


@pytest.mark.parametrize(
    ("query", "shown"),
    [("amount=500", 'value="500" id="id_amount_0" checked'),
     ("amount=other&own_amount=7.25", 'value="7.25"'),
     ("amount=%3Cb%3E&own_amount=%22x", "&quot;x")],
)  # fmt: skip
def test_the_form_begins_with_the_amount_that_was_chosen_before(client, query, shown):
    response = client.get(f"{FORM}?{query}")
    assert response.status_code == 200 and shown in response.text


def test_one_way_is_not_asked_for_and_two_are(client, request):
    assert 'type="hidden" name="provider" value="bank"' in client.get(FORM).text
    request.getfixturevalue("checkout")
    page = client.get(FORM).text
    assert "Bank transfer" in page and "Card" in page and page.count('name="provider"') == 2


def test_a_campaign_without_any_way_says_so(client):
    make_campaign(slug="later", how_to_give={})
    assert "online at the moment" in client.get("/support/later/give/").text
    response = client.post("/support/later/give/", typed(amount="", own_amount="5"))
    assert response.status_code == 422 and not Donation.objects.exists()


def test_where_no_amount_is_suggested_it_is_typed(client):
    make_campaign(slug="bell")
    assert 'type="radio"' not in client.get("/support/bell/give/").text
    assert client.post("/support/bell/give/", typed(own_amount="5")).status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_ended_campaign_says_so_and_an_unknown_one_is_not_there(client, campaign, method):
    ask = getattr(client, method)
    campaign.ends_at = timezone.now()
    campaign.save()
    response = ask(FORM, typed())
    assert response.status_code == 410 and "This campaign has ended" in response.text
    make_campaign(slug="draft", state="draft")
    make_campaign(slug="soon", starts_at=timezone.now() + timedelta(hours=1))
    for slug in ("draft", "soon", "unknown"):
        assert ask(f"/support/{slug}/give/", typed()).status_code == 404
    assert not Donation.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_form_only_takes_get_and_post(client, method):
    assert getattr(client, method)(FORM).status_code == 405
    assert client.head(FORM).status_code == 200


def test_another_sites_form_is_refused():
    strict = Client(enforce_csrf_checks=True)
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 303)):
        headers = {"Sec-Fetch-Site": site}
        assert strict.post(FORM, typed(), headers=headers).status_code == status
    assert Donation.objects.count() == 1


def test_the_desk_gives_like_everybody(client):
    client.force_login(make_colleague("fundraiser"))
    assert client.post(FORM, typed()).status_code == 303
    assert client.get(FORM).text.count("csrfmiddlewaretoken") == 0


@pytest.mark.parametrize(
    ("placement", "kept"), [("before", "before"), ("after", "after"), ("embed", "embed"),
                            ("campaign", "campaign"), ("", ""), ("x", "")],
)  # fmt: skip
def test_a_gift_knows_from_where_it_came(client, placement, kept):
    article = make_article()
    asked = {"article": article.pk, "from": placement}
    page = client.get(FORM, asked).text
    assert f'name="article" value="{article.pk}"' in page
    assert client.post(FORM, typed(**asked)).status_code == 303
    assert Donation.objects.values_list("article", "placement").get() == (article.pk, kept)


@pytest.mark.parametrize("article", ["x", "0", "-1", "9" * 30, "٣", "999999999", "draft"])
def test_a_forged_article_is_ignored_and_the_gift_goes_on(client, article):
    if article == "draft":
        article = make_article(status="draft").pk
    assert client.get(FORM, {"article": article}).status_code == 200
    assert client.post(FORM, typed(article=article)).status_code == 303
    assert Donation.objects.get().article is None


def test_of_a_gift_that_failed_only_the_amount_is_typed_once(client, campaign):
    fields = {"email": "ada@example.org", "message": "For the letter e"}
    failed = make_donation(campaign=campaign, amount_minor=725, state="failed", **fields)
    for state in ("failed", "expired", "canceled"):
        Donation.objects.update(state=state)
        page = client.get(FORM, {"again": failed.public_id}).text
        assert 'value="7.25"' in page and '<meta name="referrer" content="strict-origin">' in page
        assert "ada@example.org" not in page and "For the letter e" not in page
    for state in ("created", "pending", "paid"):
        Donation.objects.update(state=state)
        for again in (failed.public_id, uuid4(), "x"):
            response = client.get(FORM, {"again": again})
            assert response.status_code == 200 and 'value="7.25"' not in response.text
