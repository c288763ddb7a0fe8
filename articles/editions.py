"""The same story in one more language."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Status, Story
from articles.remits import holds_at
from operations.clock import database_now
from operations.models import SiteSettings


def missing_languages(article: Article) -> list[str]:
    """The editions in which the story has no article yet. Two queries."""
    taken = Article.objects.filter(story=article.story_id).exclude(status=Status.WITHDRAWN)
    languages = set(taken.values_list("language", flat=True))
    return [code for code in SiteSettings.load().editions if code not in languages]


def begins_early(story: Story, *, embargo: datetime, besides: Article) -> Article | None:
    """The article of the story, `besides` the other one, that is to begin before `embargo`.

    One that readers know already keeps no secret. Locks the story, so that nobody publishes into
    the embargo meanwhile: be in a transaction.
    """
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    soon = Article.objects.filter(story=story, status=Status.PUBLISHED).exclude(pk=besides.pk)
    return soon.filter(publish_at__gt=database_now(), publish_at__lt=embargo).first()


@transaction.atomic
def begin_edition(article: Article, *, language: str, by: User) -> Article:
    """A draft of the same story in `language`, with section, topics, picture and embargo, no text.

    Raises PermissionDenied, or ValidationError where the language is no edition or is taken.
    Locks the story.
    """
    is_theirs = holds_at(by, section_id=article.section_id, language=language)
    if not by.has_perm("articles.add_article") or not is_theirs:
        raise PermissionDenied
    Story.objects.select_for_update(no_key=True).get(pk=article.story_id)
    if language not in missing_languages(article):
        raise ValidationError(_("Choose a language in which the story does not exist yet."))
    draft = Article.objects.create(
        story_id=article.story_id,
        language=language,
        section_id=article.section_id,
        lead_image_id=article.lead_image_id,
        embargoed_until=article.story_embargoed_until,
    )
    draft.topics.set(article.topics.all())
    return draft
