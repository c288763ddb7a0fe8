"""What must hold of an article's credit before it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checklist import Finding
from articles.models import Article
from translations.credit import translators_of
from translations.models import Attribution, Method, Origin
from translations.sentences import is_across_languages

BY_MACHINE = (Method.MACHINE_REVIEWED, Method.MACHINE_RAW)  # no person translated


def credit_is_complete(article: Article) -> Iterator[Finding]:
    """Says what the byline and the credit leave open about each other. One query, or two."""
    credits = Attribution.objects.select_related("source_work", "source_article")
    attribution = credits.filter(article=article).defer("source_article__body").first()
    has_translator = bool(translators_of(article))
    if attribution is None or not is_across_languages(attribution):
        if has_translator:
            yield Finding(
                "credit",
                _("The byline names a translator: give the source of the translation."),
                "credit",
            )
    elif attribution.method in BY_MACHINE:
        if has_translator:
            yield Finding(
                "credit",
                _("The byline names a translator, but the credit says that a machine translated."),
                "credit",
            )
    elif attribution.origin == Origin.TRANSLATION and not has_translator:
        yield Finding("credit", _("Name at least one translator in the byline."), "credit")
