from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fundraising.models import Campaign
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


STARTS = [NOON - 2 * HOUR, NOON, NOON + HOUR]
ENDS = [None, NOON - HOUR, NOON, NOON + HOUR, NOON + 2 * HOUR]


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [(start, end) for start in STARTS for end in ENDS if end is None or end > start],
)
def test_one_campaign_and_many_agree_on_what_runs(starts_at, ends_at):
    campaign = make_campaign(starts_at=starts_at, ends_at=ends_at)
    running = Campaign.objects.running(NOON).exists()
    ended = Campaign.objects.ended(NOON).exists()
    assert (campaign.is_running(NOON), campaign.has_ended(NOON)) == (running, ended)
    assert Campaign.objects.begun(NOON).exists() == (running or ended)
    words = {(False, False): "upcoming", (True, False): "running", (False, True): "ended"}
    assert campaign.standing(NOON) == words[running, ended]


def test_only_one_campaign_is_featured():
    make_campaign(is_featured=True)
    make_campaign(is_featured=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_campaign(is_featured=True)


@pytest.mark.parametrize(
    "fields",
    [{"marks_minor": [0]}, {"marks_minor": [100, -1]}, {"marks_minor": list(range(1, 12))},
     {"suggested_minor": [10**15]}, {"suggested_minor": list(range(1, 8))},
     {"goal_minor": 0}, {"goal_minor": -1}, {"goal_minor": 10**15}, {"currency": "usd"},
     {"starts_at": NOON, "ends_at": NOON}],
)  # fmt: skip
def test_the_database_refuses_an_impossible_campaign(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_campaign(**fields)


def test_a_currency_out_of_use_is_refused_with_words():
    campaign = make_campaign()
    campaign.currency = "DEM"
    with pytest.raises(ValidationError, match="currency in use"):
        campaign.full_clean()
