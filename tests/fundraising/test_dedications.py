"""Names and messages of gifts: decided on before readers see them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fundraising.models import Donation, Moderation
from fundraising.moderating import hide, show
from pagecache import running
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/dedication/"
WORDS = {"public_name": "Ada Lind", "is_public": True, "message": "Print <b>on</b>!"}


def dedicated(**fields):
    return make_donation(**{"state": "paid", **WORDS, **fields})


@pytest.mark.parametrize("verb", [show, hide])
@pytest.mark.parametrize("first", Moderation.values)
def test_each_decision_holds_from_every_state_and_is_logged_once(verb, first):
    donation, tomasz = dedicated(moderation=first), make_colleague("moderator")
    decision = {show: Moderation.SHOWN, hide: Moderation.HIDDEN}[verb]
    assert verb(Donation.objects.all(), by=tomasz) == (first != decision)
    assert verb(Donation.objects.all(), by=tomasz) == 0
    donation.refresh_from_db()
    assert donation.moderation == decision
    logged = list(LogEntry.objects.values_list("user", "object_repr", "change_message"))
    assert logged == ([(tomasz.pk, f"#{donation.pk}", decision)] if first != decision else [])


@pytest.mark.parametrize(
    "fields",
    [{"state": "pending"}, {"is_test": True}, {"is_public": False, "message": ""}],
)
def test_there_is_nothing_to_decide_of_what_readers_will_not_see(fields):
    dedicated(**fields)
    assert not Donation.objects.in_moderation_queue().exists()
    assert show(Donation.objects.all(), by=make_colleague("chief")) == 0
    assert Donation.objects.get().moderation == Moderation.HELD


@pytest.mark.parametrize("role", ["moderator", "fundraiser", "chief", "editor", "reporter"])
def test_who_may_decide(role):
    dedicated()
    person = make_colleague(role)
    if role in ("moderator", "fundraiser", "chief"):
        assert show(Donation.objects.all(), by=person) == 1
        return
    with pytest.raises(PermissionDenied):
        show(Donation.objects.all(), by=person)
    assert Donation.objects.get().moderation == Moderation.HELD


def test_a_decision_drops_the_campaigns_pages(monkeypatch, django_capture_on_commit_callbacks):
    dropped = []
    monkeypatch.setattr(running, "drop", dropped.extend)
    donations = [dedicated(), dedicated()]
    with django_capture_on_commit_callbacks(execute=True):
        hide(Donation.objects.all(), by=make_colleague("moderator"))
    assert dropped == [f"campaign:{donation.campaign_id}" for donation in donations]


@pytest.mark.django_db(transaction=True)
def test_of_many_moderators_at_once_each_gift_is_decided_once():
    campaign, tomasz = make_campaign(), make_colleague("moderator")
    for _number in range(20):
        dedicated(campaign=campaign)

    def decide(number):
        try:
            order = "pk" if number % 2 else "-pk"
            return show(Donation.objects.order_by(order), by=tomasz)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(decide, range(6))) == 20
    assert LogEntry.objects.count() == 20


@pytest.fixture
def moderator(client):
    make_site()
    client.force_login(make_colleague("moderator"))
    return client


def test_the_desk_shows_what_was_written_and_neither_address_nor_amount(moderator):
    donation = dedicated(email="ada@readers.example", amount_minor=777_700)
    for address in (f"{LIST}?moderation__exact=held", f"{LIST}{donation.pk}/change/"):
        page = moderator.get(address).text
        assert "Ada Lind" in page and "Print &lt;b&gt;on&lt;/b&gt;!" in page
        assert "ada@readers.example" not in page and "7,777" not in page
        assert donation.reference not in page


def test_an_anonymous_giver_has_no_name_at_this_desk(moderator):
    dedicated(is_public=False)
    page = moderator.get(LIST).text
    assert "Ada Lind" not in page and "anonymous" in page


def test_a_moderator_decides_on_the_list(moderator):
    donation = dedicated()
    sent = {"action": "show_selected", "_selected_action": [donation.pk]}
    page = moderator.post(LIST, sent, follow=True).text
    assert "1 gift changed." in page
    donation.refresh_from_db()
    assert donation.moderation == Moderation.SHOWN


def test_nobody_rewrites_what_was_written(moderator):
    donation = dedicated()
    sent = {"public_name": "Eve", "moderation": "shown"}
    assert moderator.post(f"{LIST}{donation.pk}/change/", sent).status_code == 403
    assert moderator.post(f"{LIST}{donation.pk}/delete/", {"post": "yes"}).status_code == 403
    assert moderator.get(f"{LIST}add/").status_code == 403
    donation.refresh_from_db()
    assert (donation.public_name, donation.moderation) == ("Ada Lind", Moderation.HELD)


def test_the_list_takes_as_many_queries_for_many_as_for_one(moderator, django_assert_num_queries):
    dedicated()
    with CaptureQueriesContext(connection) as queries:
        moderator.get(LIST)
    for _number in range(10):
        dedicated(campaign=make_campaign())
    with django_assert_num_queries(len(queries)):
        moderator.get(LIST)
