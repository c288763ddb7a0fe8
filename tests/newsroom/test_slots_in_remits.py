"""Slots are put, moved and taken away where the person's rights hold, and there alone."""

import pytest
from django.urls import reverse

from articles.models import Remit, Slot
from tests.builders import make_article, make_colleague, make_section, make_site
from tests.newsroom.test_slots import ADD, LIST, typed

pytestmark = pytest.mark.django_db
PLACES = [("en", "harbour", True), ("en", "", True), ("en", "town", False), ("de", "", False)]


@pytest.fixture
def desk(client):
    """An editor's, who works for the harbour's section in English."""
    make_site(editions=("en", "de"))
    person = make_colleague("editor")
    Remit.objects.create(user=person, languages=["en"]).sections.set([make_section()])
    client.force_login(person)
    return client


def section_called(slug):
    return make_section(slug=slug, name=slug.title()) if slug else None


def put(language, slug):
    article = make_article(language=language)
    return Slot.objects.create(language=language, section=section_called(slug), article=article)


@pytest.mark.parametrize(("language", "slug", "is_theirs"), PLACES)
def test_slot_is_put_where_the_rights_hold(desk, language, slug, is_theirs):
    section = section_called(slug)
    place = {"language": language, "section": section.pk if section else ""}
    answer = desk.post(ADD, typed(make_article(language=language), **place))
    assert (answer.status_code, Slot.objects.exists()) == (302 if is_theirs else 422, is_theirs)
    if not is_theirs:
        told = answer.context["adminform"].form.errors
        assert list(told) == ["section" if slug else "language"]


@pytest.mark.parametrize(("language", "slug", "is_theirs"), PLACES)
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_slot_is_changed_and_taken_away_where_the_rights_hold(
    desk, verb, language, slug, is_theirs
):
    slot = put(language, slug)
    url = reverse(f"admin:articles_slot_{verb}", args=[slot.pk])
    sent = typed(slot.article, language=language, section=slot.section_id or "", position=7)
    answer = desk.post(url, sent | {"post": "yes"})
    assert answer.status_code == (302 if is_theirs else 403)
    assert Slot.objects.filter(position=1).exists() != is_theirs


def test_slot_is_not_moved_out_of_the_remit(desk):
    slot, town = put("en", "harbour"), section_called("town")
    url = reverse("admin:articles_slot_change", args=[slot.pk])
    answer = desk.post(url, typed(slot.article, section=town.pk))
    assert answer.status_code == 422
    assert Slot.objects.get().section != town


def test_list_changes_slots_of_the_remit_alone(desk):
    for language, slug, _is_theirs in PLACES:
        put(language, slug)
    rows = desk.get(LIST).context["cl"].result_list
    sent = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
    for number, slot in enumerate(rows):
        sent |= {f"form-{number}-id": slot.pk, f"form-{number}-position": 9}
    assert desk.post(LIST, sent).status_code == 302
    moved = Slot.objects.filter(position=9).values_list("language", "section__slug")
    assert set(moved) == {("en", "harbour"), ("en", None)}


def test_list_deletes_slots_of_the_remit_alone(desk):
    theirs, foreign = put("en", "harbour"), put("de", "")
    sent = {"action": "delete_selected", "post": "yes"}
    answer = desk.post(LIST, sent | {"_selected_action": [theirs.pk, foreign.pk]})
    assert (answer.status_code, Slot.objects.count()) == (403, 2)
    desk.post(LIST, sent | {"_selected_action": [theirs.pk]})
    assert list(Slot.objects.all()) == [foreign]
