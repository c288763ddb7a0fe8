"""The newsroom's desk: the stock admin under our name and colours."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from comments.moderating import PERMISSION as DECIDE
from fundraising.privacy import EXPORT
from newsroom import sending_again
from newsroom.desk_home import desk_home
from translations.assigning import CLAIM

PAGES = [  # (app, address, name, who may open it)
    ("comments", "admin:comments_comment_queues", _("Moderators' queues"), DECIDE),
    (
        "translations",
        "translation_desk:table",
        _("Translation desk"),
        "translations.view_assignment",
    ),
    ("translations", "my_translations", _("My translations"), CLAIM),
    (
        "fundraising",
        "admin:fundraising_donation_origins",
        _("Where gifts come from"),
        "fundraising.view_ledgerentry",
    ),
    (
        "fundraising",
        "admin:fundraising_ledgerentry_check",
        _("Things to look at"),
        "fundraising.view_ledgerentry",
    ),
    ("fundraising", "donor_data", _("What is held about a giver"), EXPORT),
]


class Desk(AdminSite):
    site_header = _("The desk")
    site_title = _("The desk")
    index_title = _("Today at the desk")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """For people of the desk who have shown a second factor in this session, if one is asked.

        Every address of the desk asks this (`admin_view`).
        """
        return super().has_permission(request) and not second_factor.is_missing(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way to sign in, with its limits: /accounts/login/."""
        if self.has_permission(request):
            return redirect("admin:index")
        if super().has_permission(request):  # what is missing is the second factor
            asked = {"next": request.GET.get("next") or reverse("admin:index")}
            return redirect(reverse("second_factor_needed", query=asked))
        if request.user.is_authenticated:  # signed in, but not one of the desk
            raise PermissionDenied
        target = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(target)

    def admin_view(  # type: ignore[override]
        self,
        view: Callable[..., Any],
        cacheable: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Callable[..., Any]:
        """Answers 422 where a form comes back with errors, whichever app it belongs to.

        What comes from who is signed out is not lost to the page on which one signs in. No address
        asks the database for the sign NUL, which it refuses to look for.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            is_strangers_post = request.method == "POST" and request.user.is_anonymous
            if is_strangers_post and (kept := sending_again.signed_out(request)):
                return kept
            request.GET = cast(Any, _without_nul(request.GET))
            response = inner(request, *args, **kwargs)
            shown = getattr(response, "context_data", None) or {}
            if request.method == "POST" and response.status_code == 200 and shown.get("errors"):
                response.status_code = 422
            return response

        return answer

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """With what waits for the person, above the lists of everything."""
        return super().index(request, {**(extra_context or {}), "home": desk_home(request)})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """With our own pages among the lists of what can be changed, for who may open them."""
        listed = super().get_app_list(request, app_label)
        for app in listed:
            app["models"] += [
                {
                    "name": name,
                    "object_name": view.replace("_", "").replace(":", ""),
                    "admin_url": reverse(view),
                    "view_only": True,
                }
                for label, view, name, permission in PAGES
                if label == app["app_label"] and request.user.has_perm(permission)
            ]
        return listed

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """With our own way from an object to its page: Django's asks nobody what they may see."""
        ours = path(
            "r/<int:content_type_id>/<str:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        theirs = super().get_urls()
        return [ours, *(url for url in theirs if getattr(url, "name", "") != "view_on_site")]

    def view_on_site(
        self, request: HttpRequest, content_type_id: int, object_id: str
    ) -> HttpResponse:
        """Leads to where readers see the object; 404 for who may not see it at the desk."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        model_admin = self._registry.get(model) if model else None
        if model_admin is None or not model_admin.view_on_site:
            raise Http404
        found = model_admin.get_object(request, object_id)
        if found is None or not model_admin.has_view_or_change_permission(request, found):
            raise Http404
        if not hasattr(found, "get_absolute_url"):
            raise Http404
        return redirect(found.get_absolute_url())


def _without_nul(asked: QueryDict) -> QueryDict:
    """The same with the sign that stands for what cannot be shown: nothing has that either."""
    if not any("\0" in value for _name, values in asked.lists() for value in values):
        return asked
    clean = asked.copy()
    for name, values in asked.lists():
        clean.setlist(name, [value.replace("\0", "\ufffd") for value in values])
    return clean
