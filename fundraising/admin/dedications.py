"""The names and messages of gifts, decided on before readers see them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fundraising.models import Dedication
from fundraising.moderating import hide, show


@admin.register(Dedication)
class DedicationAdmin(admin.ModelAdmin):
    """What givers wrote is read here and decided on, never rewritten. No address, no amount."""

    list_display = ["shown_name", "words", "moderation", "created_at"]
    list_filter = ["moderation", "campaign", "language"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-id"]
    search_fields = ["=id", "public_name", "message"]
    actions = ["show_selected", "hide_selected"]
    fields = ["shown_name", "words", "moderation", "campaign_name", "language", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dedication]:
        return Dedication.objects.with_words()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The actions need it; the form of one is for reading."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("name"))
    def shown_name(self, dedication: Dedication) -> str:
        return dedication.public_name if dedication.is_public else gettext("anonymous")

    @admin.display(description=_("message"))
    def words(self, dedication: Dedication) -> str:
        return dedication.message

    @admin.display(description=_("campaign"))
    def campaign_name(self, dedication: Dedication) -> str:
        return dedication.campaign.name

    @admin.action(description=_("Show: readers see it"), permissions=["change"])
    def show_selected(self, request: HttpRequest, dedications: QuerySet) -> None:
        self._decide(request, dedications, show)

    @admin.action(description=_("Hide: take it away from readers"), permissions=["change"])
    def hide_selected(self, request: HttpRequest, dedications: QuerySet) -> None:
        self._decide(request, dedications, hide)

    def _decide(
        self, request: HttpRequest, dedications: QuerySet, verb: Callable[..., int]
    ) -> None:
        changed = verb(dedications, by=request.user)
        message = ngettext("%(count)d gift changed.", "%(count)d gifts changed.", changed)
        self.message_user(request, message % {"count": changed})
