"""The credit line: where an article came from, said in the article's own language.

Every sentence is one whole message with named places, so that each language can put it as it
does best; nothing is put together from half sentences.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.lists import format_list
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop, override

from articles.models import Article, Contributor, Role
from operations.composed import Composed
from translations.models import Attribution, Origin, Treatment

# By whether translators are named, and whether it is exclusive.
TRANSLATED_FROM_ELSEWHERE = {
    (True, True): gettext_noop(
        "Originally appeared at {source}, translated by {translators} exclusively for {client}."
    ),
    (True, False): gettext_noop("Originally appeared at {source}, translated by {translators}."),
    (False, True): gettext_noop(
        "Originally appeared at {source}, translated exclusively for {client}."
    ),
    (False, False): gettext_noop("Translation of a text that originally appeared at {source}."),
}
TRANSLATED_FROM_OUR_OWN = {
    (True, True): gettext_noop("Translated by {translators} exclusively for {client}."),
    (True, False): gettext_noop("Translated by {translators}."),
    (False, True): gettext_noop("Translated exclusively for {client}."),
}
# By whether it is exclusive.
REPUBLISHED = {
    True: gettext_noop("Originally appeared at {source}, republished exclusively for {client}."),
    False: gettext_noop("Originally appeared at {source}."),
}
ABRIDGED = gettext_noop("Abridged.")
# By whether readers may see it. The headline stands last, so that it ends as it likes.
OUR_ORIGINAL = {
    True: gettext_noop("Read the original in {language}: {source}"),
    False: gettext_noop("The original is in {language}."),
}


_attribution: Composed[Attribution] = Composed(
    lambda article: Attribution.objects.with_sources().filter(article=article), article=int
)


@dataclass(frozen=True)
class Credit:
    """One article's credit: `html` with links (safe), `text` without, and the language mark."""

    html: str
    text: str
    languages: str  # "DE → EN"; empty where nothing was translated


def credit_of(
    article: Article, *, now: datetime, editions: Collection[str] | None = None
) -> Credit | None:
    """The credit that readers see at `now`; None for an original.

    A source of our own is named only while it is live in one of the `editions` (default: all
    languages). One query, if the byline was prefetched as `for_reading()` does.
    """
    attribution = _attribution.first(article=article.pk)
    if attribution is None or attribution.origin == Origin.ORIGINAL:
        return None
    attribution.article = article  # the caller's, with its byline
    if editions is None:
        editions = dict(settings.LANGUAGES)
    ours = attribution.source_article
    is_readable = ours is None or (ours.is_live(now) and ours.language in editions)
    with override(article.language):
        translators = translators_of(article)
        line = " ".join(_sentences(attribution, translators, is_readable=is_readable))
        return Credit(
            html=_fill(line, HTML, attribution, translators),
            text=_fill(line, TEXT, attribution, translators),
            languages=language_mark(attribution),
        )


def translators_of(article: Article) -> list[Contributor]:
    """Those whom the byline names as translators, in its order."""
    byline = article.contributions.all()
    return [line.contributor for line in byline if line.role == Role.TRANSLATOR]


def language_mark(attribution: Attribution) -> str:
    """ "DE → EN" for a translation, else empty."""
    if attribution.origin != Origin.TRANSLATION:
        return ""
    return f"{attribution.source_language} → {attribution.article.language}".upper()


def _sentences(
    attribution: Attribution, translators: list[Contributor], *, is_readable: bool
) -> list[str]:
    """The sentences that hold, in the active language, with their places still empty."""
    terms = bool(translators), bool(attribution.exclusive_for)
    if attribution.origin == Origin.REPUBLICATION:
        told = [REPUBLISHED[terms[1]]]
    elif attribution.source_article_id:
        told = [TRANSLATED_FROM_OUR_OWN[terms]] if any(terms) else []
    else:
        told = [TRANSLATED_FROM_ELSEWHERE[terms]]
    if attribution.treatment == Treatment.ABRIDGED:
        told.append(ABRIDGED)
    if attribution.source_article_id:
        told.append(OUR_ORIGINAL[is_readable])
    return [gettext(sentence) for sentence in told]


@dataclass(frozen=True)
class _Form:
    """How a credit is written: `fill` puts values into a pattern, the others are patterns."""

    fill: Callable[..., str]
    elsewhere: str = "{name}"
    ours: str = "{name}"
    person: str = "{name}"
    client: str = "{name}"


TEXT = _Form(fill=str.format)
HTML = _Form(
    fill=format_html,
    elsewhere='<a href="{url}" rel="external noopener" hreflang="{language}">'
    '<bdi lang="{name_language}">{name}</bdi></a>',
    ours='<a href="{url}" hreflang="{language}"><bdi lang="{language}">{name}</bdi></a>',
    person='<a href="{url}"><bdi>{name}</bdi></a>',
    client="<bdi>{name}</bdi>",
)


def _fill(line: str, form: _Form, attribution: Attribution, translators: list[Contributor]) -> str:
    """The line with every place filled, in the active language."""
    people = [
        form.fill(form.person, name=person.name, url=person.get_absolute_url())
        for person in translators
    ]
    return form.fill(
        line,
        source=_source(attribution, form),
        language=language_name(attribution.source_language, attribution.article.language),
        translators=_listed(people, form, attribution.article.language),
        client=form.fill(form.client, name=attribution.exclusive_for),
    )


def _source(attribution: Attribution, form: _Form) -> str:
    """The name of the publication, or the headline of our own article."""
    if work := attribution.source_work:
        return form.fill(
            form.elsewhere,
            name=work.publication.name,
            name_language=work.publication.language,
            url=work.url,
            language=work.language,
        )
    if ours := attribution.source_article:
        return form.fill(
            form.ours, name=ours.headline, url=ours.get_absolute_url(), language=ours.language
        )
    return ""


def _listed(names: list[str], form: _Form, language: str) -> str:
    """ "A, B and C" as `language` writes it; empty for nobody."""
    if not names:
        return ""
    places = [f"{{{number}}}" for number in range(len(names))]
    return form.fill(format_list(places, locale=_locale(language)), *names)


def language_name(code: str, language: str) -> str:
    """What the language `code` is called in `language`: German, Deutsch, немецкий."""
    return _locale(code).get_display_name(_locale(language)) or code


def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-")
