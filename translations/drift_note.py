"""What readers of an article are told when it is behind its source, in the article's language.

Every sentence is one whole message, as in the credit line.
"""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, override

from articles.models import Article
from translations.drift import Drift, DriftState, Version
from translations.models import SourceWork

# By whether the two are in different languages.
CHANGED = {
    True: gettext_noop("The original has changed since this translation was made ({date})."),
    False: gettext_noop("The original has changed since this text was made from it ({date})."),
}
CORRECTED = {
    True: gettext_noop("The original has been corrected since this translation was made ({date})."),
    False: gettext_noop(
        "The original has been corrected since this text was made from it ({date})."
    ),
}
# By whether it is our own.
WITHDRAWN = {
    True: gettext_noop("The original has been withdrawn."),
    False: gettext_noop("The original has been withdrawn by its publication."),
}


def note_on(
    article: Article, drift: Drift, *, now: datetime, editions: Collection[str]
) -> SafeString:
    """The note as safe HTML, empty where readers need not be told anything.

    The date is that of the version which the article covers. Our own source is linked, to what has
    changed in it, while it is live in one of the editions.
    """
    source, is_ours = drift.source, isinstance(drift.source, Article)
    with override(article.language):
        if source is None:
            return SafeString()
        if drift.state == DriftState.WITHDRAWN:
            return format_html("{}", gettext(WITHDRAWN[is_ours]))
        if drift.state not in (DriftState.CORRECTED, DriftState.OUTDATED) or not drift.covered:
            return SafeString()
        sentences = CORRECTED if drift.state == DriftState.CORRECTED else CHANGED
        sentence = gettext(sentences[source.language != article.language])
        told = format_html(sentence, date=_day(drift.covered))
        link = _link(source, drift.covered, now=now, editions=editions)
        return format_html("{} {}", told, link) if link else told


def _day(version: Version) -> SafeString:
    at = localtime(version.at)
    day = date_format(at, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', at.date().isoformat(), day)


def _link(
    source: Article | SourceWork, covered: Version, *, now: datetime, editions: Collection[str]
) -> SafeString:
    """To what has changed, or to the source elsewhere; empty for what readers cannot open."""
    if isinstance(source, SourceWork):
        return format_html(
            '<a href="{}" rel="external noopener" hreflang="{}">{}</a>',
            source.url,
            source.language,
            gettext("Read the original."),
        )
    if not source.is_live(now) or source.language not in editions:
        return SafeString()
    return format_html(
        '<a href="{}" rel="nofollow" hreflang="{}">{}</a>',
        changes_url(source, covered.number),
        source.language,
        gettext("See what changed."),
    )


def changes_url(source: Article, number: int) -> str:
    """Where readers see what has changed in the article since the revision of this number."""
    with override(source.language):
        return f"{reverse('translations:article_changes', args=[source.slug])}?from={number}"
