"""Licences and permissions at the desk."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.admin.desk import DeskAdmin
from operations.clock import request_now, site_day
from translations import expiring
from translations.admin.documents import DocumentWidget, document, link_to
from translations.documents import check_document
from translations.ending import change_permission, ends_before, first_without_time
from translations.fields import LanguageCodeField, check_language
from translations.models import Licence, Permission


@admin.register(Licence)
class LicenceAdmin(DeskAdmin):
    is_shown_when_new = False
    list_display = [
        "name",
        "allows_translation",
        "allows_commercial_use",
        "is_share_alike",
        "is_house",
    ]
    list_filter = ["allows_translation", "allows_commercial_use", "is_share_alike"]
    search_fields = ["name", "slug", "url"]
    fields = [
        "name",
        "slug",
        "url",
        "allows_translation",
        "allows_commercial_use",
        "is_share_alike",
        "is_house",
    ]
    prepopulated_fields = {"slug": ["name"]}


class PermissionForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "document" in self.fields:
            self.fields["document"].widget = DocumentWidget()
            self.fields["document"].widget.link = link_to(self.instance)

    def clean_languages(self) -> list[str]:
        """Each code once, as codes are written. Says which one is none."""
        written = [LanguageCodeField().to_python(code) for code in self.cleaned_data["languages"]]
        for code in written:
            check_language(code)
        return list(dict.fromkeys(written))

    def clean_document(self) -> Any:
        given = self.cleaned_data["document"]
        if isinstance(given, UploadedFile):
            check_document(given)
        return given

    def clean(self) -> dict[str, Any] | None:
        """Refuses a last day on which a scheduled article would end before it begins."""
        data = super().clean() or self.cleaned_data
        if self.instance.pk and not self.errors:
            fields = {name: data.get(name) for name in ("ends_on", "ends_publication")}
            if blocked := first_without_time(Permission(pk=self.instance.pk, **fields)):
                self.add_error("ends_on", ends_before(blocked))
        return data


class EndFilter(admin.SimpleListFilter):
    title = _("end")
    parameter_name = "end"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("soon", _("ends within 30 days")), ("ended", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        conditions = {"soon": expiring.ending_soon, "ended": expiring.ended}
        condition = conditions.get(self.value() or "")
        return queryset.filter(condition(site_day(request_now(request)))) if condition else queryset


class PermissionList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """With the live articles that depend on each row: three more queries for the page."""
        super().get_results(request)
        rows = list(self.result_list)
        articles = expiring.concerned(rows, now=request_now(request))
        for row in rows:
            row.depending = articles[row.pk]
        self.result_list = rows


@admin.register(Permission)
class PermissionAdmin(DeskAdmin):
    form = PermissionForm
    list_display = ["__str__", "languages", "begins_on", "ends_on", "ends_publication", "depending"]
    list_select_related = ["source_work__publication", "publication"]
    list_filter = [EndFilter, "kind", "ends_publication"]
    search_fields = [
        "source_work__title",
        "source_work__url",
        "publication__name",
        "source_work__publication__name",
        "granted_by",
    ]
    autocomplete_fields = ["source_work", "publication", "licence"]

    def get_fields(self, request: HttpRequest, obj: Permission | None = None) -> list:
        """Who may only look gets a link in place of the field."""
        may_change = self.has_change_permission(request, obj)
        return [
            "source_work",
            "publication",
            "kind",
            "licence",
            "exclusivity",
            "languages",
            ("begins_on", "ends_on"),
            "ends_publication",
            "granted_by",
            "document" if obj is None or may_change else "kept_document",
            "notes",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["kept_document"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PermissionList

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(document)
        name = "translations_permission_document"
        ours = path("<int:pk>/document/", view, {"model_admin": self}, name=name)
        return [ours, *super().get_urls()]

    def tags_of(self, obj: Permission) -> tuple[str, ...]:
        return ()  # no page shows it; what it ends, its verb drops

    @admin.display(description=_("document"))
    def kept_document(self, permission: Permission) -> SafeString | str:
        link = link_to(permission)
        return format_html('<a href="{}">{}</a>', link.url, link.name) if link else "–"

    @admin.display(description=_("live articles that depend on it"))
    def depending(self, permission: Any) -> SafeString | str:
        if not permission.depending:
            return "–"
        rows = (
            (reverse("admin:articles_article_change", args=[article.pk]), article)
            for article in permission.depending
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        )

    # Saving; files that nobody can open any more go once that is certain

    def save_model(self, request: HttpRequest, obj: Permission, form: Any, change: Any) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        before = Permission.objects.get(pk=obj.pk).document.name
        change_permission(obj, by=cast(User, request.user))
        if before != obj.document.name:
            self._forget(obj, before)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._forget(obj, obj.document.name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for permission in gone:
            self._forget(permission, permission.document.name)

    def _forget(self, permission: Permission, name: str | None) -> None:
        if name:
            transaction.on_commit(partial(permission.document.storage.delete, name))
