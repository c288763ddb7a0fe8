"""The moderators' part of the desk."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models import Article, story_tag
from comments.admin.mark_views import mark
from comments.admin.queue_views import case_context, decide, queue, queues
from comments.closing import closing_of, keep_closing
from comments.models import Comment, Discussion
from comments.protecting import is_author_only, policies_from, stories_of
from comments.tracing import from_same_network
from operations.clock import request_now
from pagecache.admin import DropsPages

MOST_NEAR = 20  # comments of one network that are named


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """The list finds a comment and leads to its page, which decides as the queues do.

    What readers wrote is not rewritten.
    """

    list_display = ["excerpt", "name", "status", "article", "score", "created_at"]
    list_filter = ["status", "language", "created_at"]
    list_select_related = ["author", "article"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-id"]
    search_fields = [
        "=id",
        "text",
        "guest_name",
        "guest_email",
        "author__username",
        "author__email",
        "article__headline",
    ]
    change_form_template = "admin/comments/comment/change_form.html"
    readonly_fields = ["passage", "same_network"]
    fieldsets = [
        (None, {"fields": ["passage", "text", "status", "seen_by_readers"]}),
        (_("Writer"), {"fields": ["author", "guest_name", "guest_email", "same_network"]}),
        (_("Place"), {"fields": ["article", "in_reply_to", "level", "reply_count", "language"]}),
        (_("Votes and times"), {"fields": ["ups", "downs", "score", "created_at", "public_at"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        """With the moderators' own pages, before Django's, which takes any address for a key."""
        ours = (
            ("queue/", queues, "queues"),
            ("queue/<slug:name>/", queue, "queue"),
            ("<int:pk>/decide/", decide, "decide"),
            ("<int:pk>/mark/", mark, "mark"),
        )
        view = self.admin_site.admin_view
        return [
            *(
                path(route, view(page), {"model_admin": self}, name=f"comments_comment_{name}")
                for route, page, name in ours
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, **options: Any) -> Any:  # type: ignore[override]  # always called by names
        """With its context, all that was decided about it, and the buttons."""
        its_own = case_context(request, options["obj"].pk)
        context |= its_own | {"decision_form": its_own.pop("form")}
        return super().render_change_form(request, context, **options)

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(120)

    @admin.display(description=pgettext_lazy("of a person", "name"))
    def name(self, comment: Comment) -> str:
        return comment.name

    @admin.display(description=_("passage"))
    def passage(self, comment: Comment) -> str:
        """What it speaks of: the desk's question, and the words of the text."""
        if comment.passage is None:
            return "–"
        return format_html("{}<p><q>{}</q></p>", comment.passage.question, comment.passage.exact)

    @admin.display(description=_("from the same network that day"))
    def same_network(self, comment: Comment) -> str:
        """Numbers, while it is known: of a month, and of the newest."""
        near = from_same_network(comment).values_list("pk", flat=True)[:MOST_NEAR]
        links = ((reverse("admin:comments_comment_change", args=[pk]), pk) for pk in near)
        return format_html_join(", ", '<a href="{}">#{}</a>', links) or "–"

    @admin.display(description=_("in the conversation"))
    def seen_by_readers(self, comment: Comment) -> str:
        if not comment.is_public:
            return gettext("not shown")
        address = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
        return format_html('<a href="{}">{}</a>', address, address)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """The queues ask for it; the form of one comment is for reading."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return super().has_view_permission(request) or super().has_change_permission(request)


SETTINGS = ["policy", "closes_after_days", "slow_seconds", "invites"]
COUNTERS = ["comment_count", "thread_count", "people_count"]
MOST_SILENT = 200  # stories that are offered: the newest


class DiscussionForm(forms.ModelForm):
    """`author` is set by the admin for who may protect their own stories and no more."""

    author: Any = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.author and "policy" in self.fields:
            field = cast(forms.ChoiceField, self.fields["policy"])
            field.choices = policies_from(self.instance.policy)


class NewDiscussionForm(DiscussionForm):
    """The conversation of a story below which nobody has written yet."""

    article = forms.ModelChoiceField(Article.objects.none(), label=_("story"))

    class Meta:
        model = Discussion
        fields = SETTINGS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stories = Discussion.objects.values("story")
        silent = Article.objects.once_public(Now()).exclude(story__in=stories)
        if self.author:
            silent = silent.filter(story__in=stories_of(self.author))
        field = cast(forms.ModelChoiceField, self.fields["article"])
        newest = silent.newest_first().values("pk")[:MOST_SILENT]
        field.queryset = Article.objects.filter(pk__in=newest).defer("body").newest_first()


@admin.register(Discussion)
class DiscussionAdmin(DropsPages, admin.ModelAdmin):
    """Who may write below a story, until when and how fast; and inviting to it.

    Authors see the conversations below their own stories, and may hold or close them.
    """

    list_display = ["headline", *COUNTERS, "policy"]
    list_filter = ["policy", "invites"]
    search_fields = ["story__articles__headline"]
    list_per_page = 50
    ordering = ["-id"]
    readonly_fields = ["headline", "authors_policy", "closes_at", *COUNTERS]

    def tags_of(self, obj: Discussion) -> tuple[str, ...]:
        return (story_tag(obj.story_id),)  # all that shows the story: it ends with the conversation

    def get_fields(self, request: HttpRequest, obj: Discussion | None = None) -> Any:
        settings = ["policy"] if is_author_only(cast(User, request.user)) else SETTINGS
        if obj is None:
            return ["article", *settings]
        return ["headline", *settings, *self.readonly_fields[1:]]

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Discussion | None = None, **kwargs: Any
    ) -> Any:
        kwargs |= {"form": DiscussionForm if obj else NewDiscussionForm}
        form: Any = super().get_form(request, obj, **kwargs)
        form.author = request.user if is_author_only(cast(User, request.user)) else None
        return form

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discussion]:
        """Those with an edition that readers know of, and the headline of the oldest one."""
        known = Article.objects.once_public(request_now(request))
        editions = known.filter(story=OuterRef("story")).order_by("id")
        headline = Subquery(editions.values("headline")[:1])
        named = super().get_queryset(request).annotate(headline=headline)
        discussions = named.exclude(headline=None)
        user = cast(User, request.user)
        return (
            discussions.filter(story__in=stories_of(user)) if is_author_only(user) else discussions
        )

    @admin.display(description=_("story"))
    def headline(self, discussion: Any) -> str:
        return discussion.headline

    def has_delete_permission(self, request: HttpRequest, obj: Discussion | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        """Writes only what was changed: the counters move meanwhile."""
        if change:
            keep_closing(obj)  # also moves it on where the story's first day has moved
            obj.save(update_fields={*form.changed_data, "closes_after_days", "closes_at"})
            return
        chosen = {name: form.cleaned_data[name] for name in SETTINGS if name in form.cleaned_data}
        story = form.cleaned_data["article"].story_id
        chosen["closes_at"] = closing_of(story, chosen.get("closes_after_days"))
        begun, is_new = Discussion.objects.get_or_create(story_id=story, defaults=chosen)
        if not is_new:
            told = _("This conversation has begun meanwhile: nothing of it was changed.")
            self.message_user(request, told, messages.WARNING)
        obj.pk, obj.story_id = begun.pk, story
