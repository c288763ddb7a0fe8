"""The rest of the desk: previews, translations, and the admin of everything else."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Article, Page, Role, Status, Story, Topic
from articles.publishing import publish
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_section,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site(editions=("en", "de", "ar"))
    return make_editor()


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


FIELDS = ("names", "role_lines", "bios", "standfirsts")


def address(name, *args):
    return reverse(f"admin:articles_{name}", args=args)


def test_preview_shows_a_draft_in_its_own_language_and_is_not_stored(desk):
    draft = make_article(status=Status.DRAFT, language="ar", headline="صباح هادئ")
    response = desk.get(address("article_preview", draft.pk))
    assert "صباح هادئ" in response.text
    assert 'dir="rtl"' in response.text
    assert "no-store" in response["Cache-Control"]


def test_preview_shows_an_empty_draft(desk):
    draft = Article.objects.create(story=Story.objects.create(), language="en")
    assert desk.get(address("article_preview", draft.pk)).status_code == 200


def test_preview_is_for_who_may_see_articles(client, desk):
    draft = make_article(status=Status.DRAFT)
    client.force_login(make_user(is_staff=True))
    assert client.get(address("article_preview", draft.pk)).status_code == 403
    client.logout()
    assert client.get(address("article_preview", draft.pk)).status_code == 302
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_translation_begins_as_an_empty_draft_of_the_same_story(desk):
    article = make_article(lead_image=make_image(), standfirst="Short")
    article.topics.add(Topic.objects.create(slug="water", names={"en": "Water"}))
    response = desk.post(address("article_translate", article.pk), {"language": "de"})
    draft = Article.objects.get(language="de")
    assert response["Location"] == address("article_beside", draft.pk)
    assert (draft.story, draft.status) == (article.story, Status.DRAFT)
    assert (draft.headline, draft.standfirst, draft.body) == ("", "", "")
    assert (draft.section, draft.lead_image) == (article.section, article.lead_image)
    assert draft.topics.count() == 1


@pytest.mark.parametrize("language", ["en", "tr", "xx", ""])
def test_translation_into_a_taken_or_unknown_language_is_refused(desk, language):
    article = make_article()
    response = desk.post(address("article_translate", article.pk), {"language": language})
    assert response.status_code == 422
    assert Article.objects.count() == 1


def test_translation_takes_who_may_write(client, desk):
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(reader)
    response = client.post(address("article_translate", make_article().pk), {"language": "de"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "name",
    ["section", "topic", "series", "contributor", "page", "story", "revision", "image", "article"],
)
def test_every_list_opens_and_takes_the_right_to_see_it(client, desk, editor, name):
    publish(make_article(byline=[(make_contributor(), Role.REPORTER)]), by=editor)
    make_section(), make_image(), Topic.objects.create(slug="water", names={"en": "Water"})
    url = address(f"{name}_changelist")
    assert desk.get(url).status_code == 200
    assert desk.get(url, {"q": "ferry"}).status_code == 200
    client.force_login(make_user(is_staff=True))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("name", ["section", "topic", "series", "contributor"])
def test_names_make_slugs_and_are_found_in_every_language(desk, name):
    codes = dict(settings.LANGUAGES)
    empty = {f"{field}_{code}": "" for field in FIELDS for code in codes}
    for _n in range(2):
        desk.post(address(f"{name}_add"), empty | {
            "names_en": "Özge Çelik", "names_de": "Frau Çelik", "slug": "", "position": 0,
        })  # fmt: skip
    page = desk.get(address(f"{name}_changelist"), {"q": "frau ç"}).text
    assert "ozge-celik" in page
    assert "ozge-celik-2" in page


def test_name_in_the_default_language_is_required(desk):
    response = desk.post(address("topic_add"), {"names_de": "Wasser", "slug": "water"})
    assert response.status_code == 422
    assert "names" in response.context["adminform"].form.errors


def test_topic_of_a_published_article_stays(desk):
    topic = Topic.objects.create(slug="water", names={"en": "Water"})
    make_article().topics.add(topic)
    assert desk.post(address("topic_delete", topic.pk), {"post": "yes"}).status_code == 403


def test_page_is_written_and_cleaned(desk, client):
    desk.post(address("page_add"), {
        "title": "About", "slug": "about", "language": "de", "position": 0,
        "body": "<h2>Wir</h2><img src=x onerror=alert(1)>",
    })  # fmt: skip
    assert Page.objects.get().body == "<h2>Wir</h2>"
    assert ">Wir</h2>" in client.get("/de/pages/about/").text


def test_revisions_are_only_read(desk, editor):
    revision = publish(make_article(byline=[(make_contributor(), Role.REPORTER)]), by=editor)
    url = address("revision_change", revision.pk)
    assert "harbour board agreed" in desk.get(url).text
    assert desk.post(url, {"number": 9}).status_code == 403
    assert desk.post(address("revision_delete", revision.pk), {"post": "yes"}).status_code == 403


def test_story_lists_its_editions(desk):
    article = make_article(headline="Ferry news")
    make_article(story=article.story, language="de", headline="Neues von der Fähre")
    page = desk.get(address("story_change", article.story_id)).text
    assert "Ferry news" in page
    assert "Neues von der Fähre" in page
