"""The desk's part in what is said of pieces of the text: its questions, and readers' reports."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.admin.desk import DeskAdmin
from articles.remits import is_within
from comments.asking import ask, decide, find_passage
from comments.forms import QUOTED, NearbyText
from comments.models import Comment, ErrorReport, Passage
from comments.passages import number_about
from operations.clock import database_now
from richtext.passages import ArticleText, Selector


class QuestionForm(forms.ModelForm):
    """A new question. The script of the article's page fills in what it knows of the passage.

    `user` is set by the admin for each request.
    """

    user: Any = None
    before, after = NearbyText(), NearbyText()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "exact" in self.fields:
            self.fields["exact"].help_text = _("Words of the text, just as they stand there.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("article") and not is_within(self.user, data["article"]):
            self.add_error("article", _("This is outside of your remit."))
        if data.get("article") and data.get("exact"):
            selector = Selector(*(data.get(name, "") for name in QUOTED))
            try:
                self.found = find_passage(data["article"], selector)
            except ValidationError as refused:
                self.add_error("exact", refused)
        return data


@admin.register(Passage)
class QuestionAdmin(DeskAdmin):
    """Questions that stand beside the text. Their words never change; a new one may be asked."""

    list_display = ["question", "article", "answers", "is_closed", "created_at"]
    list_filter = ["is_closed"]
    list_select_related = ["article"]
    list_per_page = 50
    search_fields = ["question", "exact", "article__headline"]
    autocomplete_fields = ["article"]
    ordering = ["-id"]

    def tags_of(self, obj: Passage) -> tuple[str, ...]:
        return (obj.article.tag,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        questions = super().get_queryset(request).exclude(question="").defer("article__body")
        return questions.select_related("article").annotate(answers=number_about())

    @admin.display(description=_("answers"), ordering="answers")
    def answers(self, passage: Any) -> int:
        return passage.answers

    @admin.display(description=_("in the text"))
    def in_text(self, passage: Passage) -> str:
        return where(passage)

    def get_fields(self, request: HttpRequest, obj: Passage | None = None) -> Any:
        if obj is None:
            return ["article", "exact", "question", "before", "after"]
        return ["article", "exact", "in_text", "question", "is_closed", "asked_by", "created_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Passage | None = None) -> list[str]:
        if obj is None:
            return []
        fixed = ["article", "exact", "in_text", "asked_by", "created_at"]
        return ["question", *fixed] if _is_answered(obj) else fixed

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Passage | None = None, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs |= {"form": QuestionForm}
        form: Any = super().get_form(request, obj, **kwargs)
        if "question" in form.base_fields:
            form.base_fields["question"].required = True  # the model has quotes without one
        form.user = request.user
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Also what stands around the words, which the model calls otherwise."""
        around = {name: request.GET[name] for name in QUOTED[1:] if name in request.GET}
        return super().get_changeform_initial_data(request) | around

    def save_model(self, request: HttpRequest, obj: Passage, form: Any, change: Any) -> None:
        if change:
            obj.save(update_fields=form.changed_data)
            return
        for name in ("revision", *Selector._fields):
            setattr(obj, name, getattr(form.found, name))
        ask(obj, by=cast(User, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Passage | None = None) -> bool:
        """What somebody has answered stays."""
        if obj is not None and _is_answered(obj):
            return False
        return super().has_delete_permission(request, obj)


def _is_answered(passage: Passage) -> bool:
    return Comment.objects.filter(passage=passage).exists()


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """What readers found wrong. Corrected in the article; here it is only ended."""

    list_display = ["text_excerpt", "article", "status", "created_at"]
    list_filter = ["status"]
    list_select_related = ["passage__article"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["text", "passage__exact", "passage__article__headline"]
    ordering = ["-id"]
    actions = ["correct_selected", "dismiss_selected"]
    fields = ["article", "passage_words", "in_text", "text", "status", "created_at", "decided_by",
              "decided_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        """All for who publishes; for others those of what they had a part in."""
        own = ErrorReport.objects.for_person(cast(User, request.user)).order_by(*self.ordering)
        return own.select_related("passage__article").defer("passage__article__body")

    @admin.display(description=_("what is wrong"))
    def text_excerpt(self, report: ErrorReport) -> str:
        return Truncator(report.text).chars(120)

    @admin.display(description=_("article"), ordering="passage__article__headline")
    def article(self, report: ErrorReport) -> str:
        article = report.passage.article
        address = reverse("admin:articles_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a>', address, article)

    @admin.display(description=_("passage"))
    def passage_words(self, report: ErrorReport) -> str:
        return format_html('<q lang="{}">{}</q>', report.passage.article.language,
                           report.passage.exact)  # fmt: skip

    @admin.display(description=_("in the text"))
    def in_text(self, report: ErrorReport) -> str:
        return where(report.passage)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The actions need it; the form of one report is for reading."""
        return obj is None and super().has_change_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request) or super().has_change_permission(request)

    @admin.action(description=_("Corrected"), permissions=["change"])
    def correct_selected(self, request: HttpRequest, reports: QuerySet[ErrorReport]) -> None:
        self._decide(request, reports, ErrorReport.Status.CORRECTED)

    @admin.action(description=_("Dismiss"), permissions=["change"])
    def dismiss_selected(self, request: HttpRequest, reports: QuerySet[ErrorReport]) -> None:
        self._decide(request, reports, ErrorReport.Status.DISMISSED)

    def _decide(
        self, request: HttpRequest, reports: QuerySet[ErrorReport], status: ErrorReport.Status
    ) -> None:
        person = cast(User, request.user)
        decided = sum(decide(report, status, by=person) for report in reports)
        message = ngettext("%(count)d report decided.", "%(count)d reports decided.", decided)
        self.message_user(request, message % {"count": decided})


def where(passage: Passage) -> str:
    """A link to the words in the article, or what has become of them."""
    article = passage.article
    if ArticleText(article.body).find(passage.selector) is None:
        return gettext("The text has changed since.")
    if not article.is_live(database_now()):
        return gettext("In the text")
    address = f"{article.get_absolute_url()}#passage-{passage.pk}"
    return format_html('<a href="{}">{}</a>', address, gettext("View it on the site"))
