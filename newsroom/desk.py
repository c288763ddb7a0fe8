"""The newsroom's desk: the stock admin under our name and colours."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = _("The desk")
    site_title = _("The desk")
    index_title = _("Today at the desk")
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way to sign in, with its limits: /accounts/login/."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:  # signed in, but not one of the desk
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target)
