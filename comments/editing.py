"""Changing what one wrote, and taking it back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from comments import sanctioned
from comments.counting import count
from comments.models import Comment, CommentVersion, RecentPost, Status
from comments.models.flags import Outcome
from comments.moderating import HELD_FIRST, note_rule
from comments.outcomes import close_flags
from comments.refusals import Closed, NotPublic, NotYours, TooLate
from comments.sanctioned import HELD_PERSON
from comments.tasks import mail_moderators
from comments.voting import Voter
from comments.wording import clean_text, to_html
from operations.models import CommentPolicy, SiteSettings
from pagecache.drops import drop, drop_soon

EDITABLE = (Status.PUBLIC, Status.HELD)


def may_edit(comment: Comment, now: datetime) -> bool:
    """Whether its writer may still change it at `now`. Whether the talk is open is not asked."""
    window = timedelta(minutes=settings.COMMENT_EDIT_MINUTES)
    return comment.status in EDITABLE and now < comment.created_at + window


@transaction.atomic
def edit(comment: Comment, *, text: str, by: Voter, now: datetime) -> None:
    """Replaces the text and keeps the old one as a version; the same text changes nothing.

    Where the site holds comments first, or a sanction the writer's, a public one is held again.
    Raises ValidationError, Sanctioned, NotYours, NotPublic, TooLate or Closed. Takes the writer's
    turn, then locks the comment, as a reply to it does: whether the old text was answered is exact.
    At most nine queries.
    """
    text = clean_text(text)
    standing = sanctioned.ask(comment.writer)
    _lock(comment, by=by)
    policy = SiteSettings.load().comment_policy
    if comment.status not in EDITABLE:
        raise NotPublic
    if not may_edit(comment, now):
        raise TooLate
    if not comment.discussion.accepts(policy):
        raise Closed
    if text == comment.text:
        return
    was_answered = Comment.objects.filter(in_reply_to=comment).exists()
    CommentVersion.objects.create(
        comment=comment,
        text=comment.text,
        html=comment.html,
        written_at=comment.edited_at or comment.created_at,
        replaced_at=now,
        was_answered=was_answered,
    )
    comment.text, comment.html, comment.edited_at = text, to_html(text), now
    comment.reviewed_at = None  # what a moderator looked at is not what stands there now
    comment.has_history = comment.has_history or was_answered
    comment.save(update_fields=["text", "html", "edited_at", "has_history", "reviewed_at"])
    drop_soon(comment.discussion.tag)
    if comment.is_public and standing.is_held:
        _hold_again(comment, rule=HELD_PERSON)
    elif comment.is_public and policy == CommentPolicy.HELD:
        _hold_again(comment, rule=HELD_FIRST)


def _hold_again(comment: Comment, *, rule: str) -> None:
    comment.status = Status.HELD
    comment.save(update_fields=["status"])
    note_rule(comment, rule=rule, before=Status.PUBLIC)
    mail_moderators.enqueue(comment.pk)
    count(comment, by=-1)
    drop(comment.discussion.tag)


@transaction.atomic
def erase(comment: Comment, *, by: Voter) -> None:
    """Takes one's comment back for good: text, earlier texts, name, e-mail and id are emptied.

    Readers see a tombstone where something answers it, else nothing. Possible at any time, also
    for held and removed ones and after the conversation was closed. Raises NotYours. Locks the
    comment, at the end the counters. At most eight queries.
    """
    _lock(comment, by=by)
    writer, was_public = comment.writer, comment.is_public
    comment.status, comment.reason = Status.ERASED, ""
    comment.author = comment.guest_id = None
    comment.guest_name = comment.guest_email = comment.text = comment.html = ""
    comment.save(
        update_fields=[
            "status", "reason", "author", "guest_id", "guest_name", "guest_email", "text", "html"
        ]
    )  # fmt: skip
    CommentVersion.objects.filter(comment=comment).update(text="", html="")
    RecentPost.objects.filter(comment=comment).delete()
    if comment.open_flags:
        close_flags(comment, Outcome.ERASED)
    if was_public:
        count(comment, by=-1, writer=writer)
    drop(comment.discussion.tag)  # also of a hidden one: its earlier texts may stand in a history


def _lock(comment: Comment, *, by: Voter) -> None:
    """Refreshes the comment and holds it until the transaction ends. Raises NotYours."""
    locked = Comment.objects.select_for_update(no_key=True).order_by()
    comment.refresh_from_db(from_queryset=locked)
    if not by.wrote(comment):
        raise NotYours
