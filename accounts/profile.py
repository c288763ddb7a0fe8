"""A member's own page: what is theirs, all of it as a file, and leaving."""

import json
from collections.abc import Callable, Iterator
from functools import wraps
from time import time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import second_factor
from accounts.belongings import belongings
from accounts.forms import LeaveForm, NameForm
from accounts.leaving import leave
from accounts.models import User
from accounts.sessions import end_sessions, sessions_elsewhere

RECENT = 300  # seconds; as allauth's ACCOUNT_REAUTHENTICATION_TIMEOUT
View = Callable[..., HttpResponseBase]


def confirmed(view: View) -> View:
    """Asks who is signed in to show once more that it is them, as allauth does for passwords.

    Who has neither a password nor a device signs in anew, by a code.
    """
    theirs = reauthentication_required(view)

    @login_required
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if get_reauthentication_flows(request.user):  # type: ignore[arg-type]
            return theirs(request, *args, **kwargs)
        records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
        if records and time() - records[-1]["at"] < RECENT:
            return view(request, *args, **kwargs)
        return render(request, "accounts/sign_in_again.html", {"next": request.path})

    return asked


def _self(request: HttpRequest) -> User:
    """The account as it is stored now. One query."""
    return User.objects.get(username=request.user.get_username())


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What the person has here; posting changes their name. The desk names its own people."""
    user = _self(request)
    form = None if user.is_staff else NameForm(request.POST or None, instance=user)
    if request.method == "POST" and form and form.is_valid() and form.saved():
        messages.success(request, _("Your name is changed."))
        return redirect("profile")
    context = {
        "form": form,
        "person": User.objects.get(pk=user.pk),
        "parts": [(each.title, each.lines(request)) for each in belongings()],
        "devices": second_factor.devices_of(user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/profile.html", context, status=status)


@never_cache
@require_safe
@confirmed
def profile_download(request: HttpRequest) -> HttpResponseBase:
    """All that is held about the person, as one JSON document that is written while it is sent."""
    response = StreamingHttpResponse(_document(_self(request)), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _document(user: User) -> Iterator[str]:
    yield '{"account": ' + _json(_account(user))
    for each in belongings():
        yield f', "{each.key}": ['
        for number, row in enumerate(each.rows(user)):
            yield (",\n" if number else "\n") + _json(row)
        yield "]"
    yield "}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _account(user: User) -> dict[str, Any]:
    """What the account itself says; of passwords and devices only that there are some."""
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    devices = Authenticator.objects.filter(user=user).order_by("pk")
    sessions = sessions_elsewhere(user, here=None).order_by("expire_date")
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "language": user.language,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "has_password": user.has_usable_password(),
        "roles": list(user.groups.order_by("name").values_list("name", flat=True)),
        "addresses": list(addresses.values("email", "verified", "primary")),
        "signed_in_until": list(sessions.values_list("expire_date", flat=True)),
        "second_factors": list(devices.values("type", "created_at", "last_used_at")),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def profile_leave(request: HttpRequest) -> HttpResponse:
    """Asks, then does; it signs out everywhere."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = _self(request)
        leave(user, keeps_comments=form.cleaned_data["comments"] == "keep")
        logout(request)
        return redirect("profile_left")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/profile_leave.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def profile_sessions(request: HttpRequest) -> HttpResponse:
    """Says in how many other browsers the person is signed in; posting signs them out there."""
    user, here = _self(request), request.session.session_key
    if request.method == "POST":
        end_sessions(user, but=here)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("profile")
    others = sessions_elsewhere(user, here=here).count()
    return render(request, "accounts/profile_sessions.html", {"others": others})


@never_cache
@require_safe
def profile_left(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/profile_left.html")


@login_required
@never_cache
@require_safe
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Where people of the desk are led who have not shown a second factor in this session."""
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/admin/")
    goal = asked if is_ours else "/admin/"
    if not second_factor.is_missing(request):
        return redirect(goal)
    context = {"next": goal, "devices": second_factor.devices_of(request.user)}  # type: ignore[arg-type]
    return render(request, "accounts/second_factor.html", context)
