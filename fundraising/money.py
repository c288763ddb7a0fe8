"""Money as integers in the currency's smallest unit; never a float.

How many decimals a currency has and how its figures look comes from CLDR, through Babel.
"""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
    get_group_symbol,
)
from babel.numbers import get_decimal_symbol as decimal_mark
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info, ngettext, to_locale
from django.utils.translation import gettext as _

from operations.models import SiteSettings

MOST_DIGITS = 15  # of an amount in minor units: exact in JavaScript and far below BIGINT
LIMIT_MINOR = 10**MOST_DIGITS

NO_BREAK_SPACE = "\u00a0"
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
MARK = "[ .,'’٫٬،\u00a0\u202f]"  # what people write between the digits of an amount
FIGURE = f"(?:[0-9]|[٠-٩]|[۰-۹]|{MARK})*[0-9٠-٩۰-۹]{MARK}?"
BESIDE = f"[ {NO_BREAK_SPACE}\u202f{LEFT_TO_RIGHT_MARK}{RIGHT_TO_LEFT_MARK}]*"
ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩٫"
EXTENDED_ARABIC_INDIC = "۰۱۲۳۴۵۶۷۸۹٫"


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """ISO 4217 codes of what is legal tender somewhere today."""
    tenders = get_global("territory_currencies").values()
    return frozenset(
        code for rows in tenders for code, _from, until, tender in rows if tender and not until
    )


def validate_currency(code: str) -> None:
    if code not in currency_codes():
        raise ValidationError(
            _("Write the three capital letters of a currency in use, like EUR."), code="currency"
        )


def decimals(currency: str) -> int:
    """How many decimals the currency has: 2 for USD, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def parse_amount(text: str, currency: str, language: str | None = None) -> int:
    """What somebody typed, in minor units: "12.50" in USD is 1250. Always more than 0.

    The decimal mark is that of `language` (default: the active one). The currency's own sign or
    code may stand before or behind: "$20", "20 USD". Other marks are taken where they have one
    reading: "1,50", "1.234,56", and "1,234 $" as format_amount() writes it; "1.234" and "1,234"
    are refused, because they mean different amounts to different people. Besides 0-9 the digits
    may be Arabic-Indic or extended Arabic-Indic with their mark "٫"; one amount never mixes them.
    Raises ValidationError with the code amount, negative, marks, decimals, zero or long.
    """
    mark, bare = decimal_mark(_locale(language)), _without_sign(text, currency, language)
    is_signed = bare != text.strip(" ")
    figure = _with_one_reading(_western(bare, mark), currency, language, is_signed=is_signed)
    return _minor(figure, bare, currency, language)


def _minor(figure: str, typed: str, currency: str, language: str | None) -> int:
    """Of digits that have no marks but the language's decimal one; `typed` is what is refused."""
    mark = decimal_mark(_locale(language))
    match = re.fullmatch(rf"([0-9]+)(?:{re.escape(mark)}([0-9]+))?", figure)
    if not match:
        raise _no_amount(typed, currency, language)
    whole, fraction = match[1].lstrip("0"), match[2] or ""
    places = decimals(currency)
    if len(fraction) > places:
        message = ngettext(
            "%(currency)s takes at most %(count)d decimal, and no thousands marks.",
            "%(currency)s takes at most %(count)d decimals, and no thousands marks.",
            places,
        )
        raise ValidationError(message % {"currency": currency, "count": places}, code="decimals")
    digits = whole + fraction.ljust(places, "0")
    if len(digits) > MOST_DIGITS:
        raise ValidationError(_("This amount is too large."), code="long")
    if not int(digits or "0"):
        raise ValidationError(_("The amount must be more than zero."), code="zero")
    return int(digits)


