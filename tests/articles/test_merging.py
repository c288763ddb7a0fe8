"""Two contributors who are one person become one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError

from articles import drafts
from articles.merging import merge, references
from articles.models import Contribution, Contributor, Redirect, Role
from articles.publishing import publish
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_image,
    make_site,
    make_user,
)
from tests.translations.builders import make_attribution
from translations.models import Attribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    make_site()
    portrait, account = make_image(), make_user()
    kept = make_contributor(slug="maren-okafor", name="Maren Okafor", bios={"en": "Ferries."})
    duplicate = make_contributor(slug="m-okafor", portrait=portrait, user=account)
    Contributor.objects.filter(pk=duplicate.pk).update(
        names={"en": "M. Okafor", "de": "Maren Okafor"}, bios={"en": "Boats.", "tr": "Feribotlar."}
    )
    duplicate.refresh_from_db()
    return kept, duplicate


@pytest.fixture
def editor(pair):
    return make_editor()


def byline(article):
    lines = Contribution.objects.filter(article=article).order_by("position")
    return [(line.contributor.slug, line.role) for line in lines]


def test_all_that_was_the_duplicate_s_is_the_kept_one_s(pair, editor):
    kept, duplicate = pair
    article = make_article(byline=[(duplicate, Role.REPORTER)])
    reviewed = {"reviewer": duplicate, "reviewed_on": date(2026, 3, 1)}
    make_attribution(article=article, method="machine-reviewed", tool="Lingua", **reviewed)
    merge(kept, duplicate, by=editor)
    assert byline(article) == [("maren-okafor", Role.REPORTER)]
    assert Attribution.objects.get().reviewer == kept
    assert Contributor.objects.get() == kept


def test_every_reference_to_a_person_is_found():
    found = {(field.model.__name__, field.name) for field in references()}
    assert {("Contribution", "contributor"), ("Redirect", "contributor")} <= found
    assert ("Attribution", "reviewer") in found


def test_what_the_kept_one_lacks_is_taken_over(pair, editor):
    kept, duplicate = pair
    merge(kept, duplicate, by=editor)
    kept.refresh_from_db()
    assert kept.names == {"en": "Maren Okafor", "de": "Maren Okafor"}
    assert kept.bios == {"en": "Ferries.", "tr": "Feribotlar."}
    assert (kept.portrait, kept.user) == (duplicate.portrait, duplicate.user)


def test_byline_that_names_both_in_one_role_names_one(pair, editor):
    kept, duplicate = pair
    both = [(duplicate, Role.REPORTER), (kept, Role.REPORTER), (duplicate, Role.PHOTOGRAPHER)]
    article = make_article(byline=both)
    merge(kept, duplicate, by=editor)
    assert byline(article) == [
        ("maren-okafor", Role.REPORTER), ("maren-okafor", Role.PHOTOGRAPHER)
    ]  # fmt: skip


def test_all_addresses_of_the_duplicate_lead_to_the_kept_one(pair, editor, client):
    kept, duplicate = pair
    make_article(byline=[(kept, Role.REPORTER)])
    duplicate.slug = "okafor"
    duplicate.save()
    merge(kept, duplicate, by=editor)
    for slug in ("m-okafor", "okafor"):
        answer = client.get(f"/contributors/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, "/contributors/maren-okafor/")
    assert not Redirect.objects.filter(contributor=None).exists()


def test_drafts_that_name_the_duplicate_are_published_with_the_kept_one(pair, editor):
    kept, duplicate = pair
    article = make_article(byline=[(kept, Role.REPORTER)])
    publish(article, by=editor)
    content = drafts.snapshot(article)
    line = {"contributor": {"id": duplicate.pk, "slug": duplicate.slug}, "credited_as": ""}
    content["byline"] += [line | {"role": role} for role in (Role.REPORTER, Role.EDITOR)]
    drafts.save_draft(article, content, by=editor, based_on=drafts.newest(article))
    merge(kept, duplicate, by=editor)
    publish(article, by=editor)
    assert byline(article) == [("maren-okafor", Role.REPORTER), ("maren-okafor", Role.EDITOR)]


def test_merging_again_changes_nothing_and_nobody_merges_with_themselves(pair, editor):
    kept, duplicate = pair
    merge(kept, duplicate, by=editor)
    merge(kept, duplicate, by=editor)
    with pytest.raises(ValidationError):
        merge(kept, kept, by=editor)
    with pytest.raises(ValidationError):
        merge(duplicate, kept, by=editor)
    assert Contributor.objects.get() == kept


def test_merging_takes_the_right_to_delete_people(pair):
    for role in ("reporter", "translator", "moderator"):
        with pytest.raises(PermissionDenied):
            merge(*pair, by=make_colleague(role))


def test_somebody_with_bylines_cannot_be_deleted_instead(pair):
    make_article(byline=[(pair[1], Role.REPORTER)])
    with pytest.raises(ProtectedError):
        pair[1].delete()


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_editor_chooses_two_in_the_list_and_who_stays(desk, pair):
    kept, duplicate = pair
    both = {"action": "merge_selected", "_selected_action": [kept.pk, duplicate.pk]}
    page = desk.post("/admin/articles/contributor/", both)
    assert page["Location"] == f"/admin/articles/contributor/merge/{kept.pk}/{duplicate.pk}/"
    assert "M. Okafor" in desk.get(page["Location"]).text
    assert desk.post(page["Location"], {}).status_code == 422
    assert desk.post(page["Location"], {"kept": kept.pk}).status_code == 302
    assert Contributor.objects.get() == kept
    assert desk.post(page["Location"], {"kept": kept.pk}).status_code == 404


def test_one_or_three_are_not_merged(desk, pair):
    chosen = [pair[0].pk, pair[1].pk, make_contributor().pk]
    for some in (chosen[:1], chosen):
        action = {"action": "merge_selected", "_selected_action": some}
        page = desk.post("/admin/articles/contributor/", action, follow=True)
        assert "Choose exactly two people." in page.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crosswise", [False, True])
def test_two_merges_at_once_leave_one_person(crosswise):
    make_site()
    editor = make_editor()
    first, second = make_contributor(), make_contributor()
    make_article(byline=[(first, Role.REPORTER)]), make_article(byline=[(second, Role.EDITOR)])
    pairs = [(first, second), (second, first) if crosswise else (first, second)]
    acts = [lambda kept=kept, gone=gone: merge(kept, gone, by=editor) for kept, gone in pairs]
    raised = run_at_once(*acts)
    assert {type(error) for error in raised} <= ({ValidationError} if crosswise else set())
    person = Contributor.objects.get()
    assert Contribution.objects.filter(contributor=person).count() == 2
