"""Contributors at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.addresses import SluggedForm
from articles.admin.desk import NamedAdmin
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(NamedAdmin):
    form = SluggedForm
    list_display = ["__str__", "role_line", "slug", "user"]
    list_select_related = ["user"]
    autocomplete_fields = ["portrait"]
    raw_id_fields = ["user"]
    fields = ["names", "role_lines", "bios", "portrait", "user", "slug"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The account is for who may see accounts."""
        fields = list(super().get_fields(request, obj))
        if not request.user.has_perm("accounts.view_user"):
            fields.remove("user")
        return fields

    @admin.display(description=Contributor._meta.get_field("role_lines").verbose_name)
    def role_line(self, contributor: Contributor) -> str:
        return contributor.role_line
