"""Publications and their pieces at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, Field, Value
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_form import may_change_part
from articles.admin.desk import DeskAdmin
from articles.models import Article
from translations.admin import source_views
from translations.fields import LanguageCodeField
from translations.models import Attribution, Publication, SourceText, SourceWork
from translations.models.sources import HERE_ALREADY, same_place


class SourceDeskAdmin(DeskAdmin):
    """A desk's form whose languages are all of the world's, not our editions alone."""

    is_shown_when_new = False

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, LanguageCodeField):
            return admin.ModelAdmin.formfield_for_dbfield(self, db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Publication)
class PublicationAdmin(SourceDeskAdmin):
    list_display = ["name", "language", "licence", "url"]
    list_select_related = ["licence"]
    list_filter = ["language", "licence"]
    search_fields = ["name", "slug", "url"]
    fields = [
        "name",
        "slug",
        "url",
        ("language", "country"),
        "licence",
        "credit_wordings",
        "logo",
    ]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["licence", "logo"]


class SourceWorkForm(forms.ModelForm):
    def clean_url(self) -> str:
        """Says beside the field what the constraint would say above the form."""
        url = self.cleaned_data["url"]
        others = SourceWork.objects.exclude(pk=self.instance.pk).alias(place=same_place(F("url")))
        if others.filter(place=same_place(Value(url))).exists():
            raise ValidationError(HERE_ALREADY, code="unique")
        return url

    def clean(self) -> dict[str, Any] | None:
        """Refuses a language that the articles made from this work contradict. One query."""
        data = super().clean()
        used = Attribution.objects.filter(source_work=self.instance.pk).select_related("article")
        for attribution in used if self.instance.pk and data else ():
            attribution.source_work = SourceWork(
                pk=self.instance.pk, language=data.get("language", "") if data else ""
            )
            if attribution.problems():
                self.add_error(
                    "language",
                    _("This contradicts the credit of “%(article)s”.")
                    % {"article": attribution.article},
                )
        return data


@admin.register(SourceWork)
class SourceWorkAdmin(SourceDeskAdmin):
    form = SourceWorkForm
    list_display = ["title", "publication", "language", "published_on", "checked_at"]
    list_select_related = ["publication"]
    list_filter = [
        "publication",
        "language",
        ("withdrawn_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["title", "url", "publication__name", "byline"]
    fields = [
        "publication",
        "title",
        "url",
        "language",
        ("published_on", "modified_on"),
        "byline",
        "licence",
        ("checked_at", "withdrawn_at"),
    ]
    readonly_fields = ["checked_at", "withdrawn_at"]
    autocomplete_fields = ["publication", "licence"]

    def has_change_permission(self, request: HttpRequest, obj: SourceWork | None = None) -> bool:
        """What stands in the credit of a public article is changed by who may publish."""
        if not super().has_change_permission(request, obj):
            return False
        credits = Attribution.objects.filter(source_work=obj)
        articles = Article.objects.filter(pk__in=credits.values("article"))
        return obj is None or may_change_part(request, articles)

    def get_urls(self) -> list[URLPattern]:
        view, opened = self.admin_site.admin_view, {"model_admin": self}
        return [
            path(f"<int:pk>/{name}/", view(page), opened, name=f"translations_sourcework_{name}")
            for name, page in source_views.PAGES.items()
        ] + super().get_urls()


@admin.register(SourceText)
class SourceTextAdmin(admin.ModelAdmin):
    """What was taken over when: to read, not to change."""

    list_display = ["source_work", "number", "change", "taken_at", "taken_by"]
    list_display_links = ["source_work", "number"]
    list_select_related = ["source_work__publication", "taken_by"]
    list_filter = ["change", "taken_at"]
    search_fields = ["source_work__title", "source_work__url"]
    ordering = ["-taken_at", "-id"]
    fields = ["source_work", "number", "change", "taken_at", "taken_by", "text_as_taken"]
    readonly_fields = ["source_work", "number", "change", "taken_at", "taken_by", "text_as_taken"]

    @admin.display(description=gettext_lazy("text"))
    def text_as_taken(self, taken: SourceText) -> SafeString:
        return format_html(
            '<pre class="snapshot" dir="auto" lang="{}">{}</pre>',
            taken.source_work.language,
            taken.text,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # by `record_text`, at the source itself

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
