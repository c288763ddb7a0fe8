"""Articles at the desk: found, written, previewed, published, withdrawn, translated."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.admin import article_views
from articles.admin.article_form import ArticleForm, BylineInline, may_change, must_be_complete
from articles.admin.desk import DeskAdmin
from articles.models import Article, State, Status, Story
from articles.publishing import PERMISSION, publish, withdraw
from articles.slugs import slug_for
from operations.clock import database_now, request_now


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return settings.LANGUAGES

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """The row of a published article is what readers see, so saving it publishes it."""

    form = ArticleForm
    inlines = [BylineInline]
    list_display = ["__str__", "edition", "section", "state", "publish_at"]
    list_select_related = ["section"]
    list_filter = [StateFilter, LanguageFilter, "section"]
    search_fields = ["headline", "kicker", "standfirst", "slug"]
    ordering = [F("publish_at").desc(nulls_first=True), "-id"]
    autocomplete_fields = ["story", "topics", "lead_image"]
    actions = ["publish_selected", "withdraw_selected"]
    view_on_site = False  # a draft has no address yet; the state's message links what is live

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list:
        schedule = ["publish_at", "unpublish_at"]
        if obj is not None and obj.status == Status.PUBLISHED and may_change(request, obj):
            schedule.append("is_minor")
        was_public = obj is not None and obj.status != Status.DRAFT
        place = ["edition" if was_public else "language", "section", "topics", "story", "slug"]
        return [
            (None, {"fields": ["kicker", "headline", "standfirst"]}),
            (_("Text"), {"fields": ["dateline", "body"]}),
            (_("Place in the paper"), {"fields": place}),
            (_("Picture"), {"fields": ["lead_image", "lead_caption"]}),
            (_("Schedule"), {"fields": schedule}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        was_public = obj is not None and obj.status != Status.DRAFT
        return ["edition", "story"] if was_public else []

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, **kwargs)
        form.must_be_complete = must_be_complete(request, obj)
        form.problems = getattr(request, "publishing_problems", {})
        return form

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """For who writes: all. For others at the desk: what readers know of."""
        now = request_now(request)
        articles = Article.objects.with_state(now).order_by(*self.ordering)
        return articles if self.has_change_permission(request) else articles.once_public(now)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Article | None:
        article = super().get_object(request, *args, **kwargs)
        if article is not None and request.method == "POST":
            with transaction.atomic():  # the form's own: what it decides by stays true until saved
                article.refresh_from_db(
                    from_queryset=Article.objects.select_for_update(no_key=True)
                )
        return article

    def tags_of(self, obj: Article) -> tuple[str, ...]:
        return ()  # what readers see changes by the verbs alone, and they say so

    @admin.display(description=_("language"), ordering="language")
    def edition(self, article: Article) -> str:
        return dict(settings.LANGUAGES).get(article.language, article.language)

    @admin.display(description=_("state"))
    def state(self, article: Any) -> str:
        return str(State(article.state).label)

    # Saving and publishing

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form again, with what was typed, where the verb refuses: nothing is saved then."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError as refused:
            request.publishing_problems = (  # type: ignore[attr-defined]
                refused.message_dict
                if hasattr(refused, "error_dict")
                else {"__all__": refused.messages}
            )
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: Any) -> None:
        if obj.story_id is None:
            obj.story = Story.objects.create()
        if obj.headline and not obj.slug:
            obj.slug = slug_for(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        article, editor = form.instance, cast(User, request.user)
        if "_withdraw" in request.POST:
            withdraw(article, by=editor)
        elif "_publish" in request.POST or article.status == Status.PUBLISHED:
            is_minor = form.cleaned_data.get("is_minor", False)
            publish(article, by=editor, is_minor=is_minor)

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        return self._answer(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._answer(request, obj) or super().response_change(request, obj)

    def _answer(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Back to the form with a sentence on what readers see now; None for a mere save."""
        if not {"_publish", "_withdraw"} & set(request.POST):
            return None
        state = article.state_at(database_now())  # the request is older than what it published
        sentences = {
            State.LIVE: gettext("“{}” is live."),
            State.SCHEDULED: gettext("“{}” is scheduled."),
            State.ENDED: gettext("“{}” is published, but its time is over."),
            State.DRAFT: gettext("“{}” is a draft again: no reader has seen it."),
            State.WITHDRAWN: gettext("“{}” is withdrawn: readers are told that it is gone."),
        }
        link = format_html(
            ' <a href="{}">{}</a>', article.get_absolute_url(), gettext("View it on the site")
        )
        sentence = format_html(sentences[state], article.headline)
        self.message_user(request, sentence + link if state == State.LIVE else sentence)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Drafts may go; what was public is withdrawn instead."""
        if obj is not None and (obj.status != Status.DRAFT or obj.revisions.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    # Several at once

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset.exclude(status=Status.PUBLISHED), publish)

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
            except ValidationError as refused:
                text = f"“{article}”: {' '.join(refused.messages)}"
                self.message_user(request, text, messages.ERROR)
        text = ngettext("%(count)d article changed.", "%(count)d articles changed.", done)
        self.message_user(request, text % {"count": done})

    # More pages

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/preview/",
                view(article_views.preview),
                {"model_admin": self},
                name="articles_article_preview",
            ),
            path(
                "<int:pk>/translate/",
                view(article_views.translate),
                {"model_admin": self},
                name="articles_article_translate",
            ),
            *super().get_urls(),
        ]
