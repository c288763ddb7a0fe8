"""Readers' reports: one for each person and comment, and what becomes of them."""

from django.db import transaction
from django.db.models import Count, F

from comments import sanctioned
from comments.models import Comment, Flag, Status
from comments.moderating import Decision, decide_by_rule
from comments.refusals import NotPublic, OwnReport
from comments.tasks import mail_moderators
from comments.voting import Voter
from operations.models import SiteSettings

RULE = "flags"


@transaction.atomic
def flag(
    comment: Comment,
    *,
    by: Voter,
    reason: str,
    text: str = "",
    language: str = "",
    wants_mail: bool = False,
    site: SiteSettings | None = None,
) -> Flag:
    """Reports a public comment to the moderators; a second report of one's own changes nothing.

    With as many open reports as the site sets, the comment is held, unless a moderator has looked
    at it as it stands now; the moderators get a mail then. Raises NotPublic, OwnReport, or
    Sanctioned for who is shut out. Takes the reporter's turn, locks the comment, then as
    `decide_by_rule`. At most seven queries, and those of holding.
    """
    sanctioned.ask(by.key)
    locked = Comment.objects.select_for_update(no_key=True).order_by()
    comment.refresh_from_db(from_queryset=locked)
    if by.wrote(comment):
        raise OwnReport
    if first := reported(comment, by):
        return first
    if not comment.is_public:
        raise NotPublic
    given = Flag.objects.create(
        comment=comment,
        reporter=by.key,
        reason=reason,
        text=text,
        language=language or comment.language,
        wants_mail=wants_mail and by.user is not None,
    )
    Comment.objects.filter(pk=comment.pk).update(open_flags=F("open_flags") + 1)
    limit = (site or SiteSettings.load()).holds_at_flags
    if limit and comment.open_flags + 1 >= limit:
        _hold(comment)
    return given


def reported(comment: Comment, by: Voter) -> Flag | None:
    """Their report of the comment, also by what they were before they signed in. One query."""
    return Flag.objects.filter(comment=comment, reporter__in=by.keys).first()


def _hold(comment: Comment) -> None:
    """For the reason that most of the open reports give."""
    reasons = Flag.objects.still_open().filter(comment=comment).values_list("reason")
    reason, _number = reasons.annotate(number=Count("pk")).order_by("-number", "reason")[0]
    if decide_by_rule(comment, Decision(Status.HELD, reason), rule=RULE):
        mail_moderators.enqueue(comment.pk)


def flags_of(by: Voter) -> list[Flag]:
    """What they reported last, with the comments and their articles. One query."""
    flags = Flag.objects.filter(reporter__in=by.keys).order_by("-id")
    return list(flags.select_related("comment__article").defer("comment__article__body")[:50])
