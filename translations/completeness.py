"""What must hold of an article's credit before it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.models import Article
from translations.credit import translators_of
from translations.models import Attribution, Origin


def credit_is_complete(article: Article) -> Iterator[str]:
    """Says what the byline and the credit leave open about each other. Two or three queries."""
    attribution = Attribution.objects.filter(article=article).first()
    is_translation = attribution is not None and attribution.origin == Origin.TRANSLATION
    has_translator = bool(translators_of(article))
    if is_translation and not has_translator:
        yield _("Name at least one translator in the byline.")
    if has_translator and not is_translation:
        yield _("The byline names a translator: give the source of the translation.")
