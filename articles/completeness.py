"""What an article needs before readers may see it."""

from html import unescape

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.models import Article
from articles.names import in_language
from operations.models import SiteSettings
from richtext.plain import is_readable

# The article's own fields that the checks look at.
FIELDS = ("language", "headline", "body", "section", "lead_image")


def text_problems(article: Article) -> dict[str, str]:
    """Field to message for what its own fields lack. The article may be unsaved. One query."""
    found = {}
    if not is_readable(article.headline or ""):
        found["headline"] = _("Give the article a headline.")
    if article.section is None:
        found["section"] = _("Choose the section in which it appears.")
    if not is_readable(unescape(strip_tags(article.body or ""))):
        found["body"] = _("Write the text.")
    if article.lead_image is not None and not in_language(
        article.lead_image.alts, article.language
    ):
        found["lead_image"] = _("Describe the picture first: it has no alternative text.")
    if article.language not in SiteSettings.load().editions:
        name = dict(settings.LANGUAGES).get(article.language, article.language)
        found["language"] = _("%(language)s is not one of the editions.") % {"language": name}
    return found


def byline_problem() -> str:
    return _("Name at least one person in the byline.")
