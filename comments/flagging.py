"""Readers' reports: one for each person and comment, and what becomes of them."""

from django.db import transaction
from django.db.models import Count, F, Sum

from comments import sanctioned
from comments.models import Comment, Flag, Status
from comments.moderating import Decision, decide_by_rule
from comments.refusals import NotPublic, OwnReport
from comments.screening.learning import trust_of_person
from comments.tasks import mail_moderators
from comments.trust import allowance_of
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

    Once the open reports weigh as much as the site sets, it is held, unless a moderator has looked
    at it as it stands now; the moderators get a mail then. Raises NotPublic, OwnReport, or
    Sanctioned for who is shut out. Takes the reporter's turn, locks the comment, then as
    `decide_by_rule`. At most nine queries, and those of holding.
    """
    sanctioned.ask(by.keys)
    comment.lock()
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
        weight=allowance_of(trust_of_person(by)).flag_weight,
        language=language or comment.language,
        wants_mail=wants_mail and by.user is not None,
    )
    Comment.objects.filter(pk=comment.pk).update(open_flags=F("open_flags") + 1)
    limit = (site or SiteSettings.load()).holds_at_flags
    waiting = Flag.objects.still_open().filter(comment=comment)
    if limit and waiting.aggregate(weight=Sum("weight"))["weight"] >= limit:
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
