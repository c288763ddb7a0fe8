"""One spelling per language code, and per address of a source."""

import pytest
from django.core.exceptions import ValidationError

from tests.translations.builders import make_publication, make_source_work
from translations.fields import check_language
from translations.models import SourceWork


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