def _without_sign(text: str, currency: str, language: str | None) -> str:
    """The text without the spaces around it and the currency's sign or code beside it."""
    names = {currency, *(get_currency_symbol(currency, each) for each in (_locale(language), "en"))}
    sign = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    match = re.fullmatch(
        rf"(?i:{BESIDE}(?:{sign}){BESIDE}(.+)|(.+?){BESIDE}(?:{sign}){BESIDE})", text
    )
    return re.sub(rf"^{BESIDE}|{BESIDE}$", "", match[1] or match[2]) if match else text.strip(" ")


def _with_one_reading(figure: str, currency: str, language: str | None, *, is_signed: bool) -> str:
    """The figure without thousands marks and with the language's decimal mark, where its marks can
    mean nothing else; with its sign it is one that the site has written. Else as it is."""
    mark, places = decimal_mark(_locale(language)), decimals(currency)
    if other := re.fullmatch(r"([0-9]+)[.,]([0-9]{1,2})", figure):
        return f"{other[1]}{mark}{other[2]}" if len(other[2]) <= places else figure
    grouped = re.fullmatch(rf"([1-9][0-9]{{0,2}}(?:({MARK})[0-9]{{3}})(?:\2[0-9]{{3}})*)"
                           r"(?:([.,٫])([0-9]+))?", figure)  # fmt: skip
    if not grouped or grouped[2] == grouped[3]:
        return figure
    whole = grouped[1].replace(grouped[2], "")
    if grouped[3]:
        return f"{whole}{mark}{grouped[4]}"
    is_ours = is_signed and grouped[2] == get_group_symbol(_locale(language))
    return whole if is_ours or grouped[1].count(grouped[2]) > 1 else figure


