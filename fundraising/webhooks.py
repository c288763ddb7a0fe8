"""Where providers tell what has happened."""

import logging

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fundraising.events import take
from fundraising.providers import provider_named
from fundraising.providers.interface import BadSignature

logger = logging.getLogger("newsroom.fundraising")

MOST_BYTES = 256 * 1024


@csrf_exempt  # it carries a signature instead
@never_cache
@require_POST
def payments_webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """200 for what was taken, known, of no concern or put before a person; 400 for what is not
    the provider's; 500 or 503 for what it is to send again."""
    try:
        spoken_to = provider_named(provider)
    except LookupError:
        raise Http404
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return HttpResponse(status=400)
    if announced > MOST_BYTES or len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        report = spoken_to.parse(request.body, request.headers)
    except BadSignature as error:
        logger.warning("An event of %s was refused: %s", provider, error)
        return HttpResponse("refused", status=400, content_type="text/plain")
    try:
        state = take(report)
    except OperationalError:
        logger.exception("An event of %s must come again: %s", provider, report.event_id)
        return HttpResponse("later", status=503, content_type="text/plain")
    except Exception:
        logger.exception("An event of %s failed: %s", provider, report.event_id)
        return HttpResponse("again", status=500, content_type="text/plain")
    return HttpResponse(state.value, content_type="text/plain")
