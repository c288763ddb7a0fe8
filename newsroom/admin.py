"""What the desk shows of several apps in one form."""

from django.contrib import admin

from articles.admin.articles import ArticleAdmin
from articles.models import Article
from translations.admin import AttributionInline
from translations.beginning import begin_translation

admin.site.unregister(Article)


@admin.register(Article)
class CreditedArticleAdmin(ArticleAdmin):
    """An article with where it came from."""

    inlines = [*ArticleAdmin.inlines, AttributionInline]
    begin_edition = staticmethod(begin_translation)
