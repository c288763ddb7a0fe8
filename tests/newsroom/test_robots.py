"""What robots.txt asks of whom, as robots read it."""

from urllib.robotparser import RobotFileParser

import pytest
from django.conf import settings

from newsroom.robots import AI_CRAWLERS
from tests.builders import make_site, make_user
from tests.operations.test_site_settings import PAGE, settings_form

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


def rules_of(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    return rules


@pytest.mark.parametrize("is_allowed", [True, False])
def test_robots_find_the_sitemap_and_keep_out_of_personal_pages(client, is_allowed):
    make_site(allows_ai_crawlers=is_allowed)
    rules = rules_of(client)
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    assert rules.can_fetch("Googlebot", f"{SITE}/articles/ferry/")
    for name in ("admin", "accounts", "me", "preview", "support/gifts"):
        assert not rules.can_fetch("Googlebot", f"{SITE}/{name}/")


def test_crawlers_of_models_read_as_others_do_unless_the_site_says_no(client):
    make_site()
    rules = rules_of(client)
    assert all(rules.can_fetch(name, f"{SITE}/articles/ferry/") for name in AI_CRAWLERS)
    assert not any(rules.can_fetch(name, f"{SITE}/admin/") for name in AI_CRAWLERS)


def test_the_desk_can_send_crawlers_of_models_away(client):
    make_site()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    form = settings_form()
    form.pop("allows_ai_crawlers", None)
    assert client.post(PAGE, form).status_code == 302
    rules = rules_of(client)
    assert not any(rules.can_fetch(name, f"{SITE}/articles/ferry/") for name in AI_CRAWLERS)
    assert rules.can_fetch("bingbot", f"{SITE}/articles/ferry/")


def test_known_crawlers_are_named_once_and_in_order():
    assert sorted(set(AI_CRAWLERS), key=str.lower) == AI_CRAWLERS
    assert {"GPTBot", "CCBot", "Google-Extended"} <= set(AI_CRAWLERS)
    assert not {"Googlebot", "bingbot", "Applebot"} & set(AI_CRAWLERS)
