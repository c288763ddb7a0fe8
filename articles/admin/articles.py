"""Articles at the desk: found, written, previewed, published, withdrawn, translated."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin import repeating, reviewing
from articles.admin.article_form import (
    ROW_ONLY,
    ArticleForm,
    BylineInline,
    may_change,
    must_be_complete,
)
from articles.admin.article_pages import pages_of_an_article
from articles.admin.drafting import DraftingAdmin, is_trial, seen, writing_of
from articles.admin.panels import panels
from articles.editions import begin_edition
from articles.models import Article, Revision, Standing, State, Status, Story
from articles.models.standing import waits_in_sql
from articles.publishing import PERMISSION, NotPublishable, withdraw
from articles.remits import is_within, reach_of
from articles.reviewing import REVIEW, submit
from articles.slugs import slug_for
from operations.clock import database_now, request_now


class StandingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return (Standing if may_change(request, None) else State).choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(standing=self.value()) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return settings.LANGUAGES

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Article)
class ArticleAdmin(DraftingAdmin):
    """What is saved here over a public article is a draft; its row is what readers see."""

    form = ArticleForm
    inlines = [BylineInline]
    list_display = ["__str__", "edition", "section", "state", "publish_at"]
    list_select_related = ["section"]
    list_filter = [StandingFilter, LanguageFilter, "section"]
    search_fields = ["headline", "kicker", "standfirst", "slug"]
    ordering = [F("publish_at").desc(nulls_first=True), "-id"]
    autocomplete_fields = ["story", "topics", "lead_image"]
    actions = ["submit_selected", "approve_selected", "publish_selected", "withdraw_selected"]
    begin_edition = staticmethod(begin_edition)  # what the page "Translate" does
    view_on_site = False  # a draft has no address yet; the state's message links what is live

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list:
        schedule = ["embargoed_until", "publish_at", "unpublish_at"]
        if obj is not None and obj.status == Status.PUBLISHED and may_change(request, obj):
            schedule.append("is_minor")
        was_public = obj is not None and obj.status != Status.DRAFT
        place = ["edition" if was_public else "language", "section", "topics", "story", "slug"]
        told = obj is not None and obj.corrections.exists()
        return [
            (None, {"fields": ["kicker", "headline", "standfirst"]}),
            (_("Text"), {"fields": ["dateline", "body"]}),
            (_("Place in the paper"), {"fields": place}),
            (
                _("Picture"),
                {"fields": ["lead_image", "lead_alt", "lead_is_decorative", "lead_caption"]},
            ),
            (_("Schedule"), {"fields": schedule}),
            *([(_("Corrections"), {"fields": ["told"]})] if told else []),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        if obj is None or obj.status == Status.DRAFT:
            return []
        return [
            "edition",
            "story",
            "told",
            *(() if self.has_publish_permission(request) else ROW_ONLY),
        ]

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, **kwargs)
        form.must_be_complete = must_be_complete(request)
        form.is_trial = is_trial(request)
        form.starts_minor = writing_of(request).is_minor
        form.problems = getattr(request, "publishing_problems", {})
        form.reach = reach_of(request.user)
        return form

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        context["review"] = reviewing.offers(request, options.get("obj"))
        context["panels"] = panels(request, options.get("obj"))
        context["form_key"] = repeating.form_key(request)
        return super().render_change_form(request, context, **options)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """For who writes: all. For others at the desk: what readers know of."""
        now = request_now(request)
        articles = Article.objects.order_by(*self.ordering)
        if self.has_change_permission(request):
            return articles.with_standing(now)
        return articles.once_public(now).with_state(now).annotate(standing=F("state"))

    def tags_of(self, obj: Article) -> tuple[str, ...]:
        return ()  # what readers see changes by the verbs alone, and they say so

    @admin.display(description=_("language"), ordering="language")
    def edition(self, article: Article) -> str:
        return dict(settings.LANGUAGES).get(article.language, article.language)

    @admin.display(description=_("state"))
    def state(self, article: Any) -> SafeString:
        found = Standing(article.standing)
        return format_html('<span class="standing standing-{}">{}</span>', found.value, found.label)

    @admin.display(description=_("what readers were told"))
    def told(self, article: Article) -> SafeString:
        lines = (
            (each.get_kind_display(), date_format(localtime(each.created_at)), each.text)
            for each in article.corrections.all()
        )
        line = '<li><strong>{}</strong>, {}<br><span dir="auto">{}</span></li>'
        return format_html('<ul class="told">{}</ul>', format_html_join("", line, lines))

    # Saving and publishing

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        if not change:
            obj.form_digest = repeating.digest_of(request)
        if obj.story_id is None:
            obj.story = Story.objects.create()
        if obj.headline and not obj.slug:
            obj.slug = slug_for(obj)
        super().save_model(request, obj, form, change)

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Drafts may go; what was public is withdrawn instead."""
        if obj is not None and (obj.status != Status.DRAFT or obj.revisions.published().exists()):
            return False
        if obj is not None and not is_within(request.user, obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The drafts of an article that was never published go with it, and by no other way."""
        found, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        perms_needed.discard(Revision._meta.verbose_name)
        return found, counts, perms_needed, protected

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REVIEW)

    # Several at once

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, submit)

    @admin.action(description=_("Approve"), permissions=["review"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, reviewing.approve_submitted)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Whatever readers do not see yet: also the change that waits over what they see."""
        waiting = queryset.filter(~Q(status=Status.PUBLISHED) | waits_in_sql())
        self._each(request, waiting, reviewing.publish_approved)

    @admin.action(description=_("Withdraw"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset.filter(status=Status.PUBLISHED), withdraw)

    def _each(self, request: HttpRequest, articles: QuerySet, verb: Any) -> None:
        """Does the verb to each article; one that is refused says why and stops no other."""
        done = 0
        for article in articles.order_by("pk"):
            try:
                verb(article, by=request.user)
                done += 1
                if (
                    verb is reviewing.publish_approved
                    and article.state_at(database_now()) == State.SCHEDULED
                ):
                    self.message_user(request, seen(article))
            except (ValidationError, PermissionDenied) as refused:
                outside = [gettext("This is outside of your remit.")]
                said = [f"“{article}”:", *getattr(refused, "messages", outside)]
                if isinstance(refused, NotPublishable) and refused.is_overridable:
                    said.append(gettext("Open it to publish it with a reason."))
                self.message_user(request, " ".join(said), messages.ERROR)
        text = ngettext("%(count)d article changed.", "%(count)d articles changed.", done)
        self.message_user(request, text % {"count": done})

    # More pages

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(route, self.admin_site.admin_view(view), {"model_admin": self}, name=name)
            for route, view, name in pages_of_an_article()
        ]
        return [*ours, *super().get_urls()]
