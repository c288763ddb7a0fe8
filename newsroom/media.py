"""Uploaded files of a local site."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file; 404 also for a name outside of the folder, or longer than any file's."""
    try:
        return serve(request, path, str(settings.MEDIA_ROOT))
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
