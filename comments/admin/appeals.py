"""Readers' reports, to be read; and writers' appeals, answered by another moderator."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.admin.waiting import ForWhom
from comments.appealing import answer, may_answer
from comments.guests import guest_id
from comments.models import Appeal, Comment, Flag, ModerationEntry
from comments.models.appeals import Answer
from comments.models.moderation import MAX_NOTE
from comments.moderating import Overtaken, Seen, check_seen, newest_entry, seen_with
from comments.refusals import NothingToRefuse
from richtext.plain import no_address, plain_text

ENTRY = "admin/comments/comment/_entry.html"
TYPED = ("decision", "words", "seen")


@admin.register(Flag)
class FlagAdmin(admin.ModelAdmin):
    """Decided about with the comment: approving and removing it answer them."""

    list_display = ["comment", "reason", "words", "outcome", "created_at"]
    list_filter = ["outcome", "reason", "created_at"]
    list_select_related = ["comment__author"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=comment__id", "=reporter", "text"]
    ordering = ["-id"]

    @admin.display(description=_("what is wrong"))
    def words(self, flag: Flag) -> str:
        return Truncator(flag.text).chars(120)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Flag | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Flag | None = None) -> bool:
        return False


class AnswerForm(forms.ModelForm):
    """What becomes of the comment as it was seen, and what its writer is told."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(label=_("decision"), choices=[("", "---------"), *Answer.choices])
    words = forms.CharField(
        label=_("note to the writer"),
        max_length=MAX_NOTE,
        required=False,
        validators=[plain_text, no_address],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Appeal
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = _seen_now(self.instance.comment)

    def clean(self) -> dict[str, Any]:
        """What is found here stands until it is saved: the comment is locked."""
        typed = super().clean() or self.cleaned_data
        comment = self.instance.comment
        comment.lock()
        if not Appeal.objects.still_open().filter(pk=self.instance.pk).exists():
            self.add_error(None, _("It is answered already, or the comment was deleted."))
        try:
            check_seen(comment, Seen.read(typed.get("seen", "")))
        except (Overtaken, ValueError):
            anew = cast(QueryDict, self.data).copy()
            anew["seen"] = _seen_now(comment)  # what comes back says how it is now
            self.data = anew
            self.add_error(None, _("The comment is not as you had seen it: read it again."))
        if comment.is_public and typed.get("decision") == Answer.REFUSED:
            self.add_error("decision", str(NothingToRefuse()))
        return typed


def _seen_now(comment: Comment) -> str:
    return str(seen_with(comment, newest_entry(comment)))


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):
    """The oldest first. Whoever decided about the comment reads an appeal and answers none."""

    form = AnswerForm
    list_display = ["excerpt", "comment", "answer", "decided_by", "created_at"]
    list_filter = [ForWhom, "answer", "created_at"]
    list_select_related = ["comment__author", "decided_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=comment__id", "text"]
    ordering = ["id"]

    @admin.display(description=_("what its writer says"))
    def excerpt(self, asked: Appeal) -> str:
        return Truncator(asked.text).chars(120)

    @admin.display(description=_("comment"))
    def words_of_comment(self, asked: Appeal) -> str:
        return format_html("<q>{}</q>", asked.comment.text)

    @admin.display(description=_("Decisions so far"))
    def decisions(self, asked: Appeal) -> str:
        entries = ModerationEntry.objects.filter(comment=asked.comment_id).select_related("actor")
        told = [(render_to_string(ENTRY, {"entry": entry}),) for entry in entries]
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", told))

    def get_fields(self, request: HttpRequest, obj: Appeal | None = None) -> Any:
        told = ["words_of_comment", "decisions", "text", "created_at"]
        if self.has_change_permission(request, obj):
            return [*told, *TYPED]
        return [*told, "answer", "note", "decided_by", "decided_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Appeal | None = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if name not in TYPED]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Appeal | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django asks ten times for one page: the answer stays with the appeal that it loaded."""
        if obj and not hasattr(obj, "is_for_me"):
            person = cast(User, request.user)
            obj.is_for_me = may_answer(obj, by=person, guest=guest_id(request))
        return super().has_change_permission(request, obj) and (obj is None or obj.is_for_me)

    def save_model(self, request: HttpRequest, obj: Appeal, form: Any, change: Any) -> None:
        typed = form.cleaned_data
        grants = typed["decision"] == Answer.GRANTED
        seen = Seen.read(typed["seen"])
        answer(obj, grants=grants, by=cast(User, request.user), note=typed["words"], seen=seen)
