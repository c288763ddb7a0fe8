"""Previews at the desk: in frames as wide as a phone and a desk, light and dark, and to share."""

from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from articles import drafts
from articles.admin.revision_pages import asked_revision, known_article
from articles.models import Article, PreviewLink, Revision
from articles.models.writing import MOST_DAYS
from articles.preview_pages import preview_of
from articles.previewing import DAYS, good_links, revoke, share
from articles.remits import is_within
from operations.clock import request_now

FRAMES = {"phone": _("Phone"), "desktop": _("Desktop")}
SCHEMES = {"light": _("Light"), "dark": _("Dark")}


@require_safe
def preview(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The newest draft as readers would see it if it were published now. Never cached.

    Who may not write sees what readers know of. `?revision=` asks for the one of this number,
    `?frame=` shows it in a frame.
    """
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    known: Any = model_admin.get_queryset(request)
    article = get_object_or_404(known, pk=pk)
    if "frame" in request.GET:
        title = _("Preview of “%(headline)s”") % {"headline": article}
        return frame_page(request, model_admin, title=title, original=article)
    draft = drafts.pending(article) if model_admin.has_change_permission(request) else None
    if "revision" in request.GET:
        draft = asked_revision(known_article(request, pk, model_admin), request.GET["revision"])
    if draft is None:
        return preview_of(request, known.for_reading().get(pk=pk))
    with drafts.applied(article, draft):
        return preview_of(request, known.for_reading().get(pk=pk))


class Choice(NamedTuple):
    """A link to the same frame page with one thing changed."""

    label: Any
    address: str
    is_chosen: bool


def frame_page(request: HttpRequest, model_admin: admin.ModelAdmin, **context: Any) -> HttpResponse:
    """A page of the desk around the page at this same address without `frame`."""
    asked = request.GET.dict()
    frame, scheme = asked.pop("frame"), asked.pop("scheme", "light")
    if frame not in FRAMES or scheme not in SCHEMES:
        raise Http404

    def choices(name: str, labels: dict[str, Any], chosen: str) -> list[Choice]:
        here = asked | {"frame": frame, "scheme": scheme}
        return [
            Choice(label, f"?{urlencode(here | {name: key})}", key == chosen)
            for key, label in labels.items()
        ]

    context |= {
        **model_admin.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": model_admin.opts,
        "frame": frame,
        "choices": [
            (_("Width"), choices("frame", FRAMES, frame)),
            (_("Colours"), choices("scheme", SCHEMES, scheme)),
        ],
        "page": f"{request.path}?{urlencode(asked | {'scheme': scheme})}",
        "page_alone": f"{request.path}?{urlencode(asked)}",
    }
    return render(request, "admin/articles/frame.html", context)


class ShareForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What it shows"),
        choices=[("latest", _("always the newest text")), ("pinned", _("the text as it is now"))],
    )
    days = forms.IntegerField(
        label=_("Days for which it is good"), initial=DAYS, min_value=1, max_value=MOST_DAYS
    )


@require_POST
def share_preview(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Makes a link and goes back to the article's form; a form with errors comes back alone."""
    article = _writable(request, pk, model_admin)
    form = ShareForm(request.POST)
    if form.is_valid():
        pinned = _pinned(request, article) if form.cleaned_data["what"] == "pinned" else None
        share(article, by=cast(User, request.user), revision=pinned, days=form.cleaned_data["days"])
        model_admin.message_user(request, _("The preview link is made."))
        return redirect("admin:articles_article_change", article.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Share a preview of “%(headline)s”") % {"headline": article},
        "opts": model_admin.opts,
        "original": article,
        "form": form,
    }
    return render(request, "admin/articles/article/share.html", context, status=422)


def _pinned(request: HttpRequest, article: Article) -> Revision | None:
    """The revision of the number that is asked for, else the newest."""
    asked = request.POST.get("revision")
    return asked_revision(article, asked) if asked else drafts.newest(article)


@require_POST
def revoke_preview(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Takes the link `link` of the article back."""
    article = _writable(request, pk, model_admin)
    key = request.POST.get("link", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    revoke(get_object_or_404(PreviewLink, pk=key, article=article), by=cast(User, request.user))
    model_admin.message_user(request, _("The preview link leads nowhere now."))
    return redirect("admin:articles_article_change", article.pk)


def _writable(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> Article:
    article = get_object_or_404(Article, pk=pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def about_links(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """What the panel beside the article's form says; None for who could not share. One query."""
    may_write = request.user.has_perm(drafts.CHANGE_PERMISSION)
    if not (may_write and is_within(request.user, article)):
        return None
    return {
        "links": good_links(article, now=request_now(request)),
        "form": ShareForm(auto_id="share_%s"),
        "site_url": settings.SITE_URL,
    }
