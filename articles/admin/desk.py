"""What the desk's forms have in common."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Field, JSONField, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.choosing import ListedSelect, ListedSelectMultiple
from articles.admin.date_times import MOMENTS
from articles.slugs import free_slug, slugged
from operations.models import SiteSettings
from pagecache.admin import DropsPages
from richtext.fields import ArticleTextField

WITHOUT_EDITOR = _(
    "Without scripts the text is written in HTML: <p>a paragraph</p>, <h2>a heading</h2>,"
    " <strong>bold</strong>, <em>italics</em>, <blockquote>, <ul>, <ol>, <a href>, <table>, a"
    ' picture as <figure><img src="/images/12/" alt=""></figure>, a footnote where it belongs'
    ' as <span class="footnote">, a pull-quote as <aside class="pull-quote"><p>.'
)
CHOOSES_PICTURES = ["articles.view_image", "articles.change_article"]
format_html_lazy = lazy(format_html, SafeString)


class DeskFields:
    """Offers the editions as languages, and no deleting of related things in passing.

    What is chosen by search can be chosen from a list too, where there are no scripts.
    """

    def formfield_for_dbfield(self, db_field: Field, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "language":
            editions = SiteSettings.of(request).editions
            return forms.ChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=[pair for pair in settings.LANGUAGES if pair[0] in editions],
                initial=settings.LANGUAGE_CODE,
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(db_field, ArticleTextField):
            field.help_text = format_html_lazy("<noscript>{}</noscript>", WITHOUT_EDITOR)
            if request.user.has_perms(CHOOSES_PICTURES):
                field.widget.attrs["data-pictures"] = reverse("admin:articles_image_choose")
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = self._listing(ListedSelect, db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = self._listing(ListedSelectMultiple, db_field, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _listing(self, widget: Any, db_field: Any, request: HttpRequest) -> Any:
        """The widget with what the person would find by searching, without the long texts."""
        site = self.admin_site  # type: ignore[attr-defined]
        related = site.get_model_admin(db_field.remote_field.model)
        offered = related.get_queryset(request)
        if not related.has_view_permission(request):
            offered = offered.none()
        texts = [f.name for f in offered.model._meta.concrete_fields if isinstance(f, TextField)]
        offered = offered.select_related(*(related.list_select_related or [None]))
        return widget(db_field, site, offered=offered.defer(*texts))


class ListedRow(forms.ModelForm):
    """A row of a list that is changed in place: each field says what it is, and of what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = (
            self.fields.values() if self.instance.pk else ()
        )  # a list without rows has an empty one
        for field in named:
            field.widget.attrs["aria-label"] = f"{capfirst(field.label or '')}: {self.instance}"


class ShortList(ChangeList):
    """Loads no texts of articles and pages: no list shows one."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        rows = super().get_queryset(request, *args, **kwargs)
        fields = rows.model._meta.concrete_fields
        return rows.defer(*(each.name for each in fields if isinstance(each, ArticleTextField)))


class DeskAdmin(DropsPages, DeskFields, admin.ModelAdmin):
    """A form of the newsroom's own."""

    formfield_overrides = MOMENTS

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Once more where the database or a verb refuses what somebody else has taken in the same
        instant: by then the form sees it, and says so beside its field."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, ValidationError):
            if request.method != "POST":
                raise
            return super().changeform_view(request, *args, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ShortList

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, **{"form": ListedRow, **kwargs})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address fills in, without what its field cannot read."""
        given = super().get_changeform_initial_data(request)
        read = {name: self._read(name, value) for name, value in given.items()}
        return {name: value for name, value in read.items() if value is not None}

    def _read(self, name: str, value: Any) -> Any:
        """The value as its widget takes it; None where the field cannot read it."""
        try:
            field = self.model._meta.get_field(name)
            if field.auto_created or isinstance(field, JSONField):  # no text of an address
                return None
            if field.many_to_many:
                return [field.target_field.to_python(key) for key in value]
            read = field.to_python(value)
            return read if isinstance(field, DateTimeField) else value
        except (FieldDoesNotExist, ValidationError):
            return None


class LocksWhatIsSent(admin.ModelAdmin):
    """Before an admin in the bases: what a form is sent for is locked until it is saved."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(request, *args, **kwargs)
        if found is not None and request.method == "POST":
            with transaction.atomic():  # the form's own: what it decides by stays true until saved
                rows = self.model._default_manager.select_for_update(no_key=True)
                found.refresh_from_db(from_queryset=rows)
        return found


class NamedAdmin(DeskAdmin):
    """Something with a name per language; its slug comes from the name where it is left empty."""

    list_display = ["__str__", "slug"]
    search_fields = ["slug", *(f"names__{code}__icontains" for code, _n in settings.LANGUAGES)]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.required = False
            field.help_text = _("Its part of the address; made from the name where left empty.")
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: forms.Form, change: Any) -> None:
        if not obj.slug:
            base = slugged(obj.names[settings.LANGUAGE_CODE], longest=40)
            obj.slug = free_slug(base or "item", row=obj)
        super().save_model(request, obj, form, change)
