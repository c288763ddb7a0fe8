"""Slugs as the desk gives and refuses them."""

import pytest
from django.urls import reverse

from articles.models import Article, Contributor, Page, Revision, Role, Section, Status, Topic
from articles.slugs import free_slug, slug_for
from tests.articles.test_article_admin import complete
from tests.builders import make_article, make_contributor, make_editor, make_section, make_site

pytestmark = pytest.mark.django_db

HEADLINES = {
    ("en", "The ferry, eight minutes late"): "the-ferry-eight-minutes-late",
    ("de", "Größe über Öl"): "groesse-ueber-oel",
    ("tr", "İstanbul'da ığdır çağrısı"): "istanbul-da-igdir-cagrisi",
    ("ru", "Ночной рынок переехал"): "nochnoi-rynok-pereekhal",
    ("ar", "صباح هادئ في الميناء"): "sbh-hdy-fy-lmyn",
    ("en", "夜市搬到室内"): "ye-shi-ban-dao-shi-nei",
    ("en", "🚢🌊"): "article",
    ("ru", "—"): "article",
    ("en", "“½ × 3”"): "1-2-x-3",
    ("de", "Donau" * 30 + " sinkt"): "donau" * 16,
}


@pytest.mark.parametrize(("headline", "slug"), HEADLINES.items())
def test_headline_of_every_script_makes_a_usable_slug(headline, slug):
    language, text = headline
    assert slug_for(Article(language=language, headline=text)) == slug


def rename(row, slug):
    type(row).objects.filter(pk=row.pk).update(slug=slug)


def test_slug_from_a_headline_avoids_what_leads_elsewhere():
    rename(make_article(slug="late-ferry"), "early-ferry")
    rename(make_article(slug="late-ferry", language="de"), "fruehe-faehre")
    draft = make_article(headline="Late ferry", status=Status.DRAFT)
    assert slug_for(draft) == "late-ferry-2"


def test_row_may_have_its_own_old_slug_again():
    article = make_article(slug="late-ferry", headline="Late ferry")
    rename(article, "early-ferry")
    assert slug_for(article) == "late-ferry"


def test_name_gets_a_slug_that_leads_nowhere_else():
    topic = Topic.objects.create(slug="water", names={"en": "Water"})
    rename(topic, "seas")
    assert free_slug("water", row=Topic(names={"en": "Water"})) == "water-2"
    assert free_slug("water", row=Section(names={"en": "Water"})) == "water"


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_editor())
    return client


def change(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def test_article_may_not_take_an_address_that_leads_to_another(desk):
    rename(make_article(slug="taken", language="de", headline="Fähre"), "moved")
    answer = desk.post(reverse("admin:articles_article_add"), complete(slug="taken", _publish="1"))
    assert answer.status_code == 422
    told = answer.context["adminform"].form.errors["slug"]
    assert told == ["This address leads to “Fähre” for readers."]
    assert Article.objects.count() == 1


def test_article_of_another_language_may_take_it(desk):
    rename(make_article(slug="taken"), "moved")
    desk.post(reverse("admin:articles_article_add"), complete(slug="taken", _publish="1"))
    assert Article.objects.get(slug="taken").language == "de"


OTHERS = {
    "section": lambda slug: make_section(slug=slug, name=f"The {slug}"),
    "topic": lambda slug: Topic.objects.create(slug=slug, names={"en": f"The {slug}"}),
    "contributor": lambda slug: make_contributor(slug=slug, name=f"The {slug}"),
    "page": lambda slug: Page.objects.create(
        slug=slug, language="de", title=f"The {slug}", body=""
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_reserved_slug_is_refused_beside_its_field(desk, kind):
    first, second = (OTHERS[kind](slug) for slug in ("first", "second"))
    rename(first, "third")
    form = {
        "names_en": "Second", "title": "Second", "language": "de", "position": 0,
        "slug": "first", "body": "<p>We</p>",
        "seen": second.updated_at.isoformat() if kind == "page" else "",
    }  # fmt: skip
    answer = desk.post(change(second), form)
    told = answer.context["adminform"].form.errors
    assert (answer.status_code, told["slug"]) == (
        422, ["This address leads to “The first” for readers."]
    )  # fmt: skip
    assert desk.post(change(second), form | {"slug": "fourth"}).status_code == 302


def test_published_article_keeps_its_readers_when_its_slug_is_published_anew(desk, client):
    person = make_contributor()
    article = make_article(slug="old", byline=[(person, Role.REPORTER)], language="de")
    form = complete(slug="new", _publish="1") | {"contributions-TOTAL_FORMS": 0}
    form |= {"contributions-INITIAL_FORMS": 0, "contributions-TOTAL_FORMS": 1}
    form |= {"contributions-0-contributor": make_contributor().pk}
    assert desk.post(change(article), form).status_code == 302
    assert Revision.objects.get().snapshot["slug"] == "new"
    client.logout()
    assert client.get("/de/articles/old/")["Location"] == "/de/articles/new/"
    assert "Ein später Fährenplan" in client.get("/de/articles/new/").text


def test_person_may_not_take_the_slug_of_somebody_who_was_renamed(desk):
    rename(make_contributor(slug="maren"), "maren-okafor")
    desk.post(reverse("admin:articles_contributor_add"), {"names_en": "Maren", "slug": ""})
    assert Contributor.objects.get(names={"en": "Maren"}).slug == "maren-2"
