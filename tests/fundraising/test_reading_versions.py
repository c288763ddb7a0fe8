"""Who reads a statement otherwise than others did meanwhile."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from fundraising.importing import take_statement
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, reload
from tests.fundraising.test_importing import table, take, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila():
    return make_colleague("fundraiser", username="leila")


def test_who_has_not_seen_how_it_was_read_meanwhile_takes_nothing(leila):
    content, campaign = table("Ada;5,00;7,00", "Ben;6,00;8,00"), make_campaign()
    statement, reading = upload(content, leila)
    otherwise = replace(reading, amount=3)
    take(content, leila, {2: campaign})
    with pytest.raises(ValidationError, match="read otherwise") as refused:
        take_statement(statement, otherwise, assigned={3: campaign}, seen="", by=leila)
    assert (refused.value.code, reload(campaign).raised_minor) == ("stale", 500)
    [same] = take_statement(statement, reading, assigned={3: campaign}, seen="", by=leila)
    assert same.amount_minor == 600


def test_who_has_seen_it_may_read_the_rest_otherwise(leila):
    content, campaign = table("Ada;5,00;7,00", "Ben;6,00;8,00"), make_campaign()
    take(content, leila, {2: campaign})
    statement, reading = upload(content, leila)
    otherwise, seen = replace(reading, amount=3), statement.version
    take_statement(statement, otherwise, assigned={2: campaign, 3: campaign}, seen=seen, by=leila)
    statement.refresh_from_db()
    assert (reload(campaign).raised_minor, statement.reading["amount"]) == (1300, 3)
    assert statement.version != seen
