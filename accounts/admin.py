"""People at the desk."""

from typing import Any

import allauth.mfa.admin  # noqa: F401  what it registers is replaced below
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.addresses import vouch
from accounts.models import User
from accounts.sessions import end_sessions
from pagecache.admin import DropsPages

admin.site.unregister(Group)  # roles are written from accounts.roles
admin.site.unregister(Authenticator)


@admin.register(User)
class UserAdmin(DropsPages, DjangoUserAdmin):
    """Accounts and their roles. Only a superuser may touch a superuser or make one."""

    is_shown_when_new = False
    list_display = ["username", "public_name", "email", "is_staff", "is_active"]
    list_filter = ["groups", "is_staff", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    filter_horizontal = ["groups"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        dates = ["last_login", "date_joined"]
        return dates if request.user.is_superuser else [*dates, "is_superuser"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        """The desk vouches for the addresses that it enters; whom it shuts out is out at once."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(obj)
        if "email" in form.changed_data:
            vouch(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.has_left:
            return False  # it stays empty
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # whoever signed something is anonymised in place, never deleted


@admin.register(Authenticator)
class DeviceAdmin(admin.ModelAdmin):
    """For taking a lost device off an account. What makes its codes is shown to nobody."""

    fields = ["user", "type", "created_at", "last_used_at"]
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    list_select_related = ["user"]
    search_fields = ["user__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
