"""Players from elsewhere may be framed by pages that have one, and by no other."""

import pytest
from django.test import Client

from richtext.embeds import FRAMES
from tests.builders import make_article, make_colleague, make_site

pytestmark = pytest.mark.django_db
EMBED = '<figure class="embed"><a href="https://vimeo.com/12345678">Seals</a></figure>'
ELSEWHERE = EMBED.replace("vimeo.com", "tube.example")


def policy(client: Client, address: str) -> str:
    return client.get(address).headers["Content-Security-Policy"]


def test_page_with_a_player_lets_in_the_listed_frames_and_nothing_more(client: Client):
    make_site()
    plain = policy(client, make_article(body=ELSEWHERE).get_absolute_url())
    framing = policy(client, make_article(body=EMBED).get_absolute_url())
    assert "frame-src" not in plain
    assert framing == f"{plain}; frame-src {' '.join(FRAMES)}"


@pytest.mark.parametrize(("body", "is_loaded"), [(EMBED, True), (ELSEWHERE, False), ("", False)])
def test_script_of_players_is_loaded_where_there_is_one(client: Client, body, is_loaded):
    make_site()
    html = client.get(make_article(body=body or "<p>a</p>").get_absolute_url()).text
    assert ("articles/embeds" in html) is is_loaded


def test_preview_at_the_desk_plays_too(client: Client):
    make_site()
    client.force_login(make_colleague("editor"))
    article = make_article(body=EMBED)
    assert "frame-src https:" in policy(client, f"/admin/articles/article/{article.pk}/preview/")
