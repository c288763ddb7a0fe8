"""Publications and sources at the desk."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.builders import make_article, make_site, make_user
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.models import Publication, SourceWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_user(username="chief", is_staff=True, is_superuser=True))
    return client


def test_source_is_added_with_its_address_in_one_spelling(desk):
    publication = make_publication()
    form = {
        "publication": publication.pk,
        "title": "Der letzte Winter",
        "url": "https://Hafenblatt.example/winter?utm_source=feed#top",
        "language": "DE",
        "byline": "Wiebke Harmsen",
    }
    add = reverse("admin:translations_sourcework_add")
    assert desk.post(add, form).status_code == 302
    work = SourceWork.objects.get()
    assert (work.url, work.language) == ("https://hafenblatt.example/winter", "de")
    again = desk.post(add, form)
    assert "This piece is already here" in again.text
    assert SourceWork.objects.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://hafenblatt.example/x", "https://"])
def test_source_with_another_kind_of_address_is_refused(desk, url):
    form = {"publication": make_publication().pk, "title": "Winter", "url": url, "language": "de"}
    answer = desk.post(reverse("admin:translations_sourcework_add"), form)
    assert list(answer.context["adminform"].form.errors) == ["url"]
    assert f'value="{url}"' in answer.text
    assert not SourceWork.objects.exists()


def test_language_of_a_source_cannot_contradict_a_credit(desk):
    work = make_source_work()
    make_attribution(article=make_article(headline="The last winter"), source_work=work)
    form = {"publication": work.publication_id, "title": work.title, "url": work.url}
    change = reverse("admin:translations_sourcework_change", args=[work.pk])
    refused = desk.post(change, form | {"language": "en"})
    assert refused.context["adminform"].form.errors == {
        "language": ["This contradicts the credit of “The last winter”."]
    }
    assert desk.post(change, form | {"language": "tr"}).status_code == 302


def test_publication_is_renamed_at_the_desk(desk):
    publication = make_publication()
    form = {"name": "Moorbote", "slug": publication.slug, "url": publication.url, "language": "de"}
    change = reverse("admin:translations_publication_change", args=[publication.pk])
    assert desk.post(change, form).status_code == 302
    assert Publication.objects.get().name == "Moorbote"


@pytest.mark.parametrize("model", ["publication", "sourcework"])
@pytest.mark.parametrize("word", ["hafenblatt", "https://Hafenblatt", "javascript:"])
def test_lists_can_be_searched_for_anything(desk, model, word):
    make_source_work(publication=make_publication(slug="hafenblatt"))
    answer = desk.get(reverse(f"admin:translations_{model}_changelist"), {"q": word})
    assert answer.context["cl"].result_count == (0 if "java" in word else 1)


def test_list_of_sources_costs_the_same_for_many(desk, django_assert_max_num_queries):
    for _number in range(5):
        make_source_work()
    with django_assert_max_num_queries(9):
        desk.get(reverse("admin:translations_sourcework_changelist"))


@pytest.mark.parametrize("field", ["title", "byline"])
@pytest.mark.parametrize("sign", ["\u202e", "\x07"])
def test_source_takes_no_signs_that_nobody_sees(desk, field, sign):
    """The credit line shows them to readers, and U+202E would turn round what follows."""
    form = {"publication": make_publication().pk, "title": "Winter", "language": "de"}
    form |= {"url": "https://hafenblatt.example/x", field: f"Winter{sign}am Turm"}
    answer = desk.post(reverse("admin:translations_sourcework_add"), form)
    assert list(answer.context["adminform"].form.errors) == [field]
    assert not SourceWork.objects.exists()


def test_publication_takes_no_signs_that_nobody_sees(desk):
    form = {"name": "Hafen\u202eblatt", "url": "https://hafenblatt.example/", "language": "de"}
    answer = desk.post(reverse("admin:translations_publication_add"), form | {"slug": "hafen"})
    assert list(answer.context["adminform"].form.errors) == ["name"]
    assert not Publication.objects.exists()


@pytest.mark.parametrize("written", ["http://old.example/a", "https://old.example/a/"])
def test_piece_is_known_by_whatever_scheme_and_with_a_slash_at_its_end(desk, written):
    make_source_work(url="https://old.example/a")
    form = {"publication": make_publication().pk, "title": "Winter", "url": written}
    answer = desk.post(reverse("admin:translations_sourcework_add"), form | {"language": "de"})
    errors = answer.context["adminform"].form.errors
    assert errors == {"url": ["This piece is already here, perhaps written differently."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_source_work(url=written)
    assert make_source_work(url="https://old.example/a?page=2")
