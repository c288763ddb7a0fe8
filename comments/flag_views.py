"""Reporting a comment to the moderators."""

from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments.addressed import addressed_comment
from comments.answering import keep_pace, retry_later, status_of
from comments.flag_forms import FlagForm
from comments.flagging import flag, reported
from comments.guests import guest_id, remember
from comments.models import Comment
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
    known = guest_id(request)
    guest = known or uuid4() if request.method == "POST" else known
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
            site = SiteSettings.of(request)
            _count_in(request, reporter, comment, site, is_new=not (member or known))
            flag(comment, by=reporter, language=article.language, site=site, **form.cleaned_data)
            done = redirect(request.path)
            remember(done, None if member else guest)
            return done
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
    response = render(request, "comments/comment_flag.html", context, status=status)
    return retry_later(response, refusal)


def _count_in(
    request: HttpRequest, reporter: Voter, comment: Comment, site: SiteSettings, *, is_new: bool
) -> None:
    """One network's reports of one comment are too few to hold it, whoever sends them."""
    most = settings.FORMS_PER_PREFIX
    hourly = {f"flags of comment {comment.pk}": max(site.holds_at_flags - 1, 1)}
    if is_new:
        hourly["new voters"] = settings.NEW_VOTERS_PER_PREFIX
    everybodys = {f"flags of {reporter.key}": most}
    keep_pace(request, {"flags": most}, everybodys=everybodys, hourly=hourly)
