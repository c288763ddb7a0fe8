"""On what terms an article may be published: rules over rows that have been read already.

An outside source needs terms that hold on the day: its licence, else its publication's, or a
permission. What is agreed in writing or by contract goes before any licence; a licence named by a
permission, or the public domain, counts where the source itself stands under no licence.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import Article
from operations.clock import database_now, site_day
from translations.models import (
    Attribution,
    Licence,
    Origin,
    Permission,
    PermissionKind,
    SourceWork,
    Treatment,
)

AGREED = (PermissionKind.WRITTEN, PermissionKind.CONTRACT)


def source_is_permitted(article: Article) -> Iterator[Finding]:
    """What stands in the way on the article's first day, or today if that is over. Four queries."""
    attribution = Attribution.objects.with_terms().filter(article=article).first()
    if attribution is not None:
        for problem in problems(attribution, on=first_day(article, now=database_now())):
            yield Finding("permission", problem, "credit")


def problems(attribution: Attribution, *, on: date) -> list[str]:
    """A sentence for each thing that forbids publishing on that day; none for our own sources.

    Costs nothing for rows of `with_terms()`, else up to five queries.
    """
    work = attribution.source_work
    if work is None:
        return []
    found = [] if work.withdrawn_at is None else [_withdrawn(work)]
    return found + [_said(problem, attribution, on) for problem in _terms_problems(attribution, on)]


def is_allowed(attribution: Attribution, *, on: date) -> bool:
    """Whether the terms alone allow it on that day, withdrawn or not. Costs like `problems`."""
    return attribution.source_work is None or not list(_terms_problems(attribution, on))


def permissions_of(attribution: Attribution) -> list[Permission]:
    """Those for its source, then those for all works of the publication."""
    work = attribution.source_work
    return [*work.permissions.all(), *work.publication.permissions.all()] if work else []


def covers(permission: Permission, language: str, *, on: date) -> bool:
    """Whether it is valid on that day, first and last included, and for the language.

    One for `pt` is for `pt-br` too, not the other way round.
    """
    has_begun = permission.begins_on is None or permission.begins_on <= on
    has_ended = permission.ends_on is not None and permission.ends_on < on
    return has_begun and not has_ended and _is_for_language(permission, language)


def first_day(article: Article, *, now: datetime) -> date:
    """The day, in the site's time zone, from which its terms must hold."""
    begins = max(now, article.publish_at or now)
    return site_day(begins)


# The rules


def _terms_problems(attribution: Attribution, on: date) -> Iterator[str]:
    """Names of what is wrong; `_said` makes sentences of them."""
    terms = _terms(attribution, on)
    if terms is None:
        return
    if not terms:
        yield "missing"
    elif _is_derived(attribution) and all(each and not each.allows_translation for each in terms):
        yield "no-derivatives"
    offered = attribution.licence
    if offered and terms and all(t and t.is_share_alike and t != offered for t in terms):
        yield "share-alike"


def _terms(attribution: Attribution, on: date) -> list[Licence | None] | None:
    """The licences of which one is enough, None standing for none needed; None if it is agreed."""
    work = attribution.source_work
    language = attribution.article.language
    valid = [each for each in permissions_of(attribution) if covers(each, language, on=on)]
    if work is None or any(each.kind in AGREED for each in valid):
        return None
    licence = work.licence or work.publication.licence
    return [licence] if licence else [each.licence for each in valid]


def _is_derived(attribution: Attribution) -> bool:
    is_new_text = attribution.origin in (Origin.TRANSLATION, Origin.ADAPTATION)
    return is_new_text or attribution.treatment == Treatment.ADAPTED


def _is_for_language(permission: Permission, language: str) -> bool:
    return not permission.languages or any(
        language == code or language.startswith(f"{code}-") for code in permission.languages
    )


# The sentences


def _withdrawn(work: SourceWork) -> str:
    return _(
        "“%(source)s” was withdrawn by its publication. Choose another source, or restore it at"
        " the source if that was a mistake."
    ) % {"source": work.title}


def _said(problem: str, attribution: Attribution, on: date) -> str:
    work: SourceWork = attribution.source_work  # type: ignore[assignment]  # it has problems
    named = {"source": work.title}
    if problem == "missing":
        return _missing(attribution, on)
    if problem == "no-derivatives":
        return _(
            "The terms of “%(source)s” allow neither translation nor adaptation: add a permission"
            " in writing or by contract."
        ) % named + _why_not(attribution, on, kinds=AGREED)
    return (
        _(
            "What is made from “%(source)s” must be offered under the same licence: choose it under"
            " “offered under”, or leave that empty."
        )
        % named
    )


def _missing(attribution: Attribution, on: date) -> str:
    work: SourceWork = attribution.source_work  # type: ignore[assignment]  # as above
    return _(
        "Nothing allows the use of “%(source)s”: choose the licence of the source or of its"
        " publication, or add a permission."
    ) % {"source": work.title} + _why_not(attribution, on, kinds=tuple(PermissionKind))


def _why_not(attribution: Attribution, on: date, *, kinds: tuple[str, ...]) -> str:
    """Why permissions that are there do not count: ended, not begun, for other languages."""
    known = [each for each in permissions_of(attribution) if each.kind in kinds]
    fitting = [each for each in known if _is_for_language(each, attribution.article.language)]
    ended = [each.ends_on for each in fitting if each.ends_on and each.ends_on < on]
    begun = [each.begins_on for each in fitting if each.begins_on and each.begins_on > on]
    reasons = []
    if ended:
        text = _("The permission ended on %(day)s: change its last day if it was renewed.")
        reasons.append(text % {"day": date_format(max(ended), "DATE_FORMAT")})
    if begun:
        text = _("The permission is not valid before %(day)s: publish then, or change its day.")
        reasons.append(text % {"day": date_format(min(begun), "DATE_FORMAT")})
    if known and not fitting:
        reasons.append(_("The permission is for other languages: add this one if it is meant."))
    return "".join(f" {reason}" for reason in reasons)
