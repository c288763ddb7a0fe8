"""What the desk's forms change is seen at once; what changes nothing for readers drops nothing."""

from types import SimpleNamespace

import pytest
from django.test import Client

from articles.models import Article, Page, Section
from tests.builders import make_user, picture_file
from tests.newsroom.desk_world import address, form_of, make_world
from tests.newsroom.kept_copies import NOTHING, copies, fates

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EVERYTHING = dict.fromkeys(("story", "another_story", "lists", "campaign"), "gone")
STORY, NEWS, CAMPAIGN = {"story": "gone"}, {"story": "gone", "lists": "gone"}, {"campaign": "gone"}
FORMS = {
    "articles/section/{section}/change/": EVERYTHING,
    "articles/section/add/": EVERYTHING,
    "articles/topic/{topic}/change/": EVERYTHING,
    "articles/topic/add/": NOTHING,
    "articles/series/{series}/change/": EVERYTHING,
    "articles/series/add/": NOTHING,
    "articles/story/{story}/change/": EVERYTHING,
    "articles/contributor/{person}/change/": EVERYTHING,
    "articles/contributor/add/": NOTHING,
    "articles/image/{picture}/change/": EVERYTHING,
    "articles/image/add/": NOTHING,
    "articles/page/{page}/change/": EVERYTHING,
    "articles/page/{page}/delete/": EVERYTHING,
    "articles/redirect/{redirect}/delete/": EVERYTHING,
    "articles/slot/{slot}/change/": {"lists": "gone"},
    "articles/slot/{slot}/delete/": {"lists": "gone"},
    "translations/publication/{publication}/change/": EVERYTHING,
    "translations/sourcework/{source}/change/": EVERYTHING,
    "translations/licence/{licence}/change/": EVERYTHING,
    "translations/permission/{permission}/change/": NOTHING,
    "fundraising/campaign/{campaign}/change/": EVERYTHING,
    "operations/sitesettings/1/change/": EVERYTHING,
    "accounts/user/{user}/change/": EVERYTHING,  # readers see people's names
    "fundraising/ledgerentry/add/": CAMPAIGN,
    "comments/discussion/{conversation}/change/": STORY,
    "comments/protection/{protection}/change/": NOTHING,  # of somebody without stories
    "comments/passage/{question}/change/": STORY,
    "comments/passage/{question}/delete/": STORY,
    "articles/article/{live}/change/?publish": NEWS,
    "articles/article/{live}/change/": NOTHING,  # a draft
    "articles/article/{draft}/change/": NOTHING,
    "articles/article/{draft}/delete/": NOTHING,
    "articles/article/add/": NOTHING,
}

NAMED = {"names_en": "Weather"}
TYPED = {
    "articles/section/add/": NAMED,
    "articles/topic/add/": NAMED,
    "articles/series/add/": NAMED,
    "articles/contributor/add/": NAMED,
}


@pytest.fixture
def world():
    world = make_world()
    in_story = Article.objects.get(pk=world.live).story_id
    return SimpleNamespace(**vars(world), in_story=in_story)


@pytest.fixture
def desk():
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def kept(world):
    return copies(
        story=f"story:{world.in_story}",
        another_story="story:0",
        lists="lists",
        campaign=f"campaign:{world.campaign}",
    )


def typed(world, path):
    if path.endswith("?publish"):
        return {"_publish": "1"}
    if path.endswith("delete/"):
        return {"post": "yes"}
    if path.startswith("fundraising/ledgerentry"):
        gift = {"campaign": world.campaign, "kind": "gift", "amount": "25.00"}
        return gift | {"occurred_on": "2026-03-02"}
    if path == "articles/image/add/":
        return {"file": picture_file()}
    return TYPED.get(path, {})


@pytest.mark.parametrize(("path", "expected"), FORMS.items())
def test_form_takes_away_what_it_changes(
    desk, world, django_capture_on_commit_callbacks, path, expected
):
    url = address(world, path)
    form = form_of(desk, url) | typed(world, path)
    with kept(world) as store:
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(url, form)
            assert response.status_code == 302, response.context["errors"]
        assert fates(store, *EVERYTHING) == expected


def test_order_of_sections_in_their_list_is_seen_at_once(
    desk, world, django_capture_on_commit_callbacks
):
    form = form_of(desk, "/admin/articles/section/") | {"form-0-position": "7", "_save": "Save"}
    with kept(world) as store:
        with django_capture_on_commit_callbacks(execute=True):
            desk.post("/admin/articles/section/", form)
        assert fates(store, *EVERYTHING) == EVERYTHING
    assert Section.objects.get().position == 7


def test_pages_deleted_together_are_gone_at_once(desk, world, django_capture_on_commit_callbacks):
    chosen = {"action": "delete_selected", "_selected_action": world.page, "post": "yes"}
    with kept(world) as store:
        with django_capture_on_commit_callbacks(execute=True):
            desk.post("/admin/articles/page/", chosen)
        assert fates(store, *EVERYTHING) == EVERYTHING
    assert not Page.objects.exists()


def test_form_that_is_refused_takes_nothing_away(desk, world, django_capture_on_commit_callbacks):
    url = address(world, "articles/section/{section}/change/")
    form = form_of(desk, url) | {"names_en": ""}
    with kept(world) as store:
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.post(url, form).status_code == 422
        assert fates(store, *EVERYTHING) == NOTHING


def test_reading_the_desk_takes_nothing_away(desk, world, django_capture_on_commit_callbacks):
    with kept(world) as store:
        with django_capture_on_commit_callbacks(execute=True):
            for path in FORMS:
                assert desk.get(address(world, path)).status_code == 200
        assert fates(store, *EVERYTHING) == NOTHING
