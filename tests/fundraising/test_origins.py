"""From where gifts came: by campaign, by article, by place."""

import csv

import pytest

from fundraising.models import LedgerEntry
from fundraising.origins import raised_by
from fundraising.recording import record_refund
from tests.builders import make_article, make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, make_gift
from tests.fundraising.test_crediting import DAY, received

pytestmark = pytest.mark.django_db
PAGE = "/admin/fundraising/donation/origins/"


@pytest.fixture
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


@pytest.fixture
def gifts(leila):
    """25 after an article of which 10 were given back, 5 before it, 2 at the desk, one promise."""
    campaign, article = make_campaign(name="=Press"), make_article(headline="The quay")
    after = make_donation(campaign=campaign, article=article, placement="after")
    before = make_donation(campaign=campaign, article=article, placement="before")
    received(after, by=leila)
    received(before, amount_minor=500, by=leila)
    record_refund(after.entries.get(), amount_minor=1000, occurred_on=DAY, note="Why", by=leila)
    make_gift(campaign=campaign, amount_minor=200, by=leila)
    make_donation(campaign=campaign)
    return campaign


def figures(dimension):
    return {one.name: (one.gifts, one.came_minor, one.left_minor) for one in raised_by(dimension)}


def test_each_gift_counts_where_it_came_from(gifts):
    assert figures("campaign") == {"=Press": (3, 3200, 2200)}
    assert figures("article") == {"The quay (en)": (2, 3000, 2000), "no article": (1, 200, 200)}
    assert figures("placement") == {
        "after the article": (1, 2500, 1500),
        "before the article": (1, 500, 500),
        "recorded by staff, without a donation": (1, 200, 200),
    }


@pytest.mark.parametrize("dimension", ["campaign", "article", "placement"])
def test_all_dimensions_add_up_to_the_ledger(gifts, dimension):
    total = sum(entry.amount_minor for entry in LedgerEntry.objects.all())
    assert sum(one.left_minor for one in raised_by(dimension)) == total == 2200


def test_an_article_that_was_deleted_is_no_article(gifts):
    gifts.donations.update(article=None)
    assert figures("article") == {"no article": (3, 3200, 2200)}


def test_currencies_are_never_added(leila):
    for currency in ("USD", "JPY"):
        make_gift(campaign=make_campaign(currency=currency), amount_minor=500, by=leila)
    assert len(raised_by("placement")) == 2


def test_the_page_shows_them(client, gifts):
    page = client.get(PAGE).text
    for text in ("=Press", "The quay", "after the article", "22\u00a0$", "15\u00a0$"):
        assert text in page


def test_csv_is_harmless_and_plain(client, gifts):
    answer = client.get(f"{PAGE}campaign.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="raised-by-campaign.csv"' in answer["Content-Disposition"]
    rows = [*csv.reader(answer.text.removeprefix("\ufeff").splitlines())]
    assert rows == [["name", "currency", "gifts", "came", "left"],
                    ["'=Press", "USD", "3", "32.00", "22.00"]]  # fmt: skip


def test_an_unknown_table_is_404(client, leila):
    assert client.get(f"{PAGE}donor.csv").status_code == 404


def test_the_page_costs_the_same_for_many(client, leila, django_assert_max_num_queries):
    for _number in range(10):
        received(make_donation(article=make_article()), by=leila)
    with django_assert_max_num_queries(9):
        client.get(PAGE)


@pytest.mark.parametrize(
    "url", [PAGE, f"{PAGE}article.csv", "/admin/fundraising/ledgerentry/check/"]
)
@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 403), ("editor", 403), ("moderator", 403), ("fundraiser", 200), ("chief", 200)],
)
def test_only_those_who_keep_the_ledger_look(client, leila, url, role, status):
    client.force_login(make_colleague(role))
    assert client.get(url).status_code == status
    assert client.post(url).status_code in (403, 405)


def test_what_is_to_be_looked_at_is_linked(client, leila):
    donation = make_donation(state="paid")
    page = client.get("/admin/fundraising/ledgerentry/check/").text
    assert "Paid, but the ledger has no gift (1)" in page
    assert f'/admin/fundraising/donation/{donation.pk}/change/"' in page
