"""Pictures at the desk: the library, and the form of one."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Field, Model, QuerySet
from django.forms import Media, Script
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.admin import image_choosing
from articles.admin.desk import DeskAdmin
from articles.admin.image_filters import LicenceFilter, UndescribedFilter, UseFilter
from articles.admin.image_form import FocalPointField, picture_field
from articles.models import Article, Contributor, Image, State, Status
from articles.picture_uses import Use, is_public, uses_of
from articles.pictures import prune_later, save_picture
from articles.publishing import PERMISSION
from operations.clock import database_now, request_now, site_day
from pictures.storing import StoresPictures


@admin.register(Image)
class ImageAdmin(StoresPictures, DeskAdmin):
    """What readers see is changed by who may publish: pictures of articles, pages and people."""

    is_shown_when_new = False
    list_display = ["__str__"]
    list_filter = [UseFilter, LicenceFilter, UndescribedFilter]
    list_per_page = 60
    show_full_result_count = False
    search_fields = [
        "file",
        "credit",
        "licence",
        *(f"alts__{code}__icontains" for code, _n in settings.LANGUAGES),
    ]
    readonly_fields = ["dimensions", "used_in"]
    fieldsets = [
        (None, {"fields": ["file", "focal_point", "alts", "credit"]}),
        (
            pgettext_lazy("of a picture", "Licence"),
            {"fields": ["licence", "licence_url", "licence_ends_on"]},
        ),
        (_("Use"), {"fields": ["used_in", "dimensions"]}),
    ]

    @property
    def media(self) -> Media:
        module: Any = Script("articles/focal-point.js", type="module")
        return super().media + Media(js=[module])

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(image_choosing.choose)
        name = "articles_image_choose"
        return [path("choose/", view, {"model_admin": self}, name=name), *super().get_urls()]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            return picture_field()
        if db_field.name == "focal_point":
            return FocalPointField()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        today = site_day(request_now(request))
        return super().changelist_view(request, {**(extra_context or {}), "today": today})

    # Changing and deleting

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm(PERMISSION):
            return True
        kept = vars(request).setdefault("public_pictures", {})  # the form asks again and again
        if obj.pk not in kept:
            once_public = Article.objects.exclude(status=Status.DRAFT)
            kept[obj.pk] = is_public(obj, live=once_public, known=Contributor.objects.all())
        return not kept[obj.pk]

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Image | None:
        image = super().get_object(request, *args, **kwargs)
        if image is not None and request.method == "POST":  # until the form's transaction ends
            image.refresh_from_db(from_queryset=Image.objects.select_for_update())
        return image

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: Any) -> None:
        save_picture(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What uses a picture stands in the way of deleting it."""
        found, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        uses = uses_of([image.pk for image in objs], now=request_now(request))
        listed = [_line(use) for each in uses.values() for use in each]
        if listed:  # said before any right that is lacking: nobody may
            return found, counts, set(), listed
        return found, counts, perms_needed, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        prune_later(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for image in queryset:
            prune_later(image)
        super().delete_queryset(request, queryset)

    # What the form tells

    @admin.display(description=_("used in"))
    def used_in(self, image: Image) -> SafeString | str:
        uses = uses_of([image.pk], now=database_now()).get(image.pk, []) if image.pk else []
        if not uses:
            return gettext("Nowhere.")
        lines = format_html_join("", "<li>{}</li>", ((_line(use),) for use in uses))
        return format_html('<ul class="picture-uses">{}</ul>', lines)

    @admin.display(description=_("size in pixels"))
    def dimensions(self, image: Image) -> str:
        return f"{image.width} × {image.height}" if image.width else "–"


def _line(use: Use) -> SafeString:
    """“Headline” (live): picture of the article."""
    row, state = use.row, getattr(use.row, "state", "")
    label = f" ({State(state).label})" if state else ""
    return format_html("{}{}: {}", _linked(row), label, use.what)


def _linked(row: Model) -> SafeString | str:
    if row.pk is None:
        return gettext("An article that is not saved yet")
    meta = row._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[quote(row.pk)])
    return format_html('<a href="{}" dir="auto">{}</a>', url, row)
