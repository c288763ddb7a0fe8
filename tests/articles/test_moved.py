"""What readers find at an address that once was something's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Contribution, Contributor, Page, Role, Section, Status, Topic
from articles.publishing import withdraw
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_section,
    make_series,
    make_site,
    make_user,
)
from tests.comments.builders import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    make_site(editions=("en", "de"))


def rename(row, slug):
    type(row).objects.filter(pk=row.pk).update(slug=slug)
    row.slug = slug


def make_known(*, slug):
    """Somebody whom readers know by a piece."""
    person = make_contributor(slug=slug)
    make_article(byline=[(person, Role.REPORTER)])
    return person


def places():
    """Rows by the step before their slug."""
    names = {"en": "Old"}
    return {
        "articles": make_article(slug="old"),
        "sections": make_section(slug="old"),
        "topics": Topic.objects.create(slug="old", names=names),
        "contributors": make_known(slug="old"),
        "pages": Page.objects.create(slug="old", language="en", title="Old", body=""),
        "series": make_series(slug="old"),
    }


STEPS = ("articles", "sections", "topics", "contributors", "pages", "series")


@pytest.mark.parametrize("step", STEPS)
def test_old_address_leads_to_the_new_one_in_one_step(client, step):
    row = places()[step]
    rename(row, "between")
    rename(row, "new")
    answer = client.get(f"/{step}/old/?page=2&from=mail")
    assert (answer.status_code, answer["Location"]) == (301, f"/{step}/new/")
    assert client.get(answer["Location"]).status_code == 200
    assert answer["Cache-Control"] == "max-age=0, must-revalidate"  # the slug may come back


@pytest.mark.parametrize("step", STEPS)
def test_address_of_what_is_gone_says_so(client, step):
    row = places()[step]
    rename(row, "new")
    Contribution.objects.all().delete()  # people in bylines stay
    row.delete()
    for slug in ("old", "new"):
        assert client.get(f"/{step}/{slug}/").status_code == 410


BELOW = [
    "comments/", "comments/latest/", "comments/most-reacted/", "passages/", "changes/",
    "republish/", "with/de/", "error/sent/",
]  # fmt: skip


@pytest.mark.parametrize("below", BELOW)
def test_pages_below_an_article_move_with_it(client, below):
    rename(make_article(slug="old"), "new")
    answer = client.get(f"/articles/old/{below}")
    assert (answer.status_code, answer["Location"]) == (301, f"/articles/new/{below}")


def test_feeds_of_a_person_move_with_the_person(client):
    rename(make_known(slug="old"), "new")
    answer = client.get("/de/contributors/old/feeds/latest.atom")
    assert answer["Location"] == "/de/contributors/new/feeds/latest.atom"


def test_comment_that_was_written_meanwhile_is_sent_on_whole(client):
    rename(make_article(slug="old"), "new")
    answer = client.post("/articles/old/comment/", typed(text="Written for an hour."))
    assert (answer.status_code, answer["Location"]) == (308, "/articles/new/comment/")


def test_german_article_moves_below_its_own_prefix(client):
    rename(make_article(slug="alt", language="de"), "neu")
    assert client.get("/de/articles/alt/")["Location"] == "/de/articles/neu/"
    assert client.get("/articles/alt/").status_code == 404


def test_own_old_name_goes_before_another_edition_of_the_same_name(client):
    rename(make_article(slug="ferry"), "boat")
    make_article(slug="ferry", language="de")
    assert client.get("/articles/ferry/")["Location"] == "/articles/boat/"


def test_page_that_changed_its_language_leads_to_the_other_edition(client):
    page = Page.objects.create(slug="about", language="en", title="Wir", body="")
    Page.objects.filter(pk=page.pk).update(language="de")
    assert client.get("/pages/about/")["Location"] == "/de/pages/about/"
    Page.objects.filter(pk=page.pk).update(language="tr")  # no edition
    assert client.get("/pages/about/").status_code == 404


HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "scheduled": {"publish_at": timezone.now() + timedelta(days=1)},
    "ended": {"unpublish_at": timezone.now() - timedelta(minutes=1)},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("below", ["", "comments/"])
def test_old_address_hints_at_nothing_that_readers_may_not_see(client, fields, below):
    article = make_article(slug="old")
    rename(article, "new")
    Article.objects.filter(pk=article.pk).update(**fields)
    answer = client.get(f"/articles/old/{below}")
    assert answer.status_code == 404
    assert "new" not in answer.headers.get("Location", "")


def test_old_address_of_a_withdrawn_article_says_that_it_is_withdrawn(client):
    article = make_article(slug="old", byline=[(make_contributor(), Role.REPORTER)])
    rename(article, "new")
    withdraw(article, by=make_editor())
    answer = client.get("/articles/old/")
    assert answer.status_code == 410
    assert "withdrawn" in answer.text


def test_slug_that_never_was_is_not_found(client):
    for step in STEPS:
        assert client.get(f"/{step}/never/").status_code == 404


@pytest.mark.parametrize("model", [Section, Contributor])
def test_desk_lists_redirects_and_frees_a_slug_by_deleting_one(client, model):
    row = places()[f"{model._meta.model_name}s"]
    rename(row, "new")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    page = client.get("/admin/articles/redirect/")
    assert ">old<" in page.text
    chosen = page.context["cl"].result_list.get().pk
    client.post(f"/admin/articles/redirect/{chosen}/delete/", {"post": "yes"})
    model.objects.create(slug="old", names={"en": "Another"})
