"""Reporting a comment to the moderators."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments.addressed import addressed_comment
from comments.answering import retry_later, status_of, take_turn
from comments.flag_forms import FlagForm
from comments.flagging import flag, reported
from comments.guests import guest_id, guest_id_or_new, remember
from comments.refusals import OwnReport, Refused
from comments.voting import Voter
from operations.models import SiteSettings
from richtext.comments import stored_comment_html


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_flag(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, or what became of one's report. A refusal keeps what was typed."""
    comment, article = addressed_comment(request, pk)
    member = request.user if request.user.is_authenticated else None
    guest = guest_id_or_new(request) if request.method == "POST" else guest_id(request)
    reporter = Voter(member, guest)
    given = reported(comment, reporter)
    if not (given or comment.is_public):
        raise Http404
    is_post = request.method == "POST" and not given
    form = FlagForm(request.POST if is_post else None, is_mailed=bool(member and member.email))
    refusal: Refused | None = None
    status = 422 if form.is_bound else 200
    try:
        if reporter.wrote(comment):
            raise OwnReport
        if form.is_valid():
            most = settings.COMMENTS_PER_PREFIX
            take_turn(request, {"flags": most}, everybodys={f"flags of {reporter.key}": most})
            flag(
                comment,
                by=reporter,
                language=article.language,
                site=SiteSettings.of(request),
                **form.cleaned_data,
            )
            response = redirect(request.path)
            remember(response, None if member else guest)
            return response
    except Refused as error:
        refusal, status = error, status_of(error)
    context = {
        "article": article,
        "comment": comment,
        "html": stored_comment_html(comment.html) if comment.is_public else "",
        "flag": given,
        "is_own": isinstance(refusal, OwnReport),
        "form": form,
        "refusal": refusal,
    }
    return retry_later(render(request, "comments/comment_flag.html", context, status=status))
