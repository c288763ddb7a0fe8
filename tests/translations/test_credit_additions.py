"""What a credit tells beyond its row: authors, wordings, machines, and sources taken back."""

from datetime import date, timedelta

import pytest

from articles.models import Role, Status
from operations.clock import database_now
from tests.builders import make_article, make_contributor
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.credit import Credit, credit_of
from translations.models import Method, Origin

pytestmark = pytest.mark.django_db

REVIEWED_ON = date(2026, 5, 3)


def credit(*, language: str = "en", byline=(), origin=Origin.TRANSLATION, **fields) -> Credit:
    """The credit of an article made from a work whose author is Onno Brahms."""
    article = make_article(language=language, byline=byline)
    if "source_article" not in fields:
        same = origin in (Origin.REPUBLICATION, Origin.CO_PUBLICATION)
        foreign = "en" if language == "de" else "de"
        source = {"language": language if same else foreign, "byline": "Onno Brahms"}
        fields["source_work"] = make_source_work(**source | fields.pop("work", {}))
    make_attribution(article=article, origin=origin, **fields)
    return credit_of(article, now=database_now())


@pytest.mark.parametrize(
    ("language", "origin", "sentence"),
    [
        ("en", "translation", "Original text by Onno Brahms."),
        ("de", "translation", "Originaltext: Onno Brahms."),
        ("tr", "translation", "Özgün metni yazan: Onno Brahms."),
        ("ru", "translation", "Текст оригинала: Onno Brahms."),
        ("ar", "translation", "النص الأصلي بقلم: \u2068Onno Brahms\u2069."),
        ("en", "republication", "Text by Onno Brahms."),
        ("de", "republication", "Text: Onno Brahms."),
        ("tr", "republication", "Metni yazan: Onno Brahms."),
        ("ru", "co-publication", "Текст: Onno Brahms."),
        ("ar", "co-publication", "النص بقلم: \u2068Onno Brahms\u2069."),
    ],
)
def test_author_of_the_source_is_named_last(language, origin, sentence):
    assert credit(language=language, origin=origin).text.endswith(f". {sentence}")


def test_author_whom_the_byline_names_is_not_named_again():
    onno = (make_contributor(name="Onno Brahms"), Role.REPORTER)
    mina = (make_contributor(name="Mina Drost"), Role.REPORTER)
    assert "Onno Brahms" not in credit(byline=[onno]).text
    assert "Onno Brahms" in credit(byline=[mina]).text


@pytest.mark.parametrize(
    ("language", "origin", "sentence"),
    [
        ("en", "adaptation", "Based on one of our articles in German."),
        ("de", "adaptation", "Nach einem unserer Artikel auf Englisch."),
        ("tr", "adaptation", "Bir yazımızdan uyarlanmıştır. Özgün metnin dili: Almanca."),
        ("ru", "adaptation", "По одной из наших статей (язык: немецкий)."),
        ("ar", "adaptation", "استنادًا إلى أحد مقالاتنا (الألمانية)."),
        ("en", "same", "Based on one of our articles."),
        ("de", "same", "Nach einem unserer Artikel."),
        ("tr", "same", "Bir yazımızdan uyarlanmıştır."),
        ("ru", "same", "По одной из наших статей."),
        ("ar", "same", "استنادًا إلى أحد مقالاتنا."),
    ],
)
def test_basis_of_our_own_that_readers_cannot_see_is_not_named(language, origin, sentence):
    foreign = "en" if language == "de" else "de"
    code = language if origin == "same" else foreign
    draft = make_article(language=code, headline="Secret", status=Status.DRAFT)
    told = credit(language=language, origin=Origin.ADAPTATION, source_article=draft)
    assert told.text == sentence
    assert "Secret" not in told.html


def test_source_that_was_taken_back_is_named_without_a_link():
    there = credit()
    gone = credit(work={"withdrawn_at": database_now() - timedelta(days=1)})
    assert gone.text == there.text
    assert "<a " in there.html
    assert '<bdi lang="de">Hafenblatt Nordermoor</bdi>' in gone.html
    assert "<a " not in gone.html


