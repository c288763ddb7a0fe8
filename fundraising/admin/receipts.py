"""The receipts that were issued."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fundraising.models import Receipt


@admin.register(Receipt)
class ReceiptAdmin(admin.ModelAdmin):
    """For reading: receipts are issued by the worker, once the money has come."""

    list_display = ["__str__", "amount", "received_on", "campaign", "reference", "issued_at"]
    list_filter = ["year", "donation__campaign"]
    list_select_related = ["donation__campaign"]
    search_fields = ["=number", "donation__reference"]
    date_hierarchy = "received_on"
    show_full_result_count = False
    actions = None
    fields = ["year", "number", "amount", "received_on", "campaign", "reference", "issued_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("amount"), ordering="amount_minor")
    def amount(self, receipt: Receipt) -> str:
        return receipt.amount

    @admin.display(description=_("campaign"))
    def campaign(self, receipt: Receipt) -> str:
        return receipt.donation.campaign.name

    @admin.display(description=_("reference"))
    def reference(self, receipt: Receipt) -> str:
        return receipt.donation.reference
