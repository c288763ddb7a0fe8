"""Two people have the form of one campaign open: the second sees what the first has saved."""

import pytest

from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign
from tests.fundraising.test_ending import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    make_site()
    client.force_login(make_colleague("fundraiser"))
    return make_campaign(slug="press")


def test_a_form_opened_before_another_was_saved_is_refused_with_what_differs(client, campaign):
    address, fields = opened(client, campaign)
    assert client.post(address, fields | {"goal": "6000.00"}).status_code == 302
    refused = client.post(address, fields | {"names_en": "A better press"})
    assert (refused.status_code, "Somebody saved this campaign" in refused.text) == (422, True)
    assert "<del>6000" in refused.text and "<ins>5000" in refused.text
    assert 'value="A better press"' in refused.text
    campaign.refresh_from_db()
    assert (campaign.name, campaign.goal_minor) == ("A new printing press", 600_000)


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ({"is_featured": "on"}, "Shown on articles"),
        ({"state": "draft"}, "State"),
        ({"slug": "roof"}, "Slug"),
        ({"starts_at_0": "2026-02-02"}, "Starts"),
        ({"suggested": "5; 10"}, "Suggested amounts"),
        ({"descriptions_de": "Alt"}, "Story"),
    ],
)
def test_every_field_that_somebody_else_saved_is_shown(client, campaign, theirs, shown):
    address, fields = opened(client, campaign)
    assert client.post(address, fields | theirs).status_code == 302
    refused = client.post(address, fields)
    form = refused.context["adminform"].form
    assert [label for label, _difference in form.differences] == [shown]


def test_sent_again_it_is_a_decision(client, campaign):
    address, fields = opened(client, campaign)
    client.post(address, fields | {"goal": "6000.00"})
    seen = client.post(address, fields).context["adminform"].form["seen"].value()
    assert client.post(address, fields | {"seen": seen}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.goal_minor == 500_000


def test_a_form_that_does_not_say_what_it_saw_changes_nothing(client, campaign):
    address, fields = opened(client, campaign)
    del fields["seen"]
    assert client.post(address, fields | {"goal": "1.00"}).status_code == 422
    campaign.refresh_from_db()
    assert campaign.goal_minor == 500_000
