"""Publications and sources at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.article_form import may_change_part
from articles.admin.desk import DeskAdmin
from articles.models import Article
from translations.fields import LanguageCodeField
from translations.models import Attribution, Publication, SourceWork


class SourceDeskAdmin(DeskAdmin):
    """A desk's form whose languages are all of the world's, not our editions alone."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, LanguageCodeField):
            return admin.ModelAdmin.formfield_for_dbfield(self, db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Publication)
class PublicationAdmin(SourceDeskAdmin):
    list_display = ["name", "language", "url"]
    list_filter = ["language"]
    search_fields = ["name", "slug", "url"]
    fields = ["name", "slug", "url", "language"]
    prepopulated_fields = {"slug": ["name"]}


class SourceWorkForm(forms.ModelForm):
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
    list_display = ["title", "publication", "language", "published_on"]
    list_select_related = ["publication"]
    list_filter = ["publication", "language"]
    search_fields = ["title", "url", "publication__name", "byline"]
    fields = ["publication", "title", "url", "language", "published_on", "byline"]
    autocomplete_fields = ["publication"]

    def has_change_permission(self, request: HttpRequest, obj: SourceWork | None = None) -> bool:
        """What stands in the credit of a public article is changed by who may publish."""
        if not super().has_change_permission(request, obj):
            return False
        credits = Attribution.objects.filter(source_work=obj)
        articles = Article.objects.filter(pk__in=credits.values("article"))
        return obj is None or may_change_part(request, articles)
