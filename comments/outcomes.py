"""What follows a decision about a comment: reports of it end, and those concerned are told.

The tasks may run twice, as all of the worker's: then somebody is mailed twice.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from comments.explaining import noted, told_of
from comments.mails import one_line
from comments.models import Appeal, Comment, Flag, ModerationEntry, Reason, Sanction, Status
from comments.models.appeals import Answer
from comments.models.flags import Outcome
from comments.models.sanctions import Measure
from comments.people import member_id_of
from comments.sanctioned import Standing, told
from comments.unasked import may_mail
from operations.retrying import has_done


def close_flags(
    comment: Comment, outcome: Outcome, *, decision: ModerationEntry | None = None
) -> None:
    """Ends the open reports of a comment whose row the caller has locked. Three queries.

    Whoever asked for it is told by mail: a query for each.
    """
    waiting = Flag.objects.still_open().filter(comment=comment)
    asked = list(waiting.filter(wants_mail=True).values_list("pk", flat=True))
    waiting.update(outcome=outcome, closed_at=Now(), decision=decision)
    _keep_open_flags(comment, 0)
    for flag_id in asked:
        mail_reporter.enqueue(flag_id)  # a row of this transaction: neither lost nor early


def reopen_flags(comment: Comment, *, undone: ModerationEntry) -> None:
    """Lets those that a decision ended wait again. The caller has locked the comment's row.

    Two queries at most.
    """
    ended = Flag.objects.filter(comment=comment, decision=undone)
    if number := ended.update(outcome="", closed_at=None, decision=None):
        _keep_open_flags(comment, comment.open_flags + number)


def end_appeal(*, undone: ModerationEntry) -> None:
    """Ends what still waits about a decision that was undone, where readers see the comment again.

    The caller has locked the comment's row. One query.
    """
    waiting = Appeal.objects.still_open().filter(entry=undone)
    waiting.filter(comment__status=Status.PUBLIC).delete()


def _keep_open_flags(comment: Comment, number: int) -> None:
    comment.open_flags = number
    Comment.objects.filter(pk=comment.pk).update(open_flags=number)


@task()
def mail_reporter(flag_id: int) -> bool:
    """Tells a member what became of their report; False where they know, or have no address.

    A decision that was undone leaves nothing to tell, or takes back what was told before.
    """
    flag = Flag.objects.select_related("comment__article").get(pk=flag_id)
    member = member_of(flag.reporter)
    if not member or flag.outcome in ("", flag.told):
        return False
    with override(flag.language):
        subject = _("What became of your report")
        reported = _("You reported a comment below “%(headline)s”.")
        body = [
            reported % {"headline": one_line(flag.comment.article.headline)},
            str(Outcome(flag.outcome).label),
            _("All that you reported: %(address)s") % {"address": own_address()},
        ]
        if flag.told:
            body.insert(1, _("It was decided anew; this replaces our earlier message."))
        send(member.email, subject, body)
    Flag.objects.filter(pk=flag.pk).update(told=flag.outcome)
    return True


@task()
def mail_person(sanction_id: int) -> bool:
    """Tells somebody what was decided about them; False where no address is known.

    A member also where the comment is gone for which it was.
    """
    given = Sanction.objects.select_related("comment__article").get(pk=sanction_id)
    with override(given.comment.language):
        if given.measure == Measure.LIFT:
            subject, what = _("You may take part again"), noted("", given.note)
        else:
            subject = _("A decision of the moderators")
            what = told(Standing(given.measure, given.reason, given.note, given.ends_at))
        body = [
            what,
            where_written(given.comment),
            where_to_read(given.person),
        ]
        return send_to(given.person, given.comment, subject, body)


def tell_writer(comment: Comment, entry: ModerationEntry) -> None:
    """Has the writer told by mail, where an address is known. One query."""
    if comment.author_id or comment.guest_email:
        mail_writer.enqueue(entry.pk)  # a row of this transaction: neither lost nor early


@task()
def mail_writer(entry_id: int) -> bool:
    """Tells whose comment it is what was decided, and how to ask for another look, if they can.

    False where something else was decided since, or no address is known.
    """
    entry = ModerationEntry.objects.select_related("comment__article").get(pk=entry_id)
    later = ModerationEntry.objects.filter(comment=entry.comment_id, pk__gt=entry_id)
    if later.exists():
        return False
    asked = Appeal.objects.filter(comment=entry.comment_id)
    may_appeal = entry.is_appealable and not asked.exists()
    with override(entry.comment.language):
        subject = _("A decision about your comment")
        body = [
            decision_told(entry),
            where_written(entry.comment),
            where_to_read(entry.comment.writer, may_appeal=may_appeal),
        ]
        return send_to(entry.comment.writer, entry.comment, subject, body)


def tell_undone(undoing: ModerationEntry) -> None:
    """Has whoever was told of a decision told that it was undone."""
    mail_undone.enqueue(undoing.pk)  # a row of this transaction: neither lost nor early


@task()
def mail_undone(entry_id: int) -> bool:
    """Takes back what the writer was told, and says what holds now.

    False where nobody was told, something else was decided since, or no address is known.
    """
    undoing = ModerationEntry.objects.select_related("comment__article").get(pk=entry_id)
    later = ModerationEntry.objects.filter(comment=undoing.comment_id, pk__gt=entry_id)
    if later.exists() or not has_done(mail_writer, undoing.reverses_id):
        return False
    with override(undoing.comment.language):
        body = [
            _("The decision of which we told you was taken back. This replaces that message."),
            decision_told(undoing),
            where_written(undoing.comment),
            where_to_read(undoing.comment.writer),
        ]
        subject = _("A decision about your comment")
        return send_to(undoing.comment.writer, undoing.comment, subject, body)


@task()
def mail_answer(appeal_id: int) -> bool:
    """Tells who asked for another look what became of it; False where no address is known."""
    asked = Appeal.objects.select_related("comment__article").get(pk=appeal_id)
    with override(asked.language):
        subject = _("Another look at your comment")
        body = [
            asked.told,
            where_written(asked.comment),
            where_to_read(asked.comment.writer),
        ]
        if asked.answer == Answer.REFUSED:
            standing = ModerationEntry.objects.standing([asked.comment_id])
            body[1:1] = [decision_told(entry) for entry in standing.order_by("-pk")[:1]]
        return send_to(asked.comment.writer, asked.comment, subject, body)


def decision_told(entry: ModerationEntry) -> str:
    """What was decided, why, and whether by a person or a rule; in the active language."""
    if entry.after == Status.HELD:
        what = _("It waits for a moderator.")
    elif entry.after == Status.PUBLIC:
        what = _("Readers see it.")
    else:
        what = _("It was removed.")
    reason = (
        _("Reason: %(reason)s.") % {"reason": Reason(entry.reason).label} if entry.reason else ""
    )
    if entry.rule:
        by = _("Decided automatically: %(rule)s.") % {"rule": told_of(entry.rule)}
    else:
        by = _("Decided by a moderator.")
    return noted(" ".join(part for part in (what, reason, by) if part), entry.note)


def where_written(comment: Comment) -> str:
    """Says below which story, as its article is loaded."""
    told = _("It is about what you wrote below “%(headline)s”.")
    return told % {"headline": one_line(comment.article.headline)}


def where_to_read(person: str, *, may_appeal: bool = False) -> str:
    """Leads to their page. A guest's is known by a cookie alone, and empty in other browsers."""
    is_member = member_id_of(person) is not None
    if may_appeal and is_member:
        text = _("You can read it there, and ask once for another look: %(address)s")
    elif may_appeal:
        text = _(
            "In the browser in which you wrote it you can read it,"
            " and ask once for another look: %(address)s"
        )
    elif is_member:
        text = _("What was decided, and all that is yours: %(address)s")
    else:
        text = _("What was decided, in the browser in which you wrote it: %(address)s")
    return text % {"address": own_address()}


def send_to(person: str, comment: Comment, subject: str, body: list[str]) -> bool:
    """Mails a member, or a guest at the address below their comment.

    False where they get no mail, or where enough was sent to that address today.
    """
    if member := member_of(person):
        send(member.email, subject, body)
        return True
    return send_unasked(comment.guest_email, subject, body)


@transaction.atomic
def send_unasked(to: str, subject: str, body: list[str]) -> bool:
    """Mails an address that somebody typed, if there is one; False where enough was sent today.

    Nobody's mailbox is filled by what others write. What fails is not counted.
    """
    if not to or not may_mail(to):
        return False
    send(to, subject, body)
    return True


def member_of(person: str) -> User | None:
    """The member behind a person's key who can get mail. One query."""
    if (number := member_id_of(person)) is None:
        return None
    return User.objects.filter(pk=number, is_active=True).exclude(email="").first()


def own_address() -> str:
    return settings.SITE_URL + reverse("personal:own_comments")


def send(to: str, subject: str, body: list[str]) -> None:
    """What people typed stands in the body only, never in a header."""
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, "\n\n".join(body) + "\n", None, [to], headers=headers).send()
