"""How long a text takes, by its language."""

import pytest

from richtext.pace import minutes_to_read


@pytest.mark.parametrize(
    ("language", "minutes"),
    [("en", 4), ("de", 6), ("tr", 6), ("ru", 5), ("ar", 7), ("ar-eg", 7), ("pl", 5)],
)
def test_a_thousand_words_take_as_long_as_their_language_says(language, minutes):
    assert minutes_to_read("<p>harbour </p>" * 1000, language=language) == minutes


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 0),
        ("<p></p><hr><p>– …</p>", 0),
        ("<p>Ferry.</p>", 1),
        (f'<figure><img alt="{"a word " * 500}"></figure><p>Ferry.</p>', 1),
        ("<p>one</p><p>two</p>" * 228, 2),
    ],
)
def test_words_are_counted_and_neither_tags_nor_signs(html, minutes):
    assert minutes_to_read(html, language="en") == minutes
