"""What the checklist says of an article's words, each beside what it lets pass."""

import pytest

from articles import text_checks
from articles.models import Article, Status
from articles.text_checks import LONGEST_HEADLINE, is_name_of_a_file
from tests.builders import make_article, make_image

WORDS = "The harbour board agreed on Tuesday that the ferry leaves later. "


def codes(check, **fields):
    return [finding.code for finding in check(Article(**{"language": "en"} | fields))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>No heading</p>", []),
        ("<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2>", []),
        ("<h2>One</h2><h3>Two</h3><h2>Three</h2><h3>Four</h3>", []),
        ("<h3>One</h3>", ["heading_skipped"]),
        ("<h2>One</h2><h4>Two</h4>", ["heading_skipped"]),
        ("<h2>One</h2><h3>Two</h3><h2>Three</h2><h4>Four</h4>", ["heading_skipped"]),
        ("<h2> <strong>\u200b</strong> </h2>", ["heading_empty"]),
        ("<h4></h4>", ["heading_empty"]),
    ],
)
def test_headings_skip_no_level_and_are_never_empty(body, expected):
    assert codes(text_checks.headings_are_in_order, body=body) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("library", "told", "expected"),
    [
        ("", ' alt="A ferry at the quay"', []),
        ("", ' alt=""', []),  # only decoration
        ("A ferry", "", []),  # what the library says
        ("", "", ["alt"]),
        ("", ' alt=" \u200b"', ["alt"]),
        ("A ferry", ' alt="IMG_1234.jpg"', ["alt_file_name"]),
        ("DSC0001", "", ["alt_file_name"]),
        ("DSC0001", ' alt="A ferry"', []),
        ("A ferry", ' alt="&nbsp;"', ["alt"]),
    ],
)
def test_pictures_in_the_text_are_described(library, told, expected):
    image = make_image(alt=library)
    body = f'<p>Text</p><figure><img src="/images/{image.pk}/"{told}></figure>'
    body += '<figure><img src="/images/999999/"></figure>'  # readers never see that one
    assert codes(text_checks.pictures_in_text_are_described, body=body) == expected


@pytest.mark.parametrize(
    "alt",
    ["IMG_1234.jpg", "img_1234", "IMG-20260102-WA0007", "DSC0001", "DSCN 0412", "_MG_0007",
     "PXL_20260301_101500123", "quay.jpeg", "The quay.PNG", "ferry-quay_final_2", "P1030244",
     "Screenshot 2026-03-01 10.15.00", "screen shot 2026-03-01 at 10.15", "image (3)", "photo 12",
     "Bildschirmfoto 2026-03-01", "b5d0c1de-12ab-4f6e-9d0c-0123456789ab", "harbour.heic"],
)  # fmt: skip
def test_name_of_a_file_is_no_description(alt):
    assert is_name_of_a_file(alt)


@pytest.mark.parametrize(
    "alt",
    ["A ferry at the quay", "Fähre", "COVID-19", "Image of a ferry", "Photo: the quay in 1974",
     "Bild 3 von 4: die Brücke", "Pier 7 at night", "Сирень", "صورة الميناء", "P. Okafor", "M3",
     "Ten picnickers", "2026"],
)  # fmt: skip
def test_description_is_no_name_of_a_file(alt):
    assert not is_name_of_a_file(alt)


@pytest.mark.parametrize(
    ("alts", "fields", "expected"),
    [
        ({"en": "A ferry"}, {}, []),
        ({}, {}, [("alt", "lead_image")]),
        ({}, {"lead_is_decorative": True}, []),
        ({}, {"lead_alt": "The quay at night"}, []),
        ({"en": "IMG_1234.jpg"}, {}, [("alt_file_name", "lead_image")]),
        ({"en": "IMG_1234.jpg"}, {"lead_alt": "The quay at night"}, []),
        ({"en": "IMG_1234.jpg"}, {"lead_is_decorative": True}, []),
        ({"en": "A ferry"}, {"lead_alt": "quay.jpg"}, [("alt_file_name", "lead_alt")]),
        ({"de": "Eine Fähre"}, {}, [("alt", "lead_image")]),
        ({"de": "Eine Fähre", "en": "A ferry"}, {}, []),
    ],
)
@pytest.mark.django_db
def test_lead_picture_is_described_or_decorative(alts, fields, expected):
    article = Article(language="en", lead_image=make_image(alts=alts), **fields)
    found = text_checks.lead_picture_is_described(article)
    assert [(finding.code, finding.field) for finding in found] == expected


