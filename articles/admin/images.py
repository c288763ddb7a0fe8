"""Pictures at the desk."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.article_form import may_change_part
from articles.admin.desk import DeskAdmin
from articles.models import Article, Contributor, Image
from articles.publishing import PERMISSION
from articles.templatetags.pictures import picture
from pictures.reencoding import PictureField
from pictures.storing import StoresPictures


@admin.register(Image)
class ImageAdmin(StoresPictures, DeskAdmin):
    """A click into the preview sets the focal point.

    What readers see is changed by who may publish: pictures of articles and portraits.
    """

    list_display = ["thumbnail", "__str__", "credit", "dimensions", "created_at"]
    list_display_links = ["thumbnail", "__str__"]
    search_fields = [
        "file", "credit", *(f"alts__{code}__icontains" for code, _n in settings.LANGUAGES)
    ]  # fmt: skip
    fields = ["file", "focal_point", "alts", "credit", "dimensions"]
    readonly_fields = ["dimensions"]

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm(PERMISSION):
            return True
        is_portrait = Contributor.objects.filter(portrait=obj).exists()
        return not is_portrait and may_change_part(request, Article.objects.filter(lead_image=obj))

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            kwargs["form_class"] = PictureField
            kwargs["help_text"] = _(
                "JPEG, PNG or WebP, at most 12 MB and 40 million pixels. Where and with what it"
                " was taken is removed. Once saved, click into it to set the focal point."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> SafeString | str:
        return picture(image, shape="square")

    @admin.display(description=_("size in pixels"))
    def dimensions(self, image: Image) -> str:
        return f"{image.width} × {image.height}" if image.width else "–"
