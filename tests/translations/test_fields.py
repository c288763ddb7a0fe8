"""One spelling per web address and per language code."""

import pytest
from django.core.exceptions import ValidationError

from tests.translations.builders import make_publication, make_source_work
from translations.fields import check_language, normalised_address
from translations.models import SourceWork

SAME = "https://hafenblatt.example/winter?page=2"


@pytest.mark.parametrize(
    "written",
    [
        SAME,
        " HTTPS://Hafenblatt.Example/winter?page=2 ",
        "https://hafenblatt.example:443/winter?page=2",
        "https://hafenblatt.example/winter?page=2#comments",
        "https://hafenblatt.example/winter?page=2&utm_source=feed&utm_medium=rss",
        "https://hafenblatt.example/winter?utm_campaign=x&page=2",
    ],
)
def test_every_spelling_becomes_the_same_address(written):
    assert normalised_address(written) == SAME


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://hafenblatt.example:8080", "http://hafenblatt.example:8080/"),
        ("https://hafenblatt.example/A?b=C", "https://hafenblatt.example/A?b=C"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
    ],
)
def test_what_tells_pages_apart_is_kept(written, kept):
    assert normalised_address(written) == kept
    assert normalised_address(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript://hafenblatt.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://hafenblatt.example/",
        "//hafenblatt.example/",
        "hafenblatt.example",
        "https://",
        "https://me:secret@hafenblatt.example/",
        "https://hafenblatt.example:port/",
        "https://[broken/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(written):
    with pytest.raises(ValidationError):
        normalised_address(written)


@pytest.mark.parametrize("code", ["de", "pt-br", "zh-hans"])
def test_known_language_passes(code):
    check_language(code)


@pytest.mark.parametrize("code", ["", "xx", "german", "DE", "de_AT", "de\n", "../de"])
def test_unknown_language_is_refused(code):
    with pytest.raises(ValidationError):
        check_language(code)


@pytest.mark.django_db
def test_second_source_with_the_same_address_is_refused_beside_the_address():
    make_source_work(url="https://hafenblatt.example/winter")
    twin = SourceWork(
        publication=make_publication(),
        title="Winter",
        language="DE",
        url="https://HAFENBLATT.example/winter?utm_source=feed#top",
    )
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert refused.value.message_dict == {
        "url": ["This piece is already here, perhaps written differently."]
    }
    assert twin.language == "de"


@pytest.mark.django_db
def test_address_is_stored_normalised_without_a_form():
    work = make_source_work(url="HTTPS://Hafenblatt.example:443/winter#top")
    assert work.url == "https://hafenblatt.example/winter"
    work.refresh_from_db()
    assert work.url == "https://hafenblatt.example/winter"
