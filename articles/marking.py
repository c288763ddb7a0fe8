"""What of a text stands around the words that were found, with these marked."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from richtext.highlights import BEGIN, END, highlighted

CUT, LESS = "\x04", "\x05"  # what no text of ours holds
# Some languages have letters that are searched in another form. There are as many of either.
LOWERED = {code: str.maketrans("Iİ", "ıi") for code in ("tr", "az")}
MARKS = f'StartSel="{BEGIN}", StopSel="{END}"'
WHOLE = f"{MARKS}, HighlightAll=true"
FRAGMENTS = (
    f'{MARKS}, MaxFragments=2, MaxWords=28, MinWords=12, ShortWord=0, FragmentDelimiter="{CUT}"'
)
# What looks like an element to PostgreSQL would be left out.
MARKED = """ts_headline(
    articles_search_config({language}),
    replace(articles_search_lowered({language}, {text}), '<', '{less}'),
    articles_search_query({language}, %(words)s), '{options}'
)"""


def marked_sql(text: str, language: str, *, options: str) -> str:
    """SQL for what `shown` takes: of a visible text, for the parameter `words`."""
    return MARKED.format(text=text, language=language, less=LESS, options=options)


def shown(marked: str, *, text: str, language: str) -> SafeString:
    """Safe HTML of what SQL has marked in the text, in the letters that the text has."""
    fragments: Iterable[str] = marked.replace(LESS, "<").split(CUT)
    if letters := LOWERED.get(language.partition("-")[0]):
        fragments = _written_as_in(text, text.translate(letters), fragments)
    return highlighted(" … ".join(fragments))


def _written_as_in(text: str, lowered: str, fragments: Iterable[str]) -> Iterable[str]:
    """Fragments of `lowered` with the letters of `text`, which is as long."""
    at = 0
    for fragment in fragments:
        plain = fragment.replace(BEGIN, "").replace(END, "")
        found = lowered.find(plain, at)
        if found < 0:  # composed otherwise than the text is
            yield fragment
            continue
        at = found + len(plain)
        letters = iter(text[found:at])
        yield "".join(each if each in (BEGIN, END) else next(letters) for each in fragment)
