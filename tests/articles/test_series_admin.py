"""Series at the desk: a story is put into one, by whose rights hold for one of its editions."""

import pytest

from articles.models import Remit
from tests.builders import make_article, make_colleague, make_section, make_series, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site(editions=("en", "de"))


@pytest.fixture
def story():
    """In two sections and languages."""
    article = make_article()
    make_article(story=article.story, language="de", section=make_section(slug="town"))
    return article.story


def form_at(story):
    return f"/admin/articles/story/{story.pk}/change/"


def series_of(story):
    story.refresh_from_db()
    return story.series


def test_editor_puts_a_story_into_a_series_and_takes_it_out(client, story):
    series, address = make_series(), form_at(story)
    client.force_login(make_colleague("editor"))
    form = form_of(client, address)
    assert client.post(address, form | {"series": series.pk}).status_code == 302
    assert series_of(story) == series
    assert client.get("/series/letters/").context["articles"].get().story_id == story.pk
    assert client.post(address, form | {"series": ""}).status_code == 302
    assert series_of(story) is None


def test_reporter_reads_of_the_series_and_changes_nothing(client, story):
    client.force_login(make_colleague("reporter"))
    assert client.get(form_at(story)).status_code == 200
    assert client.post(form_at(story), {"series": make_series().pk}).status_code == 403


@pytest.mark.parametrize(
    ("languages", "section", "status"),
    [(["de"], None, 302), (["tr"], None, 403), ([], "harbour", 302), ([], "sport", 403)],
)
def test_rights_hold_where_one_of_the_editions_is(client, story, languages, section, status):
    editor, series = make_colleague("editor"), make_series()
    remit = Remit.objects.create(user=editor, languages=languages)
    remit.sections.set([make_section(slug=section)] if section else [])
    client.force_login(editor)
    form = form_of(client, form_at(story)) | {"series": series.pk}
    assert client.post(form_at(story), form).status_code == status
    assert series_of(story) == (series if status == 302 else None)


def test_series_with_stories_is_not_deleted(client, story):
    story.series = make_series()
    story.save()
    client.force_login(make_colleague("editor"))
    address = f"/admin/articles/series/{story.series.pk}/delete/"
    assert "protected" in client.get(address).text
    assert "protected" in client.post(address, {"post": "yes"}).text
    assert series_of(story) is not None
