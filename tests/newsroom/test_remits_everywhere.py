"""A remit holds beyond articles: for standing pages, questions to readers, and translations."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.models import Article, Page, Remit
from comments.asking import ask, find_passage
from comments.models import Passage
from richtext.passages import Selector
from tests.builders import make_article, make_colleague, make_site
from tests.translations.builders import make_assignment
from translations.assigning import assign, call_off, release, request
from translations.models import Assignment

pytestmark = pytest.mark.django_db
LANGUAGES = [("de", True), ("tr", False)]


@pytest.fixture
def chief(client):
    """Somebody with all rights, in German."""
    make_site()
    person = make_colleague("chief")
    Remit.objects.create(user=person, languages=["de"])
    client.force_login(person)
    return person


def owned(story, language):
    translator = make_colleague("translator")
    return make_assignment(story=story, language=language, owner=translator)


VERBS = {
    "request": lambda story, language, by: request([story], [language], by=by),
    "assign": lambda story, language, by: assign(story, language, to=None, by=by),
    "release": lambda story, language, by: (
        owned(story, language) and release(story, language, by=by)
    ),
    "call off": lambda story, language, by: call_off(story, language, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("language", "is_theirs"), LANGUAGES)
def test_translations_are_given_and_taken_in_ones_own_languages(chief, verb, language, is_theirs):
    story = make_article().story
    if is_theirs:
        VERBS[verb](story, language, chief)
    else:
        with pytest.raises(PermissionDenied):
            VERBS[verb](story, language, chief)


def test_translation_desk_offers_what_is_not_refused(client, chief):
    story = make_article().story
    page = client.get(reverse("translation_desk:table"))
    offered = [code for code, _name in page.context["form"].fields["languages"].choices]
    assert offered == ["de"]
    for language, is_theirs in LANGUAGES:
        cell = reverse("translation_desk:cell", args=[story.pk, language])
        assert client.get(cell).status_code == (200 if is_theirs else 403)
        assert (cell in page.text) == is_theirs
    sent = {"stories": [story.pk], "languages": ["tr"]}
    assert client.post(reverse("translation_desk:ask"), sent).status_code == 422
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(("language", "is_theirs"), LANGUAGES)
def test_readers_are_asked_about_articles_of_the_remit(client, chief, language, is_theirs):
    article = make_article(language=language)
    typed = {"article": article.pk, "exact": "harbour board", "question": "Were you there?"}
    answer = client.post(reverse("admin:comments_passage_add"), typed)
    assert (answer.status_code, Passage.objects.exists()) == (302 if is_theirs else 422, is_theirs)
    passage = find_passage(Article.objects.get(), Selector("Tuesday", "", ""))
    passage.question = "And you?"
    if not is_theirs:
        with pytest.raises(PermissionDenied):
            ask(passage, by=chief)


@pytest.mark.parametrize(("language", "is_theirs"), LANGUAGES)
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_standing_pages_change_in_ones_own_languages(client, chief, verb, language, is_theirs):
    page = Page.objects.create(slug="about", language=language, title="About", body="<p>We</p>")
    sent = {"title": "Us", "body": "<p>We</p>", "slug": "about", "position": 0, "post": "yes",
            "seen": page.updated_at.isoformat()}  # fmt: skip
    url = reverse(f"admin:articles_page_{verb}", args=[page.pk])
    answer = client.post(url, sent | {"language": language})
    assert answer.status_code == (302 if is_theirs else 403)
    assert Page.objects.filter(title="About").exists() != is_theirs


@pytest.mark.parametrize(("language", "is_theirs"), LANGUAGES)
def test_standing_pages_are_begun_in_ones_own_languages(client, chief, language, is_theirs):
    sent = {"title": "Us", "body": "<p>We</p>", "slug": "about", "position": 0}
    answer = client.post(reverse("admin:articles_page_add"), sent | {"language": language})
    assert (answer.status_code, Page.objects.exists()) == (302 if is_theirs else 422, is_theirs)
