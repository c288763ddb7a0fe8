"""What the desk shows of several apps in one form."""

from django.contrib import admin

from articles.admin.articles import ArticleAdmin
from articles.models import Article
from translations.admin import AttributionInline

admin.site.unregister(Article)


@admin.register(Article)
class CreditedArticleAdmin(ArticleAdmin):
    """An article with where it came from."""

    inlines = [*ArticleAdmin.inlines, AttributionInline]
