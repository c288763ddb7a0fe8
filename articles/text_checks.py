"""What is checked in an article's words: headings, pictures, length, and whether it reads well."""

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from html import unescape

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.checklist import Finding
from articles.figures import images_of
from articles.models import Article, Image, Status
from operations.clock import database_now
from richtext.figures import figures_of
from richtext.outline import Outline
from richtext.plain import is_readable
from richtext.sentences import count_words, sentences

LONGEST_HEADLINE = 110  # signs: three lines on a phone, and what search engines show
# Per language, words: a mean that still reads well, and one sentence that is too long for anybody.
# The others say with fewer words what English says: the same texts in all five have it so.
SENTENCES = {"en": (22, 60), "de": (20, 54), "tr": (15, 42), "ru": (17, 48), "ar": (16, 46)}
MEASURED = 5  # sentences: the mean of fewer says nothing
NAMED = 3  # of the long ones

_name_of_a_file = re.compile(
    r"""
    .*\.(?:jpe?g|png|webp|heic|heif|gif|tiff?|avif|bmp|svg|raw|dng|cr[23]|nef|arw)
    | (?:img|dsc[nf]?|_?mg|pxl|mvimg|gopr|gh|dji|p|sam|kimg|pict|hpim|image|photo|picture|foto|bild
        |screen\s?shot|bildschirmfoto|whatsapp\ image|untitled|unbenannt)
      (?=\D*\d)(?:[\s_.:~()-]|\d|wa|at|copy|edited|bearbeitet)*
    | \S*_\S*  # words are not joined like this
    | [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} | [0-9a-f]{16,}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_name_of_a_file(alt: str) -> bool:
    """Whether what should describe a picture is what a camera or a program called it."""
    return _name_of_a_file.fullmatch(alt.strip()) is not None


def lead_picture_is_described(article: Article) -> Iterator[Finding]:
    """By words, or as only decoration. No query for rows with their picture."""
    if article.lead_image is None or article.lead_is_decorative:
        return
    alt = article.lead_alt or article.lead_image.alts.get(article.language, "")
    field = "lead_alt" if is_readable(article.lead_alt or "") else "lead_image"
    if not is_readable(alt):
        message = _("Describe the picture first: it has no alternative text in this language.")
        yield Finding("alt", message, field)
    elif is_name_of_a_file(alt):
        yield Finding("alt_file_name", _said_of_name(alt), field)


def pictures_in_text_are_described(article: Article) -> Iterator[Finding]:
    """In the text, else in the library, or as only decoration. A query where there are any."""
    body, lacking = article.body or "", 0
    known = images_of([body])
    for figure in figures_of(body):
        if figure.image not in known or figure.alt == "":  # left out for readers; decoration
            continue
        alt = unescape(figure.alt or "") or known[figure.image].alts.get(article.language, "")
        if not is_readable(alt):
            lacking += 1
        elif is_name_of_a_file(alt):
            yield Finding("alt_file_name", _said_of_name(alt), "body")
    if lacking:
        message = ngettext(
            "%(count)d picture in the text has no alternative text in this language.",
            "%(count)d pictures in the text have no alternative text in this language.",
            lacking,
        )
        yield Finding("alt", message % {"count": lacking}, "body")


def pictures_are_credited(article: Article) -> Iterator[Finding]:
    """Each says who made it, also mere decoration. A query where the text has any."""
    lead, in_text = article.lead_image, images_of([article.body or ""])
    if lead is not None and not is_readable(lead.credit):
        yield Finding("picture_credit", _uncredited(lead), "lead_image")
    for key, image in in_text.items():
        if not is_readable(image.credit) and key != article.lead_image_id:
            yield Finding("picture_credit", _uncredited(image), "body")


def _uncredited(image: Image) -> str:
    message = _("Nobody is credited for the picture “%(picture)s”: say in the library who made it.")
    return message % {"picture": image}


def _said_of_name(alt: str) -> str:
    message = _("“%(alt)s” is the name of a file: say what the picture shows.")
    return message % {"alt": Truncator(alt).chars(60)}


def headings_are_in_order(article: Article) -> Iterator[Finding]:
    """None is empty, the first is of the second level, and none skips one going down."""
    above = 1
    for heading in Outline(article.body or "").headings:
        said = {"heading": Truncator(heading.text).chars(60)}
        if not is_readable(heading.text):
            yield Finding("heading_empty", _("A heading in the text is empty."), "body")
        elif above == 1 and heading.level > 2:
            message = _("The first heading, “%(heading)s”, must be of level 2.")
            yield Finding("heading_skipped", message % said, "body")
        elif heading.level > above + 1:
            message = _("“%(heading)s” skips a level of headings.")
            yield Finding("heading_skipped", message % said, "body")
        above = heading.level


# Only warnings from here on


def headline_is_short(article: Article) -> Iterator[Finding]:
    count = sum(not unicodedata.combining(sign) for sign in article.headline or "")
    if count > LONGEST_HEADLINE:
        message = _(
            "The headline has %(count)d signs: lists and searches cut it off after %(most)d."
        )
        said = {"count": count, "most": LONGEST_HEADLINE}
        yield Finding("headline_long", message % said, "headline", is_warning=True)


def headline_is_the_only_one(article: Article) -> Iterator[Finding]:
    """No other story that is live or scheduled says the same in its language. Two queries."""
    headline = " ".join((article.headline or "").split())
    if not is_readable(headline):
        return
    others = Article.objects.filter(status=Status.PUBLISHED, headline__iexact=headline)
    others = others.in_edition(article.language).exclude(story=article.story_id)
    if others.exclude(unpublish_at__lte=database_now()).exists():
        message = _("Another article has this headline.")
        yield Finding("headline_twice", message, "headline", is_warning=True)


def sentences_are_short(article: Article) -> Iterator[Finding]:
    """Their words are counted, not judged: of the text's paragraphs, lists and quotations."""
    most_in_mean, most_in_one = SENTENCES.get(article.language, SENTENCES["en"])
    texts = [s for words in Outline(article.body or "").paragraphs for s in sentences(words)]
    counted = [(count, text) for text in texts if (count := count_words(text))]
    warning = partial(Finding, field="body", is_warning=True)
    mean = sum(count for count, _text in counted) / len(counted) if counted else 0
    if len(counted) >= MEASURED and mean > most_in_mean:
        message = _("Its sentences have %(mean)d words on average: up to %(most)d read well.")
        yield warning("sentences_long", message % {"mean": round(mean), "most": most_in_mean})
    longest = sorted((each for each in counted if each[0] > most_in_one), reverse=True)
    for count, text in longest[:NAMED]:
        message = _("A sentence of %(count)d words: “%(beginning)s”")
        said = {"count": count, "beginning": Truncator(text).words(6)}
        yield warning("sentence_long", message % said)
