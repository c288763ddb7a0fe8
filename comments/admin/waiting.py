"""A filter of lists: what waits for whoever reads them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comments.guests import guest_id


class ForWhom(admin.SimpleListFilter):
    """Nothing, or what the desk's first page counts."""

    title = _("waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("for me"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "me":
            return queryset
        return queryset.answerable_by(request.user, guest=guest_id(request))
