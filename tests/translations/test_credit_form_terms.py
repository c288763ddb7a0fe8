"""How a piece was made and on what terms, in the credit of an article's form."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from articles.models import Article
from tests.builders import make_contributor
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.credit_desk import credit_errors, make_draft, save, sit_down
from tests.translations.versions import make_revision
from translations.models import Attribution, Licence, SourceText

pytestmark = pytest.mark.django_db

TRANSLATION = {"origin": "translation", "source_work": "german"}
ADAPTATION = {"origin": "adaptation", "source_work": "german"}
REPUBLICATION = {"origin": "republication", "source_work": "english"}
CO_PUBLICATION = {"origin": "co-publication", "source_work": "english"}
RAW = {"method": "machine-raw", "tool": "Tidewords 3"}
HELPED = {"method": "machine-assisted", "tool": "Tidewords 3"}
REVIEW = {"reviewer": "iris", "reviewed_on": "2026-05-03"}
REVIEWED = {"method": "machine-reviewed", "tool": "Tidewords 3"} | REVIEW

NAME_THE_TOOL = "Name the tool: readers are told."
NO_TOOL = "The work of people names no tool."
NO_MACHINE = "Only a translation or an adaptation is made with a machine."
WHO_AND_WHEN = "Say who reviewed the machine's work, and when."
NO_REVIEW = "Only for what a machine made and a person reviewed."
OWN_ADDRESS = "A translation's or an adaptation's canonical address is its own."


@pytest.fixture
def desk(client, monkeypatch):
    return sit_down(client, monkeypatch)


def filled(credit: dict[str, str], article: Article) -> dict[str, object]:
    """The fields with keys in place of the names of rows."""
    rows = {
        "german": make_source_work(),
        "english": make_source_work(language="en"),
        "sibling": make_draft(story=article.story, language="de"),
        "iris": make_contributor(name="Iris Holm"),
    }
    return {name: rows[value].pk if value in rows else value for name, value in credit.items()}


@pytest.mark.parametrize(
    "credit",
    [
        TRANSLATION | HELPED,
        TRANSLATION | RAW | {"treatment": "excerpt"},
        TRANSLATION | REVIEWED | {"search_engines": "noindex"},
        {"origin": "translation", "source_article": "sibling"} | RAW,
        {"origin": "adaptation", "source_article": "sibling"} | REVIEWED,
        ADAPTATION | {"treatment": "abridged"},
        ADAPTATION | {"source_work": "english"},
        REPUBLICATION | {"search_engines": "canonical"},
        CO_PUBLICATION | {"search_engines": "canonical", "treatment": "adapted"},
    ],
)
def test_possible_credit_is_kept(desk, credit):
    article = make_draft()
    credit = filled(credit, article)
    assert save(desk, article, **credit).status_code == 302
    kept = Attribution.objects.filter(article=article).values().get()
    for name, value in credit.items():
        assert str(kept.get(name, kept.get(f"{name}_id"))) == str(value)


@pytest.mark.parametrize(
    ("credit", "errors"),
    [
        (TRANSLATION | RAW | {"tool": ""}, {"tool": NAME_THE_TOOL}),
        (TRANSLATION | HELPED | {"tool": " "}, {"tool": NAME_THE_TOOL}),
        (TRANSLATION | {"tool": "Tidewords 3"}, {"tool": NO_TOOL}),
        (TRANSLATION | REVIEWED | {"reviewer": ""}, {"reviewer": WHO_AND_WHEN}),
        (TRANSLATION | REVIEWED | {"reviewed_on": ""}, {"reviewed_on": WHO_AND_WHEN}),
        (
            TRANSLATION | REVIEWED | {"reviewer": "", "reviewed_on": "", "tool": ""},
            {"tool": NAME_THE_TOOL, "reviewer": WHO_AND_WHEN, "reviewed_on": WHO_AND_WHEN},
        ),
        (TRANSLATION | RAW | REVIEW, {"reviewer": NO_REVIEW, "reviewed_on": NO_REVIEW}),
        (TRANSLATION | REVIEW, {"reviewer": NO_REVIEW, "reviewed_on": NO_REVIEW}),
        (REPUBLICATION | RAW, {"method": NO_MACHINE}),
        (CO_PUBLICATION | HELPED, {"method": NO_MACHINE}),
        (RAW, {"method": NO_MACHINE}),
        ({"tool": "Tidewords 3"}, {"tool": NO_TOOL}),
        (REVIEW, {"reviewer": NO_REVIEW, "reviewed_on": NO_REVIEW}),
        (
            {"search_engines": "noindex"},
            {"search_engines": "Only a piece with a source is kept from them."},
        ),
        (TRANSLATION | {"search_engines": "canonical"}, {"search_engines": OWN_ADDRESS}),
        (ADAPTATION | {"search_engines": "canonical"}, {"search_engines": OWN_ADDRESS}),
        ({"origin": "adaptation"}, {"source_work": "Say what this was made from."}),
        (
            CO_PUBLICATION | {"source_work": "german"},
            {"source_work": "Only a translation or an adaptation is in another language."},
        ),
        (
            {"origin": "co-publication", "source_article": "sibling"},
            {"source_article": "What is republished comes from another publication."},
        ),
        (
            ADAPTATION | {"source_article": "sibling"},
            {"source_article": "Give one source: elsewhere or our own, not both."},
        ),
    ],
)
def test_impossible_credit_is_refused_beside_what_cures_it(desk, credit, errors):
    article = make_draft()
    answer = save(desk, article, **filled(credit, article))
    assert credit_errors(answer) == {field: [message] for field, message in errors.items()}
    assert not Attribution.objects.exists()


@pytest.mark.parametrize("sign", ["\u202e", "\x07"])
def test_tool_takes_no_signs_that_nobody_sees(desk, sign):
    article = make_draft()
    credit = TRANSLATION | RAW | {"tool": f"Tide{sign}words"}
    assert list(credit_errors(save(desk, article, **filled(credit, article)))) == ["tool"]


def form_of(desk, article: Article) -> str:
    return unescape(desk.get(reverse("admin:articles_article_change", args=[article.pk])).text)


def test_form_shows_the_sentence_that_readers_are_told(desk):
    article = make_draft(language="de")
    make_attribution(
        article=article,
        source_work=make_source_work(language="en"),
        method="machine-reviewed",
        tool="Tidewords 3",
        reviewer=make_contributor(name="Iris Holm"),
        reviewed_on=date(2026, 5, 3),
    )
    page = form_of(desk, article)
    assert '<span lang="de" dir="auto">Zuerst erschienen bei <a' in page
    assert "Maschinell übersetzt (<bdi>Tidewords 3</bdi>), geprüft von <a" in page
    assert "Zuerst erschienen" not in form_of(desk, make_draft())


def test_house_licence_can_be_offered(desk):
    licence = Licence.objects.create(name="CC BY 4.0", slug="cc-by")
    article = make_draft()
    credit = filled(TRANSLATION, article) | {"licence": licence.pk}
    assert save(desk, article, **credit).status_code == 302
    assert Attribution.objects.get().licence == licence


@pytest.mark.parametrize("replace", [True, False])
def test_another_source_has_not_been_covered_yet(desk, replace):
    article, chief = make_draft(), get_user_model().objects.get()
    work, other = make_source_work(), make_source_work()
    text = SourceText.objects.create(source_work=work, number=1, text="Es war", taken_by=chief)
    make_attribution(article=article, source_work=work, source_text=text)
    new = other if replace else work
    assert save(desk, article, origin="translation", source_work=new.pk).status_code == 302
    kept = Attribution.objects.get()
    assert kept.source_work == new
    assert kept.source_text == (None if replace else text)


def test_another_source_of_our_own_has_not_been_covered_yet(desk):
    article = make_draft()
    german = make_draft(story=article.story, language="de")
    turkish = make_draft(story=article.story, language="tr")
    revision = make_revision(german)
    make_attribution(article=article, source_article=german, source_revision=revision)
    saved = save(desk, article, origin="translation", source_article=turkish.pk)
    assert saved.status_code == 302
    assert Attribution.objects.get().source_revision is None
