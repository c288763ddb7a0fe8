"""Notices of illegal content, and their answers."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.admin.waiting import ForWhom
from comments.guests import guest_id
from comments.models import Notice
from comments.models.notices import MAX_ANSWER
from comments.noticing import answer, may_answer
from comments.refusals import OwnMatter
from richtext.plain import plain_text, visible_text

GIVEN = ["reference", "address", "comment", "why", "name", "email", "language", "created_at"]


class AnswerForm(forms.ModelForm):
    """What is done about it, in words that whoever gave the notice reads."""

    words = forms.CharField(
        label=_("answer"),
        max_length=MAX_ANSWER,
        validators=[plain_text, visible_text],
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Notice
        fields: list[str] = []


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """The oldest first. What is done about it is done to the comment or the article itself."""

    form = AnswerForm
    list_display = ["reference", "address", "excerpt", "answered_at", "created_at"]
    list_filter = [ForWhom, ("answered_at", admin.EmptyFieldListFilter), "created_at"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=reference", "address", "why", "name", "email"]
    ordering = ["id"]

    @admin.display(description=_("why it is against the law"))
    def excerpt(self, notice: Notice) -> str:
        return Truncator(notice.why).chars(120)

    @admin.display(description=_("answer"))
    def why_not(self, notice: Notice) -> str:
        return str(OwnMatter())

    def get_fields(self, request: HttpRequest, obj: Notice | None = None) -> Any:
        if self.has_change_permission(request, obj):
            return [*GIVEN, "words"]
        if obj and not obj.answer and not _may_answer(obj, request):
            return [*GIVEN, "why_not"]
        return [*GIVEN, "answer", "answered_by", "answered_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Notice | None = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if name != "words"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """An answer is given once, and by nobody about their own comment."""
        if obj and not _may_answer(obj, request):
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: Any) -> None:
        answer(obj, text=form.cleaned_data["words"], by=cast(User, request.user))


def _may_answer(notice: Notice, request: HttpRequest) -> bool:
    return may_answer(notice, by=cast(User, request.user), guest=guest_id(request))
