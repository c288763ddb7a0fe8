"""Uploading a bank's statement, seeing what was found, taking it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fundraising.importing import forget_statements
from fundraising.models import LedgerEntry, Statement
from fundraising.privacy import erase
from fundraising.references import in_groups
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.test_importing import table

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/statement/"


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser", username="leila")
    client.force_login(person)
    return person


def upload(client, content):
    file = SimpleUploadedFile("statement.csv", content, content_type="text/csv")
    return client.post(f"{LIST}add/", {"file": file})


def opened(client, content):
    """The address of the page of an uploaded file."""
    answer = upload(client, content)
    assert answer.status_code == 302
    return answer["Location"]


def fields_of(client, url, **more):
    """What the page's own form would send."""
    return {name: [value] for name, value in client.get(url).context["form"].kept} | more


def test_what_was_found_is_shown_before_anything_is_recorded(client):
    donation = make_donation(amount_minor=3000)
    url = opened(client, table(f"Ada {donation.reference};25,00", "Ben <b>;5,00"))
    page = client.get(url).text
    assert in_groups(donation.reference) in page
    assert "30\u00a0$ was promised" in page
    assert "Ben &lt;b&gt;" in page
    assert "2 March 2026" in page
    assert not LedgerEntry.objects.exists()


def test_a_file_that_was_emptied_is_uploaded_again_for_what_is_left_in_it(client, leila):
    donation, other = make_donation(email="ada@readers.example"), make_donation()
    content = table(f"{donation.reference};25,00", f"{other.reference};9,00", "Ben;5,00")
    url = opened(client, content)
    client.post(url, fields_of(client, url))
    erase("ada@readers.example", by=leila)
    long_ago = timezone.now() - timedelta(days=40)
    Statement.objects.update(uploaded_at=long_ago)
    page = client.get(url).text
    assert "thirty days have passed, or a giver was to be forgotten" in page
    assert opened(client, content) == url
    forget_statements.func()
    ticked = fields_of(client, url, rows=["4"], campaign=donation.campaign_id)
    assert "1 gift taken." in client.post(url, ticked, follow=True).text
    assert LedgerEntry.objects.count() == 3
    erase(donation.reference, by=leila)
    assert "a giver was to be forgotten" in client.get(url).text


def test_taking_credits_what_is_awaited_and_what_is_ticked(client):
    donation, campaign = make_donation(), make_campaign()
    url = opened(client, table(f"{donation.reference};25,00", "Ben;5,00", "Cem;9,00"))
    ticked = fields_of(client, url, rows=["3"], campaign=campaign.pk)
    answer = client.post(url, ticked, follow=True)
    assert "2 gifts taken." in answer.text
    assert reload(donation.campaign).raised_minor == 2500
    assert reload(campaign).raised_minor == 500
    assert "0 gifts taken." in client.post(url, ticked, follow=True).text
    assert LedgerEntry.objects.count() == 2


def test_the_form_of_a_file_has_one_button(client):
    page = client.get(f"{LIST}add/").text
    assert 'name="_save"' in page
    assert not any(name in page for name in ("_addanother", "_continue"))


def test_the_same_file_leads_to_the_same_page(client):
    content = table("Ada;5,00")
    assert opened(client, content) == opened(client, content)
    assert Statement.objects.count() == 1


def test_ticked_rows_need_a_campaign(client):
    make_campaign()
    url = opened(client, table("Ada;5,00"))
    answer = client.post(url, fields_of(client, url, rows=["2"]))
    assert answer.status_code == 422
    assert answer.context["choice"].errors["campaign"]
    assert 'value="2" data-minor="500" checked' in answer.text
    assert not LedgerEntry.objects.exists()


def test_where_no_reference_was_found_the_columns_are_unfolded(client):
    donation = make_donation()
    said = "None of our references"
    url = opened(client, table(f"Ada;5,00;{donation.reference}", "Ben;7,00;"))
    page = client.get(url).text
    assert in_groups(donation.reference) in page
    assert (said in page, '<details class="statement-reading">' in page) == (False, True)
    page = client.get(url, fields_of(client, url, texts=["1"])).text
    assert (said in page, '<details class="statement-reading" open>' in page) == (True, True)


def test_rows_that_are_left_aside_are_counted_with_the_reason(client):
    make_campaign()
    url = opened(client, table("Ada;5,00", "Rent;-9,00", "Fee;-1,00", "Balance;"))
    page = client.get(url).text
    assert "2 rows are not shown: they are money going out." in page
    assert "1 row is not shown: it holds no amount in this column." in page
    assert "Rent" not in page
    assert "not shown" not in client.get(opened(client, table("Ada;5,00"))).text


def test_how_it_is_read_can_be_chosen(client):
    make_campaign()
    url = opened(client, b"03/02/2026;Ada;5,00;7,00\n04/02/2026;Ben;6,00;8,00")
    assert "3 February 2026" in client.get(url).text
    chosen = fields_of(client, url, day_order="mdy", amount="3")
    page = client.get(url, chosen).text
    assert "2 March 2026" in page
    assert "7\u00a0$" in page


@pytest.mark.parametrize("fields", [{"delimiter": "x"}, {"date": "99"}, {"heading": "-1"},
                                    {"heading": "9" * 40}, {"currency": "XXX"}, {"texts": []},
                                    {"amount": "\0"}, {"encoding": "rot13"}])  # fmt: skip
def test_a_choice_that_is_none_is_answered_beside_its_field(client, fields):
    make_campaign()
    url = opened(client, table("Ada;5,00"))
    answer = client.get(url, fields_of(client, url, **fields))
    assert answer.status_code == 200
    assert set(fields) <= set(answer.context["form"].errors)
    assert client.post(url, fields_of(client, url, **fields)).status_code == 422


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n;;\r\n", "Nothing stands in this file"),
        (b"PK\x03\x04\x14\x00\x06\x00;workbook.xml;", "no CSV file"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"Date,Text,Amount\n" + b"2026-03-02,Ada,25.00\n" * 5000, "at most 5000 rows"),
        (b'Date,Text,Amount\n"2026-03-02,Ada', "quotation marks"),
    ],
)
def test_a_file_that_is_no_table_is_refused(client, content, said):
    answer = upload(client, content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not Statement.objects.exists()


def test_after_thirty_days_what_was_taken_is_still_listed(client):
    donation = make_donation()
    url = opened(client, table(f"Ada Lovelace {donation.reference};25,00"))
    client.post(url, fields_of(client, url))
    Statement.objects.all().forget()
    page = client.get(url).text
    assert f"/admin/fundraising/ledgerentry/{donation.entries.get().pk}/change/" in page
    assert "Ada Lovelace" not in page
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [("reporter", 403), ("editor", 403), ("moderator", 403), ("chief", 200)]
)
def test_only_those_who_keep_the_ledger_see_statements(client, role, status):
    donation = make_donation()
    url = opened(client, table(f"{donation.reference};25,00"))
    sent = fields_of(client, url)
    client.force_login(make_colleague(role))
    assert [client.get(page).status_code for page in (LIST, f"{LIST}add/", url)] == [status] * 3
    if status == 403:
        assert client.post(url, sent).status_code == 403
        assert not LedgerEntry.objects.exists()


def test_the_list_never_loads_the_files(client, django_assert_max_num_queries):
    for number in range(5):
        opened(client, table(f"Ada;{number + 1},00"))
    with django_assert_max_num_queries(10) as asked:
        client.get(LIST)
    assert not any('statement"."content",' in query["sql"] for query in asked.captured_queries)
