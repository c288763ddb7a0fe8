"""What the desk shows of several apps in one form."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path

from accounts.models import User
from articles.admin.articles import ArticleAdmin
from articles.models import Article
from newsroom.slot_admin import SlotAdmin
from translations.beginning import begin_translation
from translations.beside_admin import WritesBeside
from translations.credit_form import AttributionInline
from translations.drift import drift_of
from translations.reconcile_views import reconcile_article
from translations.reconciling import may_reconcile

__all__ = ["CreditedArticleAdmin", "SlotAdmin"]

admin.site.unregister(Article)


@admin.register(Article)
class CreditedArticleAdmin(WritesBeside, ArticleAdmin):
    """An article with where it came from, and the source beside it."""

    inlines = [*ArticleAdmin.inlines, AttributionInline]
    begin_edition = staticmethod(begin_translation)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """For a slot, those of its edition alone."""
        found, has_doubles = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "slot" and (only := request.GET.get("language")):
            found = found.filter(language=only)
        return found, has_doubles

    def get_urls(self) -> list[URLPattern]:
        reconcile = path(
            "<int:pk>/reconcile/",
            self.admin_site.admin_view(reconcile_article),
            {"model_admin": self},
            name="articles_article_reconcile",
        )
        return [reconcile, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        """With how far the article is behind its source, for who may say that it is not."""
        article = options.get("obj")
        if article is not None and may_reconcile(article, by=cast(User, request.user)):
            context["drift"] = drift_of([article])[article.pk]
        return super().render_change_form(request, context, **options)
