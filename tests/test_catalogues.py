"""Every string of the sources is translated in every catalogue, and each .mo is its .po.

Each check is proved by an app made for it, whose catalogue is then spoiled in one place.
"""

from pathlib import Path

import pytest
from babel.messages import Message
from django.utils import translation
from django.utils.text import capfirst

from bin import messages
from translations import sentences

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

NAME = _("harbour %(name)s")
PLACE = pgettext("of a ship", "berth")
COUNT = ngettext("%(count)d ship", "%(count)d ships", 2)
"""
TEMPLATE = """{% load i18n %}
  <p title="{% translate 'Tide' %}">{% blocktranslate with at=tide %}High
at {{ at }}, 100 %{% endblocktranslate %}</p>
    {# indented like no Python #}{{ name|default:_("Pilot") }}
"""


def test_catalogues_say_what_the_sources_say():
    assert messages.problems() == []


def test_catalogue_knows_every_credit_sentence():
    words = {name: value for name, value in vars(sentences).items() if name.isupper()}
    tables = [value for value in words.values() if isinstance(value, dict)]
    said = {text for table in tables for text in table.values() if isinstance(text, str)}
    known = messages.sources(messages.ROOT / "translations")
    assert len(said) > 30
    assert {(None, sentence) for sentence in said | {sentences.ADAPTED}} <= known.keys()


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """An app with strings of every kind, all translated."""
    app = tmp_path / "harbour"
    (app / "templates").mkdir(parents=True)
    (app / "__init__.py").write_text(SOURCE)
    (app / "templates" / "tide.html").write_text(TEMPLATE)
    messages.update(tmp_path)
    for language in messages.PLURALS:
        spoil(app, language, lambda message: None)
    return app


def spoil(app: Path, language: str, change) -> None:
    """Write the catalogue with each text translated by itself, and `change` made to each."""
    path = messages.catalogue(app, language)
    known = messages.read(path)
    count = messages.filled(language, ()).num_plurals
    for message in known.values():
        message.string = message.id if isinstance(message.id, str) else (message.id[1],) * count
        change(message)
    messages.write(path, language, known.values())


def test_strings_of_python_and_templates_are_found(harbour):
    assert set(messages.sources(harbour)) == {
        (None, "harbour %(name)s"),
        ("of a ship", "berth"),
        (None, "%(count)d ship"),
        (None, "Tide"),
        (None, "High\nat %(at)s, 100 %%"),
        (None, "Pilot"),
    }


def test_whole_catalogue_passes(harbour):
    assert messages.problems(harbour.parent) == []


def test_new_and_gone_strings_are_told_of(harbour):
    (harbour / "__init__.py").write_text(SOURCE.replace("berth", "mooring"))
    assert [line for line in messages.problems(harbour.parent) if ", de:" in line] == [
        "harbour, de: not in the catalogue: 'mooring'",
        "harbour, de: not in the sources: 'berth'",
    ]


def test_plural_that_the_catalogue_lacks_is_told_of(harbour):
    (harbour / "__init__.py").write_text(SOURCE.replace("%(count)d ships", "ships, %(count)d"))
    assert "harbour, tr: another plural: '%(count)d ship'" in messages.problems(harbour.parent)


def empty(message: Message) -> None:
    message.string = "" if isinstance(message.string, str) else ("",) * len(message.string)


def lose_placeholder(message: Message) -> None:
    if message.id == "harbour %(name)s":
        message.string = "Hafen"


def mark_fuzzy(message: Message) -> None:
    message.flags.add("fuzzy")


@pytest.mark.parametrize(
    ("language", "change", "line"),
    [
        ("ru", empty, "harbour, ru: not translated: 'Tide'"),
        ("ar", mark_fuzzy, "harbour, ar: fuzzy: 'Tide'"),
        ("de", lose_placeholder, "harbour, de: other placeholders than its source: "
         "'harbour %(name)s'"),
    ],
)  # fmt: skip
def test_bad_translation_is_told_of(harbour, language, change, line):
    spoil(harbour, language, change)
    assert line in messages.problems(harbour.parent)


def test_turkish_label_that_capfirst_would_spoil_is_told_of(harbour):
    def begin_with_i(message: Message) -> None:
        if message.id == "Pilot":
            message.string = "iskele"

    assert capfirst("iskele") == "Iskele"
    spoil(harbour, "tr", begin_with_i)
    assert len(messages.problems(harbour.parent)) == 1


def test_mo_that_is_not_its_po_is_told_of(harbour):
    compiled = messages.catalogue(harbour, "de").with_suffix(".mo")
    compiled.write_bytes(messages.catalogue(harbour, "tr").with_suffix(".mo").read_bytes())
    line = "harbour, de: the .mo file is not what the .po file says"
    assert messages.problems(harbour.parent) == [line]
    compiled.unlink()
    assert messages.problems(harbour.parent) == [line]


def test_english_is_written_by_hand_and_only_compiled(harbour):
    path = messages.catalogue(harbour, "en")
    messages.write(path, "en", [Message("Sign In", "Sign in")])
    messages.update(harbour.parent)
    assert list(messages.read(path)) == [(None, "Sign In")]
    assert messages.problems(harbour.parent) == []
    path.with_suffix(".mo").unlink()
    line = "harbour, en: the .mo file is not what the .po file says"
    assert messages.problems(harbour.parent) == [line]


def test_update_keeps_what_is_translated(harbour):
    (harbour / "__init__.py").write_text(SOURCE.replace("berth", "mooring"))
    messages.update(harbour.parent)
    known = messages.read(messages.catalogue(harbour, "ru"))
    assert known[None, "Tide"].string == "Tide"
    assert known["of a ship", "mooring"].string == ""
    assert ("of a ship", "berth") not in known


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [("ru", 1, "1 комментарий"), ("ru", 3, "3 комментария"), ("ru", 12, "12 комментариев"),
     ("ar", 2, "تعليقان"), ("ar", 3, "3 تعليقات"), ("ar", 11, "11 تعليقًا"),
     ("tr", 5, "5 yorum"), ("de", 1, "1 Kommentar")],
)  # fmt: skip
def test_numbers_take_their_plural(language, count, text):
    with translation.override(language):
        said = translation.ngettext("%(count)s comment", "%(count)s comments", count)
    assert said % {"count": count} == text
