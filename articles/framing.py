"""Players from elsewhere in pages of ours: allowed where a text has one, and nowhere else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csp import csp_override

from richtext.embeds import FRAMES
from richtext.reading import has_frames


def policy_for(*texts: str) -> dict[str, Any]:
    """The public pages' policy, which lets in the frames that these texts may open, if they do."""
    frames = {"frame-src": FRAMES} if any(has_frames(text) for text in texts) else {}
    return {**settings.SECURE_CSP, **frames}


def allow_frames(request: HttpRequest, response: HttpResponse, *texts: str) -> HttpResponse:
    """The response with their policy; as it is where no text has a frame."""
    if not any(has_frames(text) for text in texts):
        return response
    return csp_override(policy_for(*texts))(lambda _request: response)(request)
