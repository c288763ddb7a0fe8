"""Two revisions compared, and three merged where only one side changed a part."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts
from articles.comparing import Side, compared, merged
from articles.models import Status, Topic
from tests.articles.revisions import make_live
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_section,
    make_site,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    return make_live(by=make_editor())


def shown(old, new):
    return {each.key: str(each.html) for each in compared(old, new)}


def test_every_part_is_told_with_its_old_and_its_new_value(article):
    town, person = make_section(slug="town", name="Town"), make_contributor(name="Mina Drost")
    topic = Topic.objects.create(slug="water", names={"en": "Water"})
    old = drafts.snapshot(article)
    line = {"id": None, "contributor": {"id": person.pk, "slug": person.slug}, "role": "editor"}
    new = old | {
        "headline": "The ferry leaves nine minutes later",
        "section": {"id": town.pk, "slug": "town"},
        "topics": [{"id": topic.pk, "slug": "water"}],
        "byline": [*old["byline"], line | {"credited_as": "M. D."}],
        "slug": "nine",
    }
    found = shown(old, new)
    assert [*found] == ["headline", "section", "topics", "byline", "slug"]
    assert "<del>eight</del><ins>nine</ins>" in found["headline"]
    assert found["section"] == "<p><del>Harbour</del></p>\n<p><ins>Town</ins></p>"
    assert found["topics"] == "<p><ins>Water</ins></p>"
    assert "<p>Maren Okafor (reporter)</p>" in found["byline"]
    assert "<ins>M. D., who is Mina Drost (editor)</ins>" in found["byline"]


def test_pictures_stand_side_by_side_with_what_is_said_of_them(article):
    before, after = make_image(alt="A quay"), make_image(alt="A crane")
    old = {"lead_image": {"id": before.pk, "caption": "Old", "alt": "", "is_decorative": False}}
    new = {"lead_image": {"id": after.pk, "caption": "New", "alt": "", "is_decorative": True}}
    html = shown(old, new)["lead_image"]
    assert html.count("<img ") == 2
    assert 'alt="A quay"' in html
    assert "Caption: <del>Old</del><ins>New</ins>" in html
    assert "<ins>Only decoration: yes</ins>" in html
    assert "No picture" in shown({"lead_image": None}, new)["lead_image"]


def test_what_is_gone_is_told_by_its_slug(article):
    gone = {"id": 10**9, "slug": "old-town"}
    html = shown({"section": None}, {"section": gone})["section"]
    assert html == "<p><ins>old-town (gone)</ins></p>"
    assert "harbour" not in shown({"section": None}, {"section": "harbour"})["section"]


def test_change_of_emphasis_and_links_alone_is_shown_by_signs(article):
    old = {"body": "<p>See the <a href='/a/'>plan</a> now</p>"}
    new = {"body": "<p>See the <a href='/b/'>plan</a> <strong>now</strong></p>"}
    html = shown(old, new)["body"]
    assert "**now**" in html
    assert "/b/" in html


def test_links_and_emphasis_are_compared_beside_the_words(article):
    old = {"body": "<p>A ferry.</p><p>See the <a href='/a/'>plan</a> now</p>"}
    new = {"body": "<p>Two ferries.</p><p>See the <a href='/b/'>plan</a> <em>now</em></p>"}
    html = shown(old, new)["body"]
    assert "<del>A ferry.</del>" in html
    assert "<del>/a/</del><ins>/b/</ins>" in html
    assert "_now_" in html
    only_words = shown(old, {"body": old["body"].replace("A ferry", "Two ferries")})["body"]
    assert "plan](" not in only_words


def test_picture_that_takes_another_ones_place_is_shown(article):
    old, new = (f'<figure><img src="/images/{n}/" alt="A ferry"></figure>' for n in (1, 2))
    html = shown({"body": f"<p>One</p>{old}"}, {"body": f"<p>Two</p>{new}"})["body"]
    assert "<del>/images/1/</del><ins>/images/2/</ins>" in html


def test_moments_are_told_in_the_newsrooms_time_and_fractions_do_not_count(article):
    old = {"publish_at": datetime(2026, 5, 1, 6, tzinfo=UTC).isoformat()}
    same = {"publish_at": "2026-05-01T08:00:00.500000+02:00"}
    assert shown(old, same) == {}
    assert "<ins>" in shown(old, {"publish_at": "2026-05-01T09:00:00+00:00"})["publish_at"]


def test_hostile_text_comes_out_as_text(article):
    evil = "<script>alert(1)</script>"
    for key in ("headline", "slug", "body"):
        assert "<script" not in shown({key: "a"}, {key: evil}).get(key, "")


TEXTS = st.sampled_from(["a", "b", "c"])


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_only_what_both_changed_is_left_to_people(base, mine, theirs):
    key = "headline"
    found = merged({key: base}, {key: mine}, {key: theirs}, origin={key: base})
    sides = [each.side for each in found if each.key == key]
    if mine == theirs:
        assert sides == []
    elif base in (mine, theirs):
        assert sides == [Side.THEIRS if base == mine else Side.MINE]
    else:
        assert sides == [Side.BOTH]


def test_part_that_is_not_known_of_mine_is_decided_by_people(article):
    base = drafts.snapshot(make_article(status=Status.DRAFT))
    found = merged(base, {}, base | {"byline": [], "headline": "New"}, origin=base)
    assert [(each.key, each.side, each.mine) for each in found] == [("headline", "both", None)]
