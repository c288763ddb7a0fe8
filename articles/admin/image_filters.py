"""Which pictures the library shows."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.picture_uses import used
from operations.clock import request_now, site_day
from operations.models import SiteSettings

SOON = timedelta(days=30)


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return [("yes", _("used somewhere")), ("no", _("not used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        conditions = {"yes": used, "no": lambda: ~used()}
        condition = conditions.get(self.value() or "")
        return queryset.filter(condition()) if condition else queryset


class LicenceFilter(admin.SimpleListFilter):
    title = pgettext_lazy("of a picture", "licence")
    parameter_name = "licence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return [
            ("soon", _("ends within 30 days")),
            ("ended", _("has ended")),
            ("none", _("not noted")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = site_day(request_now(request))
        conditions: dict[str, dict[str, Any]] = {
            "soon": {"licence_ends_on__range": (today, today + SOON)},
            "ended": {"licence_ends_on__lt": today},
            "none": {"licence": ""},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))


class UndescribedFilter(admin.SimpleListFilter):
    title = _("missing alternative text")
    parameter_name = "undescribed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        editions = SiteSettings.of(request).editions
        return [pair for pair in settings.LANGUAGES if pair[0] in editions]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        language = self.value()
        return queryset.exclude(alts__has_key=language) if language else queryset
