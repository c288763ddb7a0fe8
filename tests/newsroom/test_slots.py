"""The desk's slots: their form, their list, and the paper at another moment."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Slot, Status
from newsroom.moments import next_moment
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_section, make_site

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_slot_add")
LIST = reverse("admin:articles_slot_changelist")
PREVIEW = reverse("admin:articles_slot_preview")


@pytest.fixture
def desk(client):
    make_site(editions=("en", "de"))
    client.force_login(make_colleague("editor"))
    return client


def typed(article, **fields):
    times = {f"{name}_{part}": "" for name in ("begins_at", "ends_at") for part in (0, 1)}
    return {
        "language": "en", "section": "", "article": article.pk, "position": 1, **times
    } | fields  # fmt: skip


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def test_editor_puts_an_old_article_at_the_top(desk, client):
    old = make_article(headline="The old story", publish_at=in_hours(-90))
    make_article()
    assert desk.post(ADD, typed(old, is_pinned="on")).status_code == 302
    client.logout()
    page = client.get("/")
    assert page.context["front"].lead == old


def test_article_of_another_edition_is_refused_beside_its_field(desk):
    answer = desk.post(ADD, typed(make_article(language="de")))
    assert answer.status_code == 422
    told = answer.context["adminform"].form.errors["article"]
    assert told == ["This article is in Deutsch; the slot is on a page in English."]
    assert not Slot.objects.exists()


@pytest.mark.parametrize("position", ["0", "41", "x"])
def test_position_that_no_page_has_is_refused(desk, position):
    answer = desk.post(ADD, typed(make_article(), position=position))
    assert answer.status_code == 422
    assert not Slot.objects.exists()


def test_slot_that_ends_before_it_begins_is_refused(desk):
    times = {"begins_at_0": "2026-12-02", "begins_at_1": "08:00"}
    times |= {"ends_at_0": "2026-12-01", "ends_at_1": "08:00"}
    answer = desk.post(ADD, typed(make_article(), **times))
    assert (answer.status_code, Slot.objects.count()) == (422, 0)
    assert "would end before it begins" in answer.text


def test_form_of_one_edition_offers_its_articles_alone(desk):
    make_article(headline="Ferry news"), make_article(headline="Fähre", language="de")
    filters = {"_changelist_filters": "language=de&page=front"}
    page = desk.get(ADD, filters)
    assert "Fähre" in page.text and "Ferry news" not in page.text
    assert page.context["adminform"].form.initial["language"] == "de"
    asked = {"app_label": "articles", "model_name": "slot", "field_name": "article", "term": ""}
    found = desk.get("/admin/autocomplete/", asked | {"language": "de"}).json()["results"]
    assert [each["text"] for each in found] == ["Fähre"]
    assert len(desk.get("/admin/autocomplete/", asked).json()["results"]) == 2


def test_list_sorts_by_page_and_says_what_is_skipped(desk, django_assert_max_num_queries):
    harbour = make_section()
    for position in (2, 1):
        draft = make_article(status=Status.DRAFT, headline=f"Draft {position}")
        Slot.objects.create(language="en", section=harbour, article=draft, position=position)
    for language in ("en", "de"):
        article = make_article(language=language, headline=f"Front {language}")
        Slot.objects.create(language=language, article=article)
    with django_assert_max_num_queries(14):
        page = desk.get(LIST, {"language": "en"})
    listed = [str(slot.article) for slot in page.context["cl"].result_list]
    assert listed == ["Draft 1", "Draft 2", "Front en"]
    assert "draft" in page.text
    listed = desk.get(LIST, {"page": "front"}).context["cl"].result_list
    assert {str(slot.article) for slot in listed} == {"Front en", "Front de"}


def test_list_says_what_is_of_another_edition_by_now(desk):
    slot = Slot.objects.create(language="en", article=make_article())
    told = "of another edition: not shown"
    assert told not in desk.get(LIST).text
    Article.objects.filter(pk=slot.article_id).update(language="de")
    assert told in desk.get(LIST).text


def test_page_of_a_moment_ends_when_the_next_slot_begins_or_ends():
    now, article = database_now(), make_article()
    Slot.objects.create(language="en", article=article, begins_at=in_hours(2), ends_at=in_hours(9))
    assert next_moment(now) == Slot.objects.get().begins_at
    assert next_moment(Slot.objects.get().begins_at) == Slot.objects.get().ends_at


@pytest.fixture
def tomorrow():
    """Now news leads; in a day a scheduled article does, on the front page and in its section."""
    make_article(headline="News of today")
    coming = make_article(headline="Tomorrow's story", publish_at=in_hours(23))
    Slot.objects.create(language="en", article=coming, begins_at=in_hours(24), is_pinned=True)
    make_article(headline="Newer still", publish_at=in_hours(24))
    return in_hours(25).isoformat()


def test_front_page_is_shown_as_it_will_be(desk, tomorrow):
    page = desk.get(PREVIEW, {"at": tomorrow})
    assert str(page.context["front"].lead) == "Tomorrow's story"
    assert str(desk.get(PREVIEW).context["front"].lead) == "News of today"
    assert {"no-store", "private"} <= set(page.headers["Cache-Control"].split(", "))
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_section_page_is_shown_as_it_will_be(desk, tomorrow):
    section = make_section()
    page = desk.get(PREVIEW, {"at": tomorrow, "section": section.pk})
    assert "Newer still" in page.text and "Tomorrow" in page.text
    assert "Newer still" not in desk.get(PREVIEW, {"section": section.pk}).text


def test_older_pages_of_a_preview_are_of_the_same_moment(desk, tomorrow):
    for number in range(20):
        make_article(headline=f"News {number}", publish_at=in_hours(-number))
    asked = {"at": tomorrow, "section": make_section().pk}
    older = re.search(r'pagination-next" href="([^"]+)"', desk.get(PREVIEW, asked).text)
    page = desk.get(PREVIEW + unescape(older[1]))
    assert page.wsgi_request.GET.dict() == {key: str(value) for key, value in asked.items()} | {
        "page": "2"
    }
    newer = re.search(r'pagination-previous" href="([^"]+)"', page.text)
    assert "Tomorrow" in desk.get(PREVIEW + unescape(newer[1])).text


def test_preview_is_in_the_language_of_its_edition(desk):
    make_article(headline="Neues", language="de")
    page = desk.get(PREVIEW, {"language": "de"})
    assert '<html lang="de"' in page.text and "Neues" in page.text
    assert page.headers["Content-Language"] == "de"


@pytest.mark.parametrize(
    "asked", [{"language": "xx"}, {"section": "9999"}, {"at": "soon"}, {"frame": "watch"}]
)
def test_preview_of_nothing_that_there_is_is_not_found(desk, asked):
    assert desk.get(PREVIEW, asked).status_code == 404


def test_frame_has_a_form_for_the_moment(desk, tomorrow):
    page = desk.get(PREVIEW, {"frame": "phone", "scheme": "dark", "at": tomorrow})
    assert 'name="at"' in page.text
    assert "preview-phone" in page.text and "scheme=dark" in page.text
    assert "<iframe" not in desk.get(PREVIEW, {"frame": "phone", "at": "soon"}).text


def test_preview_is_for_who_may_see_drafts(client, desk, tomorrow):
    for role, status in {"reporter": 200, "translator": 200, "moderator": 403}.items():
        client.force_login(make_colleague(role))
        assert client.get(PREVIEW, {"at": tomorrow}).status_code == status
    assert Article.objects.count() == 3
