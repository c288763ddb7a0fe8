"""A permission's document at the desk: the only place where it can be opened."""

from pathlib import PurePath
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from translations.models import Permission


@require_safe
def document(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponseBase:
    """The file, to be kept and not shown: browsers run nothing of it. Never cached."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    permission = get_object_or_404(Permission, pk=pk)
    if not permission.document:
        raise Http404
    try:
        file = permission.document.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=PurePath(str(permission.document.name)).name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class Link(NamedTuple):
    """A document by the address of its page; the storage's own address leads nowhere."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


def link_to(permission: Permission) -> Link | None:
    if not permission.document:
        return None
    url = reverse("admin:translations_permission_document", args=[permission.pk])
    return Link(PurePath(str(permission.document.name)).name, url)


class DocumentWidget(AdminFileWidget):
    """Says what is kept and leads to its page. `link` is set by the form for its permission."""

    link: Link | None = None

    def is_initial(self, value: Any) -> bool:
        return self.link is not None

    def format_value(self, value: Any) -> Any:
        return self.link
