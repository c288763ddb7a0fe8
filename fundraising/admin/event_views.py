"""What staff do about an event that was not settled."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from fundraising.events import REPLAY, replay, set_aside
from fundraising.models import SETTLED, ProviderEvent


class SetAsideForm(forms.ModelForm):
    class Meta:
        model = ProviderEvent
        fields = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


@require_POST
def settle_event(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Settles one again, and says how it stands."""
    _authorise(request)
    event = get_object_or_404(ProviderEvent, pk=pk)
    try:
        if replay(event, by=cast(User, request.user)) in SETTLED:
            model_admin.message_user(request, _("The event has been settled."))
        else:
            told = _("The event could not be settled: its page says why.")
            model_admin.message_user(request, told, messages.WARNING)
    except ValidationError as error:
        model_admin.message_user(request, error.messages[0], messages.ERROR)
    return redirect("admin:fundraising_providerevent_change", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside_events(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Asks why, and sets aside those that the address names and that have not come to their end."""
    _authorise(request)
    keys = [key for key in request.GET.getlist("event") if key.isascii() and key.isdigit()]
    events = ProviderEvent.objects.unsettled().filter(pk__in=[key for key in keys if len(key) < 19])
    events = events.select_related("donation").defer("payload").order_by("pk")
    form = SetAsideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            count = _set_aside(events, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as refused:  # meanwhile one has been settled
            form.add_error(None, refused)
            events = events.all()
        else:
            told = ngettext(
                "%(count)d event was set aside.", "%(count)d events were set aside.", count
            )
            model_admin.message_user(request, told % {"count": count})
            return redirect("admin:fundraising_providerevent_changelist")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Set aside"),
        "opts": model_admin.opts,
        "events": events,
        "form": form,
    }
    status = 422 if form.errors else 200
    name = "admin/fundraising/providerevent/set_aside.html"
    return render(request, name, context, status=status)


@transaction.atomic
def _set_aside(events: QuerySet[ProviderEvent], *, by: User, reason: str) -> int:
    """All of them or none; how many."""
    for event in events:
        set_aside(event, by=by, reason=reason)
    return len(events)


def _authorise(request: HttpRequest) -> None:
    if not request.user.has_perm(REPLAY):
        raise PermissionDenied
