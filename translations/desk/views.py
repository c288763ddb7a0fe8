"""The translation desk: which story is how far in which edition, who has it and until when."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from articles.models import Story
from operations.clock import request_now
from operations.models import SiteSettings
from translations import assigning
from translations.desk import export
from translations.desk.cells import Cell, Viewer, rows_of
from translations.desk.finding import DeskFilter
from translations.desk.forms import AssignmentForm, RequestForm

STORIES_A_PAGE = 50
VIEW = "translations.view_assignment"


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Stories by editions, as the filter in the address asks."""
    return _table(request, RequestForm(languages=_offered(request)))


@require_safe
def csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole of the filtered table, streamed."""
    chosen, now, viewer = _filter(request), request_now(request), _viewer(request)
    stories = list(chosen.stories(now=now, me=viewer.key).values_list("pk", flat=True))
    lines = export.lines(
        stories,
        languages=chosen.chosen_languages,
        viewer=viewer,
        now=now,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="translations-{now:%Y-%m-%d}.csv"'
    return response


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for several stories in several languages."""
    if not _viewer(request).may_request:
        raise PermissionDenied
    form = RequestForm(request.POST, languages=_offered(request))
    if form.is_valid():
        wanted = form.cleaned_data
        terms = {name: wanted[name] for name in ("due_on", "note")}
        try:
            asked = assigning.request(
                wanted["stories"], wanted["languages"], by=_person(request), **terms
            )
            _tell(request, len(asked), of=len(wanted["stories"]) * len(wanted["languages"]))
            return _back(request)
        except ValidationError as refused:
            form.add_error(None, refused)
    return _table(request, form)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    story, language = _place(request.POST.get("place", ""))
    return _do(request, story, language, assigning.claim)


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    story, language = _place(request.POST.get("place", ""))
    return _do(request, story, language, assigning.release)


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, story: int, language: str) -> HttpResponse:
    """One translation: whose it is, by when; or that it is not wanted any more."""
    viewer = _viewer(request)
    if not viewer.may_assign_in(language):
        raise PermissionDenied
    shown = _cell(request, story, language, viewer)
    kept = shown.assignment
    initial = {"owner": shown.owner, "due_on": kept.due_on, "note": kept.note} if kept else {}
    form = AssignmentForm(request.POST or None, initial=initial)
    place = (Story(pk=story), language)
    if "call_off" in request.POST:
        return _do(request, *place, assigning.call_off)
    if form.is_valid():
        try:
            given = dict(form.cleaned_data)
            assigning.assign(*place, to=given.pop("owner"), by=_person(request), **given)
            return _back(request, shown.key)
        except ValidationError as refused:
            form.add_error(None, refused)
    name = dict(settings.LANGUAGES).get(language, language)
    context = _context(request, title=_("Translation into %(language)s") % {"language": name})
    context |= {"cell": shown, "form": form}
    return render(
        request,
        "admin/translations/desk/cell.html",
        context,
        status=422 if form.errors else 200,
    )


def _table(request: HttpRequest, form: RequestForm) -> HttpResponse:
    chosen, now, viewer = _filter(request), request_now(request), _viewer(request)
    stories = chosen.stories(now=now, me=viewer.key).values_list("pk", flat=True)
    page = Paginator(stories, STORIES_A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, languages=chosen.chosen_languages, viewer=viewer, now=now)
    names = dict(settings.LANGUAGES)
    query = request.GET.copy()
    query.pop("page", None)
    context = _context(request, title=_("Translation desk")) | {
        "filter": chosen,
        "columns": [(code, names.get(code, code)) for code in chosen.chosen_languages],
        "rows": rows,
        "page": page,
        "query": query.urlencode(),
        "viewer": viewer,
        "form": form,
        "marked": request.POST.getlist("stories"),
    }
    status = 422 if form.errors else 200
    return render(request, "admin/translations/desk/table.html", context, status=status)


def _offered(request: HttpRequest) -> list[str]:
    """The editions in which the person works."""
    viewer = _viewer(request)
    return [code for code in SiteSettings.of(request).editions if viewer.works_in(code)]


def _filter(request: HttpRequest) -> DeskFilter:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return DeskFilter(request.GET, languages=SiteSettings.of(request).editions)


def _cell(request: HttpRequest, story: int, language: str, viewer: Viewer) -> Cell:
    """The cell, where there is one to be translated into; 404 elsewhere."""
    editions = SiteSettings.of(request).editions
    found = get_object_or_404(Story, pk=story)
    rows = rows_of([found.pk], languages=[language], viewer=viewer, now=request_now(request))
    if language not in editions or not rows or rows[0].cells[0].is_original:
        raise Http404
    return rows[0].cells[0]


def _place(text: str) -> tuple[Story, str]:
    """What a cell's button sends: its story, and its language. 404 for anything else."""
    key, dash, language = text.partition("-")
    if not (dash and key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    return get_object_or_404(Story, pk=int(key)), language


def _do(
    request: HttpRequest, story: Story, language: str, verb: Callable[..., Any]
) -> HttpResponse:
    """Does it and leads back to the cell; what the verb refuses is said above the table."""
    try:
        verb(story, language, by=_person(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return _back(request, f"{story.pk}-{language}")


def _tell(request: HttpRequest, asked: int, *, of: int) -> None:
    text = ngettext("%(count)d translation requested.", "%(count)d translations requested.", asked)
    messages.success(request, text % {"count": asked})
    if left := of - asked:
        text = ngettext(
            "%(count)d was left out: it is there already, or was requested before.",
            "%(count)d were left out: they are there already, or were requested before.",
            left,
        )
        messages.info(request, text % {"count": left})


def _back(request: HttpRequest, place: str = "") -> HttpResponse:
    """To the table as it was filtered, at the cell."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    anchor = f"#cell-{place}" if place else ""
    return redirect(reverse("translation_desk:table") + query + anchor)


def _context(request: HttpRequest, *, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title}


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _viewer(request: HttpRequest) -> Viewer:
    return Viewer.of(_person(request))
