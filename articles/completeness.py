"""What an article needs before readers may see it: the checks of its own rows."""

from collections.abc import Iterator
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import Article, Status
from articles.publishing import is_read
from articles.times import said
from operations.clock import database_now
from operations.models import SiteSettings
from richtext.plain import is_readable


def has_all_parts(article: Article) -> Iterator[Finding]:
    """Headline, text, section and byline. One query."""
    yield from _lacks_of_row(article)
    if not is_readable(unescape(strip_tags(article.body or ""))):
        yield Finding("body", _("Write the text."), "body")
    if not article.contributions.exists():
        yield Finding("byline", _("Name at least one person in the byline."), "byline")


def lacks_of_public_row(article: Article) -> dict[str, str]:
    """Field to message for what no row of a public article may lack. The article may be unsaved."""
    return {finding.field: finding.message for finding in _lacks_of_row(article)}


def _lacks_of_row(article: Article) -> Iterator[Finding]:
    if not is_readable(article.headline or ""):
        yield Finding("headline", _("Give the article a headline."), "headline")
    if article.section_id is None:
        yield Finding("section", _("Choose the section in which it appears."), "section")


def has_its_place(article: Article) -> Iterator[Finding]:
    """Its language is an edition, and the only article of its story there. Two queries at most."""
    if article.language not in SiteSettings.load().editions:
        name = dict(settings.LANGUAGES).get(article.language, article.language)
        message = _("%(language)s is not one of the editions.") % {"language": name}
        yield Finding("language", message, "language")
    twins = Article.objects.filter(story=article.story_id, language=article.language)
    if twins.exclude(pk=article.pk).exclude(status=Status.WITHDRAWN).exists():
        message = _("The story already has an article in this language.")
        yield Finding("twin", message, "language")


def stays_with_its_readers(article: Article) -> Iterator[Finding]:
    """What readers know does not begin once more later, unless that is meant. Two queries."""
    now = database_now()
    if article.publish_at and article.publish_at > now and is_read(article, now=now):
        message = _("Readers have this article already: they would lose it until it begins.")
        yield Finding("taken_away", message, "publish_at", is_warning=True)


def begins_and_ends_in_order(article: Article) -> Iterator[Finding]:
    """Embargoes, beginning and end follow each other, and the end is to come. Three queries.

    What readers know already is no secret any more, whatever the story's other languages wait for.
    """
    now = database_now()
    was_read = is_read(article, now=now)
    embargo = article.embargoed_until if was_read else article.story_embargoed_until
    ends = article.unpublish_at
    begins = article.publish_at or max(now, embargo or now)
    if embargo and begins < embargo:
        own = _("The article would begin before its embargo ends.")
        of_story = _("The story is under embargo in another language: until %(moment)s.")
        is_own = embargo == article.embargoed_until
        message = own if is_own else of_story % {"moment": said(embargo)}
        yield Finding("embargo", message, "publish_at")
    if ends is None:
        return
    if ends <= begins:
        yield Finding("ends", _("The article would end before it begins."), "unpublish_at")
    elif article.status != Status.PUBLISHED and ends <= now:
        yield Finding("ends", _("This time has already passed."), "unpublish_at")
