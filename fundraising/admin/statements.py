"""Bank statements at the desk: uploaded, looked at, taken."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.admin.desk import DeskAdmin
from fundraising.admin.many_fields import many_fields
from fundraising.admin.statement_views import statement_detail
from fundraising.importing import keep_statement
from fundraising.models import Statement
from fundraising.statement_forms import MOST_COLUMNS, UploadForm
from fundraising.statements import MOST_ROWS


@admin.register(Statement)
class StatementAdmin(DeskAdmin):
    list_display = ["__str__", "uploaded_at", "uploaded_by", "taken", "kept"]
    list_select_related = ["uploaded_by"]
    form = UploadForm
    fields = ["file"]
    actions = None
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the files, which only the page of one shows."""
        statements = super().get_queryset(request).defer("content", "reading")
        is_kept = Q(content__isnull=False)
        return statements.annotate(
            row_count=Count("rows"), file_is_kept=ExpressionWrapper(is_kept, BooleanField())
        )

    def tags_of(self, obj: Statement) -> tuple[str, ...]:
        return ()  # what is recorded says so itself

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What comes next is the page of the file."""
        only_one = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, {**(extra_context or {}), **only_one})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        kept = keep_statement(form.cleaned_data["file"], by=cast(User, request.user))
        obj.pk = kept.pk

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        return redirect("admin:fundraising_statement_change", obj.pk)

    @method_decorator(many_fields(MOST_ROWS + MOST_COLUMNS + 20))
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What was found in the file, and the way to take it."""
        statement = (
            Statement.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        )
        if statement is None:  # Django says so
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, statement):
            raise PermissionDenied
        return statement_detail(request, statement, model_admin=self)

    @admin.display(description=_("gifts taken"), ordering="row_count")
    def taken(self, statement: Any) -> int:
        return statement.row_count

    @admin.display(description=_("kept"), boolean=True)
    def kept(self, statement: Any) -> bool:
        return statement.file_is_kept
