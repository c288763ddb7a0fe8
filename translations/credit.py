"""The credit line: where an article came from, said in the article's own language.

In HTML a name stands in <bdi>. In plain text one with letters of the other direction stands
between Unicode's isolates, so that it turns nothing around it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from unicodedata import bidirectional

from babel import Locale
from babel.lists import format_list
from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, gettext, override

from articles.models import Article, Contribution, Contributor, Role
from operations.composed import Asked, Composed
from translations.models import Attribution, Origin
from translations.sentences import Facts, is_across_languages, machine_label, sentences

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT = {"R", "AL"}

attribution_of: Composed[Attribution] = Composed(
    lambda article: Attribution.objects.with_sources().filter(article=article), article=int
)


def foreseen(_request: HttpRequest, article: Article) -> Asked:
    return attribution_of, {"article": article.pk}


@dataclass(frozen=True)
class Credit:
    """One article's credit: `html` with links (safe), `text` without, and what stands before it."""

    html: str
    text: str
    languages: str  # "DE → EN"; empty where nothing was translated
    label: str  # "Machine translation, not reviewed"; empty for the work of people
    tags: tuple[str, ...]  # of the pages that change what it names: `pagecache.marks.depend`


def credit_of(
    article: Article,
    *,
    now: datetime,
    editions: Collection[str] | None = None,
    attribution: Attribution | None = None,
) -> Credit | None:
    """The credit that readers see at `now`; None for an original.

    A source of our own is named only while it is live in one of the `editions` (default: all
    languages). One query, if the byline was prefetched as `for_reading()` does; none for an
    `attribution` that was read already, with its sources.
    """
    attribution = attribution or attribution_of.first(article=article.pk)
    if attribution is None or attribution.origin == Origin.ORIGINAL:
        return None
    attribution.article = article  # the caller's, with its byline
    if editions is None:
        editions = dict(settings.LANGUAGES)
    ours = attribution.source_article
    facts = Facts(
        translators=translators_of(article),
        is_source_readable=ours is None or (ours.is_live(now) and ours.language in editions),
        author=_author(attribution),
        wording=_wording(attribution),
    )
    with override(article.language):
        line = " ".join(sentences(attribution, facts))
        return Credit(
            html=_fill(line, HTML, attribution, facts),
            text=_fill(line, TEXT, attribution, facts),
            languages=language_mark(attribution),
            label=machine_label(attribution),
            tags=(ours.tag,) if (ours := attribution.source_article) else (),
        )


def translators_of(article: Article) -> list[Contribution]:
    """The byline's translators, in its order."""
    byline = article.contributions.all()
    return [line for line in byline if line.role == Role.TRANSLATOR]


def language_mark(attribution: Attribution) -> str:
    """ "DE → EN" for what was made from another language, else empty."""
    if not is_across_languages(attribution):
        return ""
    return f"{attribution.source_language} → {attribution.article.language}".upper()


def isolated(name: str) -> str:
    """The name as it may stand in a plain sentence of the active language's direction."""
    ours = RIGHT_TO_LEFT if get_language_bidi() else {"L"}
    strong = {bidirectional(sign) for sign in name} & (RIGHT_TO_LEFT | {"L"})
    is_safe = strong <= ours and (strong or "L" in ours)  # digits alone follow what is before
    return name if is_safe else f"{ISOLATE}{name}{END_OF_ISOLATE}"


def _isolated_name(_pattern: str, *, name: str, **_unused: str) -> str:
    return isolated(name)


@dataclass(frozen=True)
class _Form:
    """How a credit is written: `fill` puts values into a pattern, `put` a name into its own."""

    fill: Callable[..., str]
    put: Callable[..., str]


TEXT = _Form(fill=str.format, put=_isolated_name)
HTML = _Form(fill=format_html, put=format_html)
ELSEWHERE = (
    '<a href="{url}" rel="external noopener" hreflang="{language}">'
    '<bdi lang="{name_language}">{name}</bdi></a>'
)
TAKEN_BACK = '<bdi lang="{name_language}">{name}</bdi>'
OURS = '<a href="{url}" hreflang="{language}"><bdi lang="{language}">{name}</bdi></a>'
PERSON = '<a href="{url}"><bdi>{name}</bdi></a>'
NAME = "<bdi>{name}</bdi>"


def _fill(line: str, form: _Form, attribution: Attribution, facts: Facts) -> str:
    """The line with every place filled, in the active language."""
    language, reviewer = attribution.article.language, attribution.reviewer
    people = [_named(line, form) for line in facts.translators]
    day = attribution.reviewed_on
    return form.fill(
        line,
        source=_source(attribution, form),
        language=language_name(attribution.source_language, language),
        translators=_listed(people, form, language),
        client=form.put(NAME, name=attribution.exclusive_for),
        tool=form.put(NAME, name=attribution.tool),
        reviewer=_person(reviewer, form) if reviewer else "",
        date=date_format(day, gettext("j F Y")) if day else "",
        author=form.put(NAME, name=facts.author),
        wording=facts.wording,
    )


def _person(person: Contributor, form: _Form) -> str:
    return form.put(PERSON, name=person.name, url=person.get_absolute_url())


def _named(line: Contribution, form: _Form) -> str:
    return _person(line.person, form) if line.person else form.put(NAME, name=line.name)


def _source(attribution: Attribution, form: _Form) -> str:
    """The name of the publication, or the headline of our own article."""
    if work := attribution.source_work:
        return form.put(
            TAKEN_BACK if work.withdrawn_at else ELSEWHERE,
            name=work.publication.name,
            name_language=work.publication.language,
            url=work.url,
            language=work.language,
        )
    if ours := attribution.source_article:
        return form.put(
            OURS, name=ours.headline, url=ours.get_absolute_url(), language=ours.language
        )
    return ""


def _author(attribution: Attribution) -> str:
    """Whom the source names as its author; '' where the article's own byline does so too."""
    work = attribution.source_work
    if not work or not work.byline:
        return ""
    byline = attribution.article.contributions.all()
    named = {name for line in byline if line.person for name in line.person.names.values()}
    named |= {line.name for line in byline}
    return "" if work.byline in named else work.byline


def _wording(attribution: Attribution) -> str:
    """The sentence that the publication asks for in the article's language; often ''."""
    work = attribution.source_work
    return work.publication.credit_wordings.get(attribution.article.language, "") if work else ""


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
