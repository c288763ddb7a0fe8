"""The beginning of a translation."""

from django.db import transaction

from accounts.models import User
from articles.editions import begin_edition
from articles.models import Article
from translations.models import Attribution, Origin


@transaction.atomic
def begin_translation(article: Article, *, language: str, by: User) -> Article:
    """A draft of the same story in `language` that is credited as a translation of `article`.

    It covers the newest published revision. A story that begins anew in the language of a
    withdrawn article gets no credit. Raises and locks like `begin_edition`.
    """
    draft = begin_edition(article, language=language, by=by)
    if draft.language != article.language:
        Attribution.objects.create(article=draft, origin=Origin.TRANSLATION, source_article=article)
    return draft