def test_wording_of_the_publication_follows_in_its_language_alone():
    wordings = {"en": "With thanks to {source} & <b>all</b>.", "de": "Mit Dank."}
    publication = make_publication()
    publication.credit_wordings = wordings
    publication.save()
    told = credit(work={"publication": publication})
    assert told.text.endswith("Onno Brahms. With thanks to {source} & <b>all</b>.")
    assert told.html.endswith("With thanks to {source} &amp; &lt;b&gt;all&lt;/b&gt;.")
    turkish = credit(language="tr", work={"publication": publication})
    assert turkish.text.endswith("Özgün metni yazan: Onno Brahms.")


def test_reviewer_is_linked_and_a_machines_markup_is_shown():
    iris = make_contributor(slug="iris-holm", name="Iris Holm")
    review = {"method": Method.MACHINE_REVIEWED, "reviewer": iris, "reviewed_on": REVIEWED_ON}
    told = credit(language="de", tool="<b>Tidewords</b>", **review)
    assert '<a href="/de/contributors/iris-holm/"><bdi>Iris Holm</bdi></a> am 3. Mai' in told.html
    assert "<bdi>&lt;b&gt;Tidewords&lt;/b&gt;</bdi>" in told.html
    assert "übersetzt (<b>Tidewords</b>), geprüft von Iris Holm am 3. Mai 2026." in told.text


def test_reviewer_in_the_byline_is_no_part_of_the_sentence():
    told = credit(byline=[(make_contributor(name="Iris Holm"), Role.REVIEWER)])
    assert "Iris Holm" not in told.html


@pytest.mark.parametrize(
    ("origin", "language", "mark"),
    [
        (Origin.ADAPTATION, "de", "DE → EN"),
        (Origin.ADAPTATION, "en-gb", ""),
        (Origin.TRANSLATION, "en-gb", "EN-GB → EN"),
        (Origin.CO_PUBLICATION, "en", ""),
    ],
)
def test_mark_tells_of_every_change_of_language(origin, language, mark):
    assert credit(origin=origin, work={"language": language}).languages == mark


LABELS = {
    "en": "Machine translation, not reviewed",
    "de": "Maschinelle Übersetzung, nicht geprüft",
    "tr": "Makine çevirisi, gözden geçirilmemiş",
    "ru": "Машинный перевод, не проверен",
    "ar": "ترجمة آلية، غير مُراجَعة",
}


@pytest.mark.parametrize("language", LABELS)
def test_what_a_machine_translated_is_labelled_in_the_articles_language(language):
    assert credit(language=language, method=Method.MACHINE_RAW, tool="T").label == LABELS[language]
    assert credit(language=language, method=Method.MACHINE_ASSISTED, tool="T").label == ""
    assert credit(language=language).label == ""


def test_label_says_whether_somebody_reviewed_it():
    review = {"tool": "T", "reviewer": make_contributor(), "reviewed_on": REVIEWED_ON}
    told = credit(method=Method.MACHINE_REVIEWED, **review)
    assert told.label == "Machine translation, reviewed by a person"
    adapted = credit(origin=Origin.ADAPTATION, method=Method.MACHINE_REVIEWED, **review)
    assert adapted.label == "Machine-made text, reviewed by a person"


def test_name_of_another_direction_is_isolated_in_plain_text():
    work = {"publication": make_publication(name="بريد الميناء", language="ar"), "language": "ar"}
    told = credit(work=work)
    assert told.text.startswith(
        "Translation of a text that originally appeared at \u2068بريد الميناء\u2069."
    )
    assert '<bdi lang="ar">بريد الميناء</bdi>' in told.html
    digits = credit(language="ar", method=Method.MACHINE_RAW, tool="9000")
    assert "(\u20689000\u2069)" in digits.text
