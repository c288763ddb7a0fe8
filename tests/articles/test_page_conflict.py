"""Two people write one standing page: whoever saves second sees both texts first."""

import pytest

from articles.models import Page
from tests.articles.revisions import again
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import make_colleague, make_site
from tests.newsroom.desk_world import form_of, signed_in

pytestmark = pytest.mark.django_db
OLD = "<p>Write to the harbour office.</p>"


@pytest.fixture
def imprint():
    make_site()
    return Page.objects.create(slug="imprint", language="en", title="Imprint", body=OLD)


@pytest.fixture
def desk(client, imprint):
    client.force_login(make_colleague("editor"))
    return client


def address(page):
    return f"/admin/articles/page/{page.pk}/change/"


def stored():
    return Page.objects.values_list("title", "body").get()


def test_second_of_two_saves_is_refused_with_both_texts(desk, imprint):
    mine = form_of(desk, address(imprint)) | {"body": "<p>Write to the harbour museum.</p>"}
    theirs = form_of(desk, address(imprint)) | {
        "body": "<p>Please write to the harbour office.</p>"
    }
    assert desk.post(address(imprint), theirs).status_code == 302
    refused = desk.post(address(imprint), mine)
    assert refused.status_code == 422
    assert stored() == ("Imprint", "<p>Please write to the harbour office.</p>")
    assert "<del>office</del><ins>museum</ins>" in refused.text
    assert again(refused)["body"] == ["<p>Write to the harbour museum.</p>"]


def test_saving_once_more_is_a_decision(desk, imprint):
    mine = form_of(desk, address(imprint)) | {"title": "Imprint and contact"}
    desk.post(address(imprint), form_of(desk, address(imprint)) | {"title": "Who we are"})
    form = again(desk.post(address(imprint), mine))
    assert desk.post(address(imprint), form).status_code == 302
    assert stored() == ("Imprint and contact", OLD)


def test_somebody_who_saves_in_between_is_not_overwritten_by_the_decision(desk, imprint):
    mine = form_of(desk, address(imprint)) | {"title": "Mine"}
    for title in ("First of theirs", "Second of theirs"):
        desk.post(address(imprint), form_of(desk, address(imprint)) | {"title": title})
        refused = desk.post(address(imprint), mine)
        assert refused.status_code == 422
        mine = again(refused)
    assert stored()[0] == "Second of theirs"


@pytest.mark.parametrize("seen", ["", "x", "2020-01-01T00:00:00+00:00"])
def test_form_that_does_not_say_what_it_began_from_is_refused(desk, imprint, seen):
    form = form_of(desk, address(imprint)) | {"title": "Mine", "seen": seen}
    assert desk.post(address(imprint), form).status_code == 422
    assert stored()[0] == "Imprint"


def test_new_page_is_added_and_saved_again(desk):
    add = "/admin/articles/page/add/"
    typed = {"title": "About", "slug": "about", "body": OLD}
    assert desk.post(add, form_of(desk, add) | typed).status_code == 302
    made = Page.objects.get(slug="about")
    changed = form_of(desk, address(made)) | {"title": "About us"}
    assert desk.post(address(made), changed).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused(imprint):
    desks = [signed_in("editor") for _n in range(2)]
    forms = [form_of(desk, address(imprint)) | {"title": f"By {n}"} for n, desk in enumerate(desks)]
    found = []
    pairs = zip(desks, forms, strict=True)
    run_at_once(*[
        lambda desk=desk, form=form: found.append(desk.post(address(imprint), form).status_code)
        for desk, form in pairs
    ])  # fmt: skip
    assert sorted(found) == [302, 422]
