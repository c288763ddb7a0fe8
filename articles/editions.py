"""The same story in one more language."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Status, Story
from articles.remits import holds_at
from operations.models import SiteSettings


def missing_languages(article: Article) -> list[str]:
    """The editions in which the story has no article yet. Two queries."""
    taken = Article.objects.filter(story=article.story_id).exclude(status=Status.WITHDRAWN)
    languages = set(taken.values_list("language", flat=True))
    return [code for code in SiteSettings.load().editions if code not in languages]


@transaction.atomic
def begin_edition(article: Article, *, language: str, by: User) -> Article:
    """A draft of the same story in `language`, with section, topics and picture, no text.

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
    )
    draft.topics.set(article.topics.all())
    return draft