@pytest.mark.django_db
def test_picture_in_the_text_is_described_in_the_language_of_the_text():
    image = make_image(alts={"en": "A ferry"})
    body = f'<figure><img src="/images/{image.pk}/"></figure>'
    check = text_checks.pictures_in_text_are_described
    assert codes(check, body=body, language="en") == []
    assert codes(check, body=body, language="de") == ["alt"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("credit", "is_credited"), [("Oona", True), ("", False), ("\u200b", False)]
)
def test_pictures_say_who_made_them(credit, is_credited):
    image, other = make_image(credit=credit), make_image(credit=credit)
    body = f'<figure><img src="/images/{other.pk}/"></figure>'
    article = Article(language="en", lead_image=image, lead_is_decorative=True, body=body)
    fields = [finding.field for finding in text_checks.pictures_are_credited(article)]
    assert fields == ([] if is_credited else ["lead_image", "body"])


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("x" * LONGEST_HEADLINE, []),
        ("x" * (LONGEST_HEADLINE + 1), ["headline_long"]),
        ("e\u0301" * LONGEST_HEADLINE, []),
        ("", []),
    ],
)
def test_long_headline_is_warned_of(headline, expected):
    assert codes(text_checks.headline_is_short, headline=headline) == expected


OTHERS = [
    ({}, True),
    ({"headline": "THE  ferry leaves late"}, False),
    ({"headline": "THE FERRY LEAVES LATE"}, True),
    ({"language": "de"}, False),
    ({"status": Status.DRAFT}, False),
    ({"status": Status.WITHDRAWN}, False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "is_found"), OTHERS)
def test_headline_of_another_live_article_is_warned_of(fields, is_found):
    make_article(**{"headline": "The ferry leaves late"} | fields)
    article = make_article(headline="The ferry leaves late", status=Status.DRAFT)
    found = list(text_checks.headline_is_the_only_one(article))
    assert [finding.code for finding in found] == ["headline_twice"] * is_found
    assert all(finding.is_warning for finding in found)


@pytest.mark.django_db
def test_versions_of_one_story_may_share_their_headline():
    article = make_article(headline="Quillmere")
    draft = make_article(story=article.story, language="de", headline="Quillmere", status="draft")
    Article.objects.filter(pk=article.pk).update(language="tr")
    assert not list(text_checks.headline_is_the_only_one(draft))


def sentence(words):
    return " ".join(["word"] * (words - 1)) + " end. "


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        (f"<p>{WORDS * 6}</p>", "en", []),
        (f"<p>{sentence(60)}</p>", "en", []),
        (f"<p>{sentence(61)}</p>", "en", ["sentence_long"]),
        (f"<p>{sentence(61)}</p>", "xx", ["sentence_long"]),
        (f"<p>{sentence(43)}</p>", "en", []),
        (f"<p>{sentence(43)}</p>", "tr", ["sentence_long"]),
        (f"<p>{sentence(23)}</p>" * 5, "en", ["sentences_long"]),
        (f"<p>{sentence(61)}</p>" * 9, "en", ["sentences_long", *["sentence_long"] * 3]),
        (f"<p>{sentence(23)}</p>" * 4, "en", []),
        (f"<p>{sentence(22)}</p>" * 5, "en", []),
        (f"<p>{sentence(22)}</p>" * 5, "ar", ["sentences_long"]),
        (f"<ul>{'<li>one two three</li>' * 40}</ul>", "en", []),
        (f"<h2>{'word ' * 70}</h2>", "en", []),
        ("", "en", []),
    ],
)
def test_long_sentences_are_warned_of_by_the_measure_of_their_language(body, language, expected):
    assert codes(text_checks.sentences_are_short, body=body, language=language) == expected
