"""Changing what one wrote, and taking it back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from comments.appealing import withdraw
from comments.counting import count
from comments.models import Comment, CommentVersion, Erasure, RecentPost, Status, Trace
from comments.models.flags import Outcome
from comments.models.moderation import REJECTED
from comments.moderating import note_rule
from comments.outcomes import close_flags
from comments.refusals import NotPublic, NotYours, TooLate
from comments.screening import external, look_over, screen
from comments.screening.learning import learn
from comments.screening.submission import Submission, Verdict
from comments.tasks import mail_moderators
from comments.tracing import note_text
from comments.trust import allowance_of
from comments.voting import Voter
from comments.wording import tidy_text
from operations.models import SiteSettings
from pagecache.drops import drop, drop_soon

EDITABLE = (Status.PUBLIC, Status.HELD)


def may_edit(comment: Comment, now: datetime) -> bool:
    """Whether its writer may still change it at `now`. Whether the talk is open is not asked."""
    minutes = settings.COMMENT_EDIT_MINUTES * allowance_of(comment.trust).edit_times
    window = timedelta(minutes=minutes)
    return comment.status in EDITABLE and now < comment.created_at + window


def edit(comment: Comment, *, text: str, by: Voter, now: datetime, network: str = "") -> None:
    """Replaces the text and keeps the old one as a version; the same text changes nothing.

    The new text is screened as a new comment is; a public one may be held by it. Raises
    ValidationError, NotYours, NotPublic, TooLate or what the rules refuse. Takes the writer's turn
    and locks the comment, as a reply to it does: whether the old text was answered is exact. At
    most eleven queries.
    """
    text = tidy_text(text)
    sent = Submission(comment, text, by, SiteSettings.load(), now, network, is_edit=True)
    look_over(sent)
    if not by.wrote(comment):  # what the check outside is asked costs somebody
        raise NotYours
    if text != comment.text and may_edit(comment, now):
        sent.outside = external.ask(sent)
    _edit(sent, by=by)


@transaction.atomic
def _edit(sent: Submission, *, by: Voter) -> None:
    comment, now = sent.comment, sent.now
    learn(sent)
    _lock(comment, by=by)
    if comment.status not in EDITABLE:
        raise NotPublic
    if not may_edit(comment, now):
        raise TooLate
    if sent.text == comment.text:
        return
    verdict = screen(sent)
    if comment.edited_at:  # by a change that was sent later and waited less, perhaps
        now = max(now, comment.edited_at + timedelta.resolution)
    _keep_version(comment, now)
    comment.text, comment.html, comment.edited_at = sent.text, sent.html, now
    comment.reviewed_at = None  # what a moderator looked at is not what stands there now
    comment.save(update_fields=["text", "html", "edited_at", "has_history", "reviewed_at"])
    note_text(comment)
    drop_soon(comment.discussion.tag)
    if verdict.holds and comment.is_public:
        _hold_again(comment, verdict)


def _keep_version(comment: Comment, now: datetime) -> None:
    """Readers see it where they saw it answered, or will once a held answer is approved."""
    answers = Comment.objects.filter(in_reply_to=comment, status__in=EDITABLE)
    was_answered = comment.is_public and answers.exists()
    CommentVersion.objects.create(
        comment=comment,
        text=comment.text,
        html=comment.html,
        written_at=comment.edited_at or comment.created_at,
        replaced_at=now,
        was_answered=was_answered,
    )
    comment.has_history = comment.has_history or was_answered


def _hold_again(comment: Comment, verdict: Verdict) -> None:
    comment.status = verdict.status
    comment.save(update_fields=["status"])
    note_rule(
        comment,
        rule=verdict.rule,
        reason=verdict.reason,
        before=Status.PUBLIC,
        findings=verdict.kept,
    )
    mail_moderators.enqueue(comment.pk)
    count(comment, by=-1)
    drop(comment.discussion.tag)


@transaction.atomic
def erase(comment: Comment, *, by: Voter) -> None:
    """Takes one's comment back for good: text, earlier texts, name, e-mail and id are emptied, and
    what was said in an appeal.

    Readers see a tombstone where something answers it, else nothing. Possible at any time, also
    for held and removed ones and after the conversation was closed. That it had been taken away
    stays in its writer's record. Raises NotYours. Locks the comment, at the end the counters. At
    most twelve queries.
    """
    _lock(comment, by=by)
    writer, was_public = comment.writer, comment.is_public
    if comment.status in REJECTED and writer:
        Erasure.objects.create(person=writer, status=comment.status, written_at=comment.created_at)
    comment.status, comment.reason = Status.ERASED, ""
    comment.author = comment.guest_id = None
    comment.guest_name = comment.guest_email = comment.text = comment.html = ""
    comment.pick_note = comment.pinned_at = None
    comment.save(
        update_fields=[
            "status", "reason", "author", "guest_id", "guest_name", "guest_email", "text", "html",
            "pick_note", "pinned_at",
        ]
    )  # fmt: skip
    CommentVersion.objects.filter(comment=comment).update(text="", html="")
    RecentPost.objects.filter(comment=comment).delete()
    Trace.objects.filter(comment=comment).delete()
    withdraw(comment)
    if comment.open_flags:
        close_flags(comment, Outcome.ERASED)
    if was_public:
        count(comment, by=-1, writer=writer)
    drop(comment.discussion.tag)  # also of a hidden one: its earlier texts may stand in a history


def _lock(comment: Comment, *, by: Voter) -> None:
    """Refreshes the comment and holds it until the transaction ends. Raises NotYours."""
    comment.lock()
    if not by.wrote(comment):
        raise NotYours
