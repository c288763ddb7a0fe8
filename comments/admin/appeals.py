"""Readers' reports, to be read; and writers' appeals, answered by another moderator."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.appealing import answer
from comments.models import Appeal, Flag
from comments.models.appeals import Answer
from comments.models.moderation import MAX_NOTE
from comments.outcomes import decision_told
from richtext.plain import no_address, plain_text


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
    """What becomes of the comment, and what its writer is told."""

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


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):
    """The oldest first. Whoever decided about the comment reads an appeal and answers none."""

    form = AnswerForm
    list_display = ["excerpt", "comment", "answer", "decided_by", "created_at"]
    list_filter = ["answer", "created_at"]
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

    @admin.display(description=_("decision"))
    def decided(self, asked: Appeal) -> str:
        return decision_told(asked.entry)

    @admin.display(description=_("first decided by"))
    def first_by(self, asked: Appeal) -> str:
        return str(asked.entry.actor or asked.entry.rule_name)

    def get_fields(self, request: HttpRequest, obj: Appeal | None = None) -> Any:
        told = ["words_of_comment", "decided", "first_by", "text", "created_at"]
        if self.has_change_permission(request, obj):
            return [*told, "decision", "words"]
        return [*told, "answer", "note", "decided_by", "decided_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Appeal | None = None) -> list[str]:
        typed = ("decision", "words")
        return [name for name in self.get_fields(request, obj) if name not in typed]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Appeal | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Appeal | None = None) -> bool:
        """Nobody answers what is about their own decision, or twice."""
        if obj and (obj.answer or obj.entry.actor_id == request.user.pk):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Appeal, form: Any, change: Any) -> None:
        typed = form.cleaned_data
        grants = typed["decision"] == Answer.GRANTED
        answer(obj, grants=grants, by=cast(User, request.user), note=typed["words"])
