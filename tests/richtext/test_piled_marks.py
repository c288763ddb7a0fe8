"""Words of every script pass; accents piled upon each other, which cover other lines, do not."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from richtext.plain import MOST_MARKS, has_pile, visible_text

WORDS = {
    "Arabic": "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ مُحَمَّدٌ",
    "Hebrew": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים וַיִּשָּׂ֨א יְרוּשָׁלִַ֗ם",
    "Thai": "น้ำใจ ก็ที่รู้จัก ผู้ใหญ่เชื่อมั่น",
    "Vietnamese": "Nguyễn Thị Hường, trường học ở phố",
    "Tibetan": "བསྒྲུབས་པ་བརྒྱད་རྫོགས་ ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
    "Burmese": "မြန်မာနိုင်ငံ ဖြွှုံ ကြောင်း",
    "Hindi": "स्त्रियों को श्रृंखला में क्ष्म्यं",
    "Yoruba": "Ọ̀ṣọ́ọ̀sì ẹ̀kọ́",
    "emoji": "1️⃣ ❤️‍🔥 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_words_of_every_script_pass(word):
    for form in ("NFC", "NFD"):
        visible_text(unicodedata.normalize(form, word))


def test_as_many_marks_as_a_script_needs_pass_and_one_more_does_not():
    visible_text("x" + "\u0323" * MOST_MARKS)
    with pytest.raises(ValidationError, match="too many accents"):
        visible_text("x" + "\u0323" * (MOST_MARKS + 1))


@pytest.mark.parametrize("between", ["\u200d", "\u200b", "\u034f", "\u20dd", "\u093e"])
def test_what_belongs_to_the_letter_starts_no_new_pile(between):
    assert has_pile("Z" + "\u035c" * 3 + between + "\u035c" * 3)
    assert not has_pile("Z" + "\u035c" * 3 + "Z" + "\u035c" * 3)
