"""The article's form with its source beside it."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponseRedirect

from articles.models import Article, Revision, Status, Story
from articles.publishing import publish
from tests.builders import make_article, make_colleague, make_contributor, make_image, make_site
from tests.newsroom.desk_world import form_of
from tests.translations.builders import make_attribution, make_source_work
from translations.beside_admin import beside_of
from translations.models import Attribution, Origin, SourceText

pytestmark = pytest.mark.django_db
GERMAN = {
    "language": "de",
    "kicker": "Küste",
    "headline": "Der letzte Winter",
    "standfirst": "Das Licht geht aus.",
    "body": "<p>Vierzig Jahre.</p>",
}


@pytest.fixture
def world():
    """A German article that is live, and its English translation, which is a draft."""
    make_site()
    chief = make_colleague("chief")
    story, maren = Story.objects.create(), make_contributor()
    source = make_article(story=story, byline=[(maren, "reporter")], **GERMAN)
    first = publish(source, by=chief)
    draft = make_article(story=story, status=Status.DRAFT, headline="The last", slug="last")
    credit = make_attribution(article=draft, source_article=source, source_revision=first)
    return SimpleNamespace(chief=chief, source=source, draft=draft, credit=credit, first=first)


@pytest.fixture
def desk(client, world):
    client.force_login(make_colleague("translator"))
    return client


def beside(article, page="beside"):
    return f"/admin/articles/article/{article.pk}/{page}/"


def change(source, by, **fields):
    """The source published again with other texts."""
    Article.objects.filter(pk=source.pk).update(**fields)
    return publish(source, by=by)


def pane(client, article):
    html = client.get(beside(article)).text
    return html.partition('id="beside-source"')[2].partition('id="beside-form"')[0]


def test_source_stands_beside_the_form(desk, world):
    html = desk.get(beside(world.draft)).text
    assert '<p class="beside-text" lang="de" dir="ltr">Der letzte Winter</p>' in html
    assert "Das Licht geht aus." in html and "<p>Vierzig Jahre.</p>" in html
    assert 'name="headline" value="The last"' in html and 'name="_continue"' in html
    assert "Changes since" not in html


def test_source_is_shown_as_it_was_covered_and_what_changed_since(desk, world):
    change(world.source, world.chief, body="<p>Einundvierzig Jahre.</p>")
    shown = pane(desk, world.draft)
    text = shown.partition('id="beside-body"')[2]
    assert "Vierzig Jahre." in text and "Einundvierzig" not in text
    assert "Changes since, up to version 2" in shown
    changes = shown.partition('id="beside-body"')[0]
    assert "<del>" in changes and "<ins>" in changes and "Einundvierzig" in changes


def test_without_a_pointer_the_newest_version_is_shown(desk, world):
    Attribution.objects.update(source_revision=None)
    change(world.source, world.chief, headline="Der allerletzte Winter")
    shown = pane(desk, world.draft)
    assert "Der allerletzte Winter</p>" in shown and "Changes since" not in shown


def test_source_that_is_still_a_draft_is_shown_as_it_is(desk, world):
    source = make_article(language="tr", status=Status.DRAFT, body="<p>Son kış.</p>")
    make_attribution(article=make_article(), origin=Origin.ADAPTATION, source_article=source)
    adapted = Attribution.objects.get(source_article=source).article
    shown = pane(desk, adapted)
    assert "<p>Son kış.</p>" in shown and "not published yet" in shown


def test_text_from_elsewhere_stands_in_paragraphs(desk, world):
    work = make_source_work(language="fa", title="آخرین زمستان")
    text = SourceText.objects.create(
        source_work=work, number=1, text="چهل سال.\n\n<b>", taken_by=world.chief
    )
    article = make_article()
    make_attribution(article=article, source_work=work, source_text=text)
    shown = pane(desk, article)
    assert 'lang="fa" dir="rtl"><p>چهل سال.</p><p>&lt;b&gt;</p></div>' in shown
    assert f'href="{work.url}"' in shown and "Persian" in shown


def test_source_elsewhere_without_a_text_says_so(desk, world):
    make_attribution(article=(article := make_article()))
    assert "No text of this source is kept here." in pane(desk, article)


def test_form_speaks_the_articles_language(desk, world):
    Article.objects.filter(pk=world.draft.pk).update(language="ar")
    html = desk.get(beside(world.draft)).text
    assert 'lang="ar" dir="rtl" id="id_headline"' in html
    assert 'data-language="ar" data-direction="rtl"' in html


@pytest.mark.parametrize("alts", [{"de": "Ein Turm"}, {"de": "Ein Turm", "en": "A tower"}])
def test_picture_of_the_source_can_be_used_with_our_words(desk, world, alts):
    image = make_image(alts=alts)
    last = change(world.source, world.chief, lead_image=image, lead_caption="Der Turm")
    Attribution.objects.update(source_revision=last)
    shown = pane(desk, world.draft)
    assert f'data-picture="{image.pk}"' in shown and "Der Turm</p>" in shown
    assert ("no alternative text in this article" in shown) == ("en" not in alts)
    assert f'href="/admin/articles/image/{image.pk}/change/#id_alts_en"' in shown


def test_saving_beside_saves_the_article_and_stays_beside(desk, world):
    data = form_of(desk, beside(world.draft)) | {"headline": "The last winter", "_continue": "1"}
    response = desk.post(beside(world.draft), data)
    assert (response.status_code, response.url) == (302, beside(world.draft))
    world.draft.refresh_from_db()
    assert world.draft.headline == "The last winter"


def test_publishing_beside_stays_beside(client, world):
    client.force_login(world.chief)
    person = {"contributions-0-contributor": make_contributor().pk,
              "contributions-0-role": "translator"}  # fmt: skip
    data = form_of(client, beside(world.draft)) | person | {"_publish": "1"}
    assert client.post(beside(world.draft), data).url == beside(world.draft)
    assert Article.objects.get(pk=world.draft.pk).status == Status.PUBLISHED


def test_refused_form_comes_again_with_the_source_beside_it(client, world):
    client.force_login(world.chief)
    data = form_of(client, beside(world.draft)) | {"headline": "Typed", "_publish": "1"}
    response = client.post(beside(world.draft), data)
    assert response.status_code == 422 and "errornote" in response.text
    assert 'value="Typed"' in response.text and "<p>Vierzig Jahre.</p>" in response.text


def test_text_is_saved_even_if_its_source_has_gone(desk, world):
    data = form_of(desk, beside(world.draft)) | {"headline": "The last winter", "_continue": "1"}
    data |= {"attribution-TOTAL_FORMS": "0", "attribution-INITIAL_FORMS": "0"}
    Attribution.objects.all().delete()
    response = desk.post(beside(world.draft), data)
    assert Article.objects.get(pk=world.draft.pk).headline == "The last winter"
    assert desk.get(response.url).url == beside(world.draft, "change")


def test_original_has_nothing_beside_it(desk, world):
    assert desk.get(beside(world.source)).url == beside(world.source, "change")
    assert "Beside the source" not in desk.get(beside(world.source, "change")).text
    assert "Beside the source" in desk.get(beside(world.draft, "change")).text


@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 200), ("translator", 200), ("editor", 200), ("chief", 200),
     ("moderator", 302), ("fundraiser", 403)],
)  # fmt: skip
def test_who_may_write_beside(client, world, role, status):
    client.force_login(make_colleague(role))
    response = client.get(beside(world.draft))
    assert response.status_code == status
    assert ("Vierzig Jahre" in response.text) == (status == 200)
    form = client.get(beside(world.draft), follow=True)
    assert status == 200 or form.status_code == 403 or "The last" not in form.text


def test_strangers_are_asked_to_sign_in(client, world):
    response = client.get(beside(world.draft))
    assert response.status_code == 302 and response.url.startswith("/admin/login/")


def test_post_by_who_may_not_changes_nothing(client, world):
    client.force_login(make_colleague("moderator"))
    client.post(beside(world.draft), {"headline": "Changed", "_continue": "1"})
    assert not Article.objects.filter(headline="Changed").exists()
    assert Revision.objects.count() == 1


def test_begun_translation_leads_beside_its_source(desk, world):
    response = desk.post(beside(world.source, "translate"), {"language": "tr"})
    draft = Article.objects.get(language="tr")
    assert response.url == beside(draft)


@pytest.mark.parametrize("pk", [0, 10**6, 10**30])
def test_unknown_article_is_none_beside_either(desk, world, pk):
    response = desk.get(f"/admin/articles/article/{pk}/beside/", follow=True)
    assert response.redirect_chain[-1][0] == "/admin/"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "/admin/articles/article/"])
def test_what_leads_elsewhere_still_does(address):
    assert beside_of(HttpResponseRedirect(address)).url == address


def test_what_is_typed_beside_the_source_is_kept_offered_and_forgotten(desk, world):
    typed = form_of(desk, beside(world.draft)) | {"headline": "Typed beside"}
    assert desk.post(beside(world.draft, "autosave"), typed).status_code == 200
    assert "You typed until" in desk.get(beside(world.draft)).text
    restored = f"{beside(world.draft)}?restore=autosave"
    assert 'id="beside-source"' in desk.get(restored).text
    form = form_of(desk, restored) | {"_continue": "1"}
    assert form["headline"] == ["Typed beside"]
    saved = desk.post(beside(world.draft), form)
    assert (saved.status_code, saved.url) == (302, beside(world.draft))
    assert saved.cookies["autosave_saved"].value == typed["autosave_key"][0]
    assert "You typed until" not in desk.get(beside(world.draft)).text
