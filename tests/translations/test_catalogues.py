"""The compiled catalogues say what their sources say, and every string is translated."""

import io
from pathlib import Path

import pytest
from babel.messages import Catalog, mofile, pofile

from translations import credit

LOCALE = Path(credit.__file__).with_name("locale")
LANGUAGES = ["ar", "de", "ru", "tr"]


def messages(catalogue: Catalog) -> dict[tuple[str | None, str], str]:
    """Each message's text by its context, which Babel reads as bytes from .mo, and its id."""
    return {
        (context.decode() if isinstance(context := message.context, bytes) else context,
         message.id): message.string
        for message in catalogue if message.id
    }  # fmt: skip


def read(language: str) -> tuple[dict, dict]:
    """The messages of the source and of the compiled catalogue, by context and id."""
    folder = LOCALE / language / "LC_MESSAGES"
    source = pofile.read_po(io.BytesIO((folder / "django.po").read_bytes()), abort_invalid=True)
    compiled = mofile.read_mo(io.BytesIO((folder / "django.mo").read_bytes()))
    return messages(source), messages(compiled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_the_source(language):
    source, compiled = read(language)
    assert compiled == source
    assert all(source.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_knows_every_credit_sentence(language):
    source, _compiled = read(language)
    sentences = {
        *credit.TRANSLATED_FROM_ELSEWHERE.values(),
        *credit.TRANSLATED_FROM_OUR_OWN.values(),
        *credit.REPUBLISHED.values(),
        *credit.OUR_ORIGINAL.values(),
        credit.ABRIDGED,
    }
    assert {(None, sentence) for sentence in sentences} <= source.keys()