def _no_amount(text: str, currency: str, language: str | None) -> ValidationError:
    """What is wrong with a text that is no amount in this language."""
    places = decimals(currency)
    example = plain_amount(12505 * 10**places // 10, currency, language)
    told = {
        "mark": decimal_mark(_locale(language)),
        "currency": currency,
        "example": example,
    }
    if re.fullmatch(rf"[-\u2212\u2013] ?{FIGURE}", text):
        return ValidationError(_("An amount cannot be negative."), code="negative")
    if not re.fullmatch(FIGURE, text) or not re.search(MARK, text):
        message = _("This is no amount. Write digits alone, like %(example)s.")
        return ValidationError(message % told, code="amount")
    if places:
        message = _("Write decimals after “%(mark)s” and no thousands marks, like %(example)s.")
    else:
        message = _("Write whole %(currency)s without marks, like %(example)s.")
    return ValidationError(message % told, code="marks")


def parse_amounts(text: str, currency: str, *, most: int, language: str | None = None) -> list[int]:
    """Several typed amounts, ascending: one in each line, or parted by ";" or by a comma and a
    space, since a comma alone may be a decimal mark. Raises ValidationError as parse_amount()
    does, and with the code many or twice."""
    parts = [part for part in re.split(r"[\n;؛،]|,\s", text) if part.strip(" ,\r\t")]
    if len(parts) > most:
        message = ngettext("At most %(count)d amount.", "At most %(count)d amounts.", most)
        raise ValidationError(message % {"count": most}, code="many")
    amounts = [_listed(part.strip(" ,\r\t"), currency, language) for part in parts]
    if len(set(amounts)) < len(amounts):
        raise ValidationError(_("An amount stands here twice."), code="twice")
    return sorted(amounts)


def _listed(text: str, currency: str, language: str | None) -> int:
    """One of several, where a comma may part two of them: "5,10"."""
    bare = _without_sign(text, currency, language)
    return _minor(_western(bare, decimal_mark(_locale(language))), bare, currency, language)


def listed_amounts(amounts: list[int], currency: str, language: str | None = None) -> str:
    """The amounts as parse_amounts() reads them back."""
    return "; ".join(plain_amount(amount, currency, language) for amount in amounts)


def _western(text: str, mark: str) -> str:
    """The text with 0-9 for digits that are all of one script."""
    for script in (ARABIC_INDIC, EXTENDED_ARABIC_INDIC):
        if set(text) <= {*script, "٬"}:
            return text.translate(str.maketrans(script, "0123456789" + mark))
    return text


def plain_amount(minor: int, currency: str, language: str | None = None) -> str:
    """The amount as it is typed into a form: "5000.00"; parse_amount() reads it back."""
    pattern = "0" + _fraction(decimals(currency))
    return format_decimal(_major(minor, currency), pattern, _locale(language))


def format_amount(minor: int, currency: str, language: str | None = None) -> str:
    """The amount for readers: "2,355 $", "2.355,50 $"; whole amounts show no decimals.

    It follows the site's own pattern, whose spaces do not break and whose decimals, where it has
    some, always show. The marks and digits are those of `language` (default: the active one). In
    right-to-left languages direction marks keep the amount together in a sentence, the sign
    of "US$" behind its letters, and the minus before its figure.
    """
    return _patterned(_major(minor, currency), currency, shown_decimals(minor, currency), language)


def shown_decimals(minor: int, currency: str) -> int:
    """How many decimals readers see of the amount."""
    places = decimals(currency)
    is_short = "." not in SiteSettings.current().money_pattern and minor % 10**places == 0
    return 0 if is_short else places


def amount_pattern(currency: str, language: str | None = None) -> str:
    """How a whole amount looks, with {} in place of its figure: "{} $"."""
    return re.sub(r"[0-9٠-٩۰-۹]", "{}", _patterned(Decimal(0), currency, 0, language))


def _patterned(amount: Decimal, currency: str, places: int, language: str | None) -> str:
    pattern = SiteSettings.current().money_pattern.replace(" ", NO_BREAK_SPACE)
    pattern = re.sub("0[.0]*", "0" + _fraction(places), pattern)
    is_bidi = get_language_info(language or _active())["bidi"]
    if is_bidi:
        pattern = pattern.replace("¤", f"¤{LEFT_TO_RIGHT_MARK}")
    text = format_currency(
        amount, currency, pattern, _locale(language),
        currency_digits=False, numbering_system="default",
    )  # fmt: skip
    if not is_bidi:
        return text
    signed = re.sub(r"-[\d.,٫٬]+", rf"{LEFT_TO_RIGHT_MARK}\g<0>{RIGHT_TO_LEFT_MARK}", text)
    return f"{RIGHT_TO_LEFT_MARK}{signed}{RIGHT_TO_LEFT_MARK}"


def number_locale(language: str | None = None) -> str:
    """The language with its digits as scripts name it, so that theirs are ours: "ar-u-nu-latn"."""
    digits = _locale(language).default_numbering_system
    return f"{language or _active()}-u-nu-{digits}"


def format_number(number: int, language: str | None = None) -> str:
    """A whole number with the marks and digits of the language: "1,234"."""
    return format_decimal(number, "#,##0", _locale(language), numbering_system="default")


def format_percent(percent: int, language: str | None = None) -> str:
    """A whole percentage: "47 %" with a space that does not break, "%47" in Turkish."""
    figure = format_number(percent, language)
    comes_first = str(_locale(language).percent_formats[None].pattern).startswith("%")
    return f"%{figure}" if comes_first else f"{figure}{NO_BREAK_SPACE}%"


def floored_percent(part_minor: int, whole_minor: int) -> int:
    """How much of the whole has come, rounded down: 99.99 % is 99, never 100."""
    return part_minor * 100 // whole_minor


def whole_units(minor: int, currency: str) -> int:
    """The amount in whole currency units, rounded down."""
    return minor // 10 ** decimals(currency)


def _major(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-decimals(currency))


def _fraction(places: int) -> str:
    return "." + "0" * places if places else ""


def _active() -> str:
    return get_language() or "en"


def _locale(language: str | None) -> Locale:
    return Locale.parse(to_locale(language or _active()))
