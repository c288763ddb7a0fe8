"""Stories at the desk: which language editions there are of each."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.models import Article, Story
from articles.remits import is_within
from operations.clock import request_now


class EditionInline(admin.TabularInline):
    """The story's articles, with links to their forms."""

    model = Article
    verbose_name_plural = _("editions")
    fields = ["headline", "language", "status", "publish_at"]
    readonly_fields = ["headline", "language", "status", "publish_at"]
    ordering = ["id"]
    extra = 0
    can_delete = False
    show_change_link = True
    view_on_site = False  # a draft has no address yet

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    """Stories come with their first article; nobody adds them by hand."""

    list_display = ["__str__", "languages", "series", "created_at"]
    list_select_related = ["series"]
    list_filter = ["series"]
    search_fields = ["articles__headline"]
    ordering = ["-id"]
    autocomplete_fields = ["series"]
    fields = ["series", "created_at"]
    readonly_fields = ["created_at"]
    inlines = [EditionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """For who writes: all. For others at the desk: what readers know of."""
        editions = Article.objects.only("headline", "language", "section", "story_id").order_by(
            "id"
        )
        stories = super().get_queryset(request)
        if not request.user.has_perm("articles.change_article"):
            editions = editions.once_public(request_now(request))
            stories = stories.filter(Exists(editions.filter(story=OuterRef("pk"))))
        return stories.prefetch_related(Prefetch("articles", editions))

    @admin.display(description=_("languages"))
    def languages(self, story: Story) -> str:
        return ", ".join(article.language for article in story.articles.all())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """Whose rights hold for one of its editions changes what all of them have in common."""
        is_theirs = obj is None or any(is_within(request.user, each) for each in obj.articles.all())
        return is_theirs and super().has_change_permission(request, obj)
