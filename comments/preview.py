"""What a comment would look like, before it is published."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comments.answering import keep_pace, retry_later, status_of
from comments.refusals import Refused
from comments.wording import clean_text, to_html
from richtext.comments import stored_comment_html

MOST = 100  # from one address prefix in ten minutes


@never_cache
@require_POST
def comment_preview(request: HttpRequest) -> HttpResponse:
    """The text as a fragment of HTML, or why it cannot be published. Writes nothing."""
    message, status = "", 200
    refusal: Refused | None = None
    try:
        keep_pace(request, {"previews": MOST})
        html = to_html(clean_text(request.POST.get("text", "")))
    except Refused as error:
        refusal, message, status = error, str(error), status_of(error)
    except ValidationError as error:
        message, status = error.messages[0], 422
    if message:
        fragment = format_html('<p class="comment-refusal">{}</p>', message)
    else:
        fragment = format_html(
            '<div class="comment-text" dir="auto">{}</div>', stored_comment_html(html)
        )
    return retry_later(HttpResponse(fragment, status=status), refusal)
