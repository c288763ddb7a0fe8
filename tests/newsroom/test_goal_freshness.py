"""How old a goal bar may be: on its own pages not at all, on others half a minute."""

import json

import pytest
from django.utils import timezone

from pagecache import running
from pagecache.wsgi import MAX_AGE
from tests.builders import make_article, make_site
from tests.fundraising.builders import make_campaign, make_gift
from tests.pagecache.builders import Answer

pytestmark = pytest.mark.django_db
OWN = ["/support/press/", "/support/press.json", "/support/press/embed/"]
BEFORE, AFTER = "2,355", "2,380"


@pytest.fixture
def campaign(cache, monkeypatch):
    make_site()
    make_article(slug="ferry")
    monkeypatch.setattr(running, "store", cache.store)
    return make_campaign(slug="press", is_featured=True, raised_minor=235_500)


@pytest.mark.parametrize("address", OWN)
def test_own_pages_show_a_gift_from_its_commit_on(
    cache, campaign, address, django_capture_on_commit_callbacks
):
    assert [Answer(cache, address).how, Answer(cache, address).how] == ["miss", "hit"]
    with django_capture_on_commit_callbacks(execute=True):
        make_gift(campaign=campaign, amount_minor=2500)
    after = Answer(cache, address)
    assert after.how == "miss" and AFTER in after.body.decode()


def test_article_shows_a_gift_after_half_a_minute_at_most(
    cache, campaign, clock, django_capture_on_commit_callbacks
):
    assert MAX_AGE <= 30 and BEFORE in Answer(cache, "/articles/ferry/").body.decode()
    with django_capture_on_commit_callbacks(execute=True):
        make_gift(campaign=campaign, amount_minor=2500)
    clock.now += MAX_AGE - 0.1
    kept = Answer(cache, "/articles/ferry/")
    assert kept.how == "hit" and BEFORE in kept.body.decode()
    clock.now += 0.1
    assert AFTER in Answer(cache, "/articles/ferry/").body.decode()


def test_who_asks_again_gets_no_body_while_nothing_happens(
    cache, campaign, clock, django_capture_on_commit_callbacks
):
    tag = Answer(cache, OWN[1]).headers["ETag"]
    for _poll in range(3):
        clock.now += MAX_AGE  # made anew each time, and the same
        again = Answer(cache, OWN[1], if_none_match=tag)
        assert (again.status, again.body) == (304, b"")
    with django_capture_on_commit_callbacks(execute=True):
        make_gift(campaign=campaign, amount_minor=2500)
    changed = Answer(cache, OWN[1], if_none_match=tag)
    assert changed.status == 200 and json.loads(changed.body)["raised_minor"] == 238_000


def test_no_page_outlives_the_end_of_the_campaign(cache, campaign, clock):
    campaign.ends_at = timezone.now() + timezone.timedelta(seconds=5)
    campaign.save()
    assert "progressbar" in Answer(cache, "/articles/ferry/").body.decode()
    clock.now += 6
    assert Answer(cache, "/articles/ferry/").how == "miss"
