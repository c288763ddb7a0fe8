"""Contributors at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.desk import NamedAdmin
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(NamedAdmin):
    list_display = ["__str__", "role_line", "slug", "user"]
    list_select_related = ["user"]
    autocomplete_fields = ["portrait"]
    raw_id_fields = ["user"]
    fields = ["names", "role_lines", "bios", "portrait", "user", "slug"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The account is for who may see accounts."""
        hidden = set() if request.user.has_perm("accounts.view_user") else {"user"}
        return [name for name in self.fields if name not in hidden]

    @admin.display(description=Contributor._meta.get_field("role_lines").verbose_name)
    def role_line(self, contributor: Contributor) -> str:
        return contributor.role_line
