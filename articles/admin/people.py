"""Contributors at the desk."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import SluggedForm
from articles.admin.desk import NamedAdmin
from articles.admin.merging_views import merge_contributors
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(NamedAdmin):
    is_shown_when_new = False
    form = SluggedForm
    list_display = ["__str__", "role_line", "slug", "user"]
    list_select_related = ["user"]
    autocomplete_fields = ["portrait"]
    raw_id_fields = ["user"]
    actions = ["merge_selected"]
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

    @admin.action(description=_("Merge two into one"), permissions=["delete"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) == 2:
            return redirect("admin:articles_contributor_merge", *chosen)
        self.message_user(request, _("Choose exactly two people."), messages.ERROR)
        return None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(merge_contributors)
        ours = path(
            "merge/<int:first>/<int:second>/",
            view,
            {"model_admin": self},
            name="articles_contributor_merge",
        )
        return [ours, *super().get_urls()]
