"""What is held about a giver: given out whole, and erased for good."""

import json
from getpass import getuser
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from fundraising.models import (
    Donation,
    LedgerEntry,
    ProviderEvent,
    ProviderObject,
    RefundRequest,
    SentMail,
    Statement,
    StatementRow,
)
from fundraising.privacy import erase, export, hashed
from fundraising.receipts import issue
from fundraising.references import in_groups
from pagecache import running
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_donation, pay, reload

pytestmark = pytest.mark.django_db
SENTINELS = ("ada@readers.example", "Ada Lind", "For my aunt", "4242")


@pytest.fixture
def gift():
    """A gift of which everything is held that can be."""
    donation = make_donation(
        provider="stripe", email="ada@readers.example", public_name="Ada Lind", is_public=True,
        message="For my aunt", moderation="shown", payment_url="https://pay.example/ada?4242",
    )  # fmt: skip
    issue(pay(donation))
    SentMail.objects.create(donation=donation, kind="receipt")
    ProviderObject.objects.create(donation=donation, provider="stripe", reference="pi_1")
    RefundRequest.objects.create(
        donation=donation, amount_minor=700, reason="Asked for it", state="refused",
        problem="Too late", requested_by=make_colleague("fundraiser"),
    )  # fmt: skip
    ProviderEvent.objects.create(
        provider="stripe", event_id="evt_1", type="checkout.session.completed", state="done",
        payload={"name": "Ada Lind", "last4": "4242"}, donation=donation,
        occurred_at=timezone.now(),
    )  # fmt: skip
    return donation


def exported(giver):
    out = StringIO()
    call_command("export_donor", giver, stdout=out)
    return json.loads(out.getvalue())


def test_the_export_holds_all_that_there_is(gift):
    make_donation(email="olu@readers.example", message="Not hers")
    (found,) = exported("ADA@readers.example ")["gifts"]
    assert (found["email"], found["public_name"], found["message"]) == SENTINELS[:3]
    assert found["entries"][0]["amount_minor"] == 2500
    assert found["receipts"][0]["number"] == 1
    assert [mail["kind"] for mail in found["mails"]] == ["receipt"]
    assert found["events"][0]["payload"]["last4"] == "4242"
    (refund,) = found["refunds"]
    assert (refund["amount_minor"], refund["problem"]) == (700, "Too late")
    assert found["objects"] == [{"provider": "stripe", "reference": "pi_1"}]


@pytest.mark.parametrize("write", [str, in_groups, str.lower])
def test_who_gave_no_address_is_found_by_the_reference(gift, write):
    other = make_donation(campaign=gift.campaign)
    (found,) = exported(write(other.reference))["gifts"]
    assert found["public_id"] == str(other.public_id)


@pytest.mark.parametrize("giver", ["", " ", "nobody@readers.example", "%", "RF18539007547034"])
def test_of_who_is_unknown_nothing_is_held(gift, giver):
    make_donation()
    assert exported(giver)["gifts"] == []
    assert erase(giver, by=None) == 0


def test_the_export_takes_as_many_queries_for_many_as_for_one(gift, django_assert_num_queries):
    for _number in range(5):
        make_donation(email="ada@readers.example", campaign=gift.campaign)
    with django_assert_num_queries(8):
        assert len(export("ada@readers.example", by=None)["gifts"]) == 6


def test_erasure_leaves_no_word_and_all_the_money(gift):
    again = pay(make_donation(campaign=gift.campaign, donor=gift.donor, email=gift.email))
    before = reload(gift.campaign)
    assert erase("ada@readers.example", by=None) == 2
    after = reload(gift.campaign)
    assert (after.raised_minor, after.supporter_count) == (5000, 1)
    assert after.supporter_count == before.supporter_count
    assert LedgerEntry.objects.count() == 2 and gift.receipt.number == 1
    held = json.dumps([exported(one.reference) for one in (gift, again)])
    assert not [word for word in SENTINELS if word in held]


def test_bank_statements_on_which_the_giver_stands_go_whole(gift):
    leila = make_colleague("fundraiser")
    hers, other = (
        Statement.objects.create(checksum=name, content=b"Ada Lind", uploaded_by=leila)
        for name in ("hers", "other")
    )
    StatementRow.objects.create(statement=hers, number=1, fingerprint="1", entry=gift.entries.get())
    assert len(exported(gift.email)["statements_of"]) == 1
    erase(gift.email, by=leila)
    assert list(Statement.objects.exclude(content=None)) == [other]


def test_erasing_again_changes_nothing(gift):
    assert erase(gift.reference, by=None) == 1
    gift.refresh_from_db()
    first = gift.erased_at
    assert erase(gift.reference, by=None) == 0
    gift.refresh_from_db()
    assert gift.erased_at == first


def test_others_keep_what_they_gave(gift):
    other = make_donation(email="olu@readers.example", message="Hold the press")
    erase("ada@readers.example", by=None)
    other.refresh_from_db()
    assert (other.email, other.message, other.erased_at) == (
        "olu@readers.example", "Hold the press", None,
    )  # fmt: skip


def test_erasure_drops_the_campaigns_pages(gift, monkeypatch, django_capture_on_commit_callbacks):
    dropped = []
    monkeypatch.setattr(running, "drop", dropped.extend)
    with django_capture_on_commit_callbacks(execute=True):
        erase(gift.email, by=None)
    assert dropped == [f"campaign:{gift.campaign_id}"]


def test_the_log_says_who_erased_what_and_not_whose(gift):
    leila = make_colleague("fundraiser")
    for _time in range(2):
        erase(gift.email, by=leila)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (leila, f"#{gift.pk}")
    assert entry.change_message == "erased"


def test_the_log_says_to_whom_what_was_given_and_not_whose(gift, caplog):
    leila = make_colleague("fundraiser")
    caplog.set_level("INFO", "newsroom.fundraising")
    export(f" {gift.email.upper()}", by=leila)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.object_repr) == (leila, str(gift.pk), f"#{gift.pk}")
    assert entry.change_message == f"given out: {hashed(gift.email)}"
    exported(gift.email)
    assert LogEntry.objects.count() == 1
    assert [record.message.split(", ")[0] for record in caplog.records] == [
        f"Given out: {hashed(gift.email)}"
    ] * 2
    assert getuser() in caplog.text and "ada" not in caplog.text.lower()


@pytest.mark.parametrize("role", ["moderator", "editor", "translator"])
@pytest.mark.parametrize("verb", [erase, export])
def test_who_does_not_look_after_givers_may_neither(gift, role, verb):
    with pytest.raises(PermissionDenied):
        verb(gift.email, by=make_colleague(role))
    assert Donation.objects.get(pk=gift.pk).email == gift.email
    assert verb(gift.email, by=make_colleague("chief"))


def test_the_command_says_how_many(gift):
    out = StringIO()
    call_command("erase_donor", gift.email, stdout=out)
    assert out.getvalue() == "Gifts erased: 1\n"
    assert make_campaign() and not Donation.objects.exclude(email="").exists()
