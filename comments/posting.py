"""Writing a comment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import User
from articles.models import Article
from comments.counting import count
from comments.models import Comment, Discussion, Passage
from comments.moderating import note_rule
from comments.pausing import note_comment
from comments.refusals import BranchClosed, NotPublic, QuestionClosed
from comments.repeats import (
    forget_now_and_then,
    receive_claim,
    remembered,
    repeat_key,
    send_claim,
)
from comments.screening import external, look_over, screen
from comments.screening.learning import receive_facts, send_facts, send_turn
from comments.screening.submission import Submission
from comments.signs import Signs
from comments.tasks import follower_of, mail_moderators, tell_followers
from comments.tracing import traced
from comments.voting import Voter
from comments.wording import clean_name, tidy_text
from operations.composed import prepared_cursor, receive, send
from operations.models import SiteSettings
from operations.pipelines import pipeline
from pagecache.drops import drop_soon


@dataclass(frozen=True)
class Guest:
    """Somebody who writes without an account. `id` is what their cookie says."""

    name: str
    email: str
    id: UUID


def post(
    article: Article,
    *,
    text: str,
    now: datetime,
    author: User | None = None,
    guest: Guest | None = None,
    in_reply_to: Comment | None = None,
    passage: Passage | None = None,
    writer: str = "",
    site: SiteSettings | None = None,
    network: str = "",
    signs: Signs | None = None,
    written_at: datetime | None = None,
    carried: UUID | None = None,
) -> Comment:
    """Writes a comment by a member or a guest through a live edition of the story.

    Published at once, or held for a moderator, who gets a mail, as the rules of
    `comments.screening` say. `passage` is a question of the desk, or unsaved words to quote
    (`passages.passage_of`); `site`, and the discussion of what is answered, are what the caller
    has read already; `network` is the prefix that it comes from, `signs` what its form tells, and
    `carried` the guest's id that a member's browser still has: its sanctions are theirs. What has
    `written_at` is imported: nobody gets mail, and the conversation may be closed meanwhile.

    Raises ValidationError for a name or text that cannot be shown, what the rules refuse,
    BranchClosed, QuestionClosed, or NotPublic where the article is not live, or what is answered
    or quoted is not public or belongs elsewhere. Takes the writer's turn, locks the comment
    answered (see comments.tree), and at the end the counters. At most eight queries, which a reply
    waits for three times; one more where somebody follows the conversation, one where words are
    quoted, one where a reply was checked elsewhere.

    With `writer`, which says who sends it, the same text at the same place within ten minutes is
    the same comment: the second call writes nothing and returns what the first one wrote. One
    query more, on a way that is gone anyway.
    """
    _check_place(article, passage, now)
    comment = _signed(article, author, guest)
    comment.in_reply_to, comment.passage = in_reply_to, passage
    comment.text, comment.created_at = tidy_text(text), written_at or now
    site = site or SiteSettings.load()
    sender = Voter(author, guest.id if guest else carried)
    sent = Submission(comment, comment.text, sender, site, now, network, signs=signs)
    sent.is_import = written_at is not None
    look_over(sent)
    comment.html = sent.html
    sent.outside = external.ask(sent)
    if settings.COMMENT_CHECK and in_reply_to:  # that took a while
        in_reply_to.discussion.refresh_from_db()
    return _publish(sent, repeat_key(writer, comment) if writer else "")


def _check_place(article: Article, passage: Passage | None, now: datetime) -> None:
    if not article.is_live(now) or (passage and passage.article_id != article.pk):
        raise NotPublic
    if passage and passage.is_closed:
        raise QuestionClosed


def _signed(article: Article, author: User | None, guest: Guest | None) -> Comment:
    return Comment(
        article=article,
        language=article.language,
        author=author,
        guest_name=clean_name(guest.name) if guest else "",
        guest_email=guest.email if guest else "",
        guest_id=guest.id if guest else None,
    )


def _publish(sent: Submission, key: str) -> Comment:
    with transaction.atomic():
        if first := _begin(sent, key):
            return first
        _insert(sent, key)
    return sent.comment


def _begin(sent: Submission, key: str) -> Comment | None:
    """What this text is a repeat of; else None, and the facts are known. One way."""
    with prepared_cursor() as turn, prepared_cursor() as claimed, prepared_cursor() as known:
        with pipeline():
            send_turn(sent.comment.writer, by=turn)
            if key:
                send_claim(key, now=sent.now, by=claimed)
            send_facts(sent, by=known)
        receive_facts(sent, by=known)
        return receive_claim(key, by=claimed) if key else None


def _check_answered(locked: Comment) -> None:
    if not locked.is_public:
        raise NotPublic
    if locked.closed_at:  # as is all that answers it: comments.marking
        raise BranchClosed


def _insert(sent: Submission, key: str) -> None:
    comment, answered = sent.comment, sent.comment.in_reply_to
    comment.discussion = _discussion_of(comment)
    verdict = screen(sent)
    Comment.objects.insert_node(comment, answered)  # locks the one answered as it is now
    if answered:
        _check_answered(answered)
    if comment.passage and comment.passage.pk is None:
        comment.passage.save()
        comment.passage = comment.passage  # its id, which it has only now
    comment.status = verdict.status
    comment.public_at = None if verdict.holds else comment.created_at
    comment.trust = sent.trust
    is_followed = _add(sent, key)
    if verdict.holds:
        note_rule(comment, rule=verdict.rule, reason=verdict.reason, findings=verdict.kept)
        if not sent.is_import:
            mail_moderators.enqueue(comment.pk)  # a row of this transaction: neither lost nor early
        return
    if is_followed and not sent.is_import:
        tell_followers.enqueue(comment.pk)
    drop_soon(comment.discussion.tag)


def _discussion_of(comment: Comment) -> Discussion:
    story, answered = comment.article.story_id, comment.in_reply_to
    discussion = answered.discussion if answered else Discussion.objects.of_story(story)
    if discussion.story_id != story:
        raise NotPublic
    if discussion.pk is None:
        discussion, _created = Discussion.objects.get_or_create(story_id=story)
    return discussion


def _add(sent: Submission, key: str) -> bool:
    """Writes the row with all that goes with it on one way, the counters last: who waits for them
    waits for this way, and the commit's. Whether anybody follows the conversation."""
    comment, is_followed, along = sent.comment, False, []
    if key:
        along.append(remembered(key))
    if sent.network:
        along.append(traced(sent.mark, sent.fingerprint, at=comment.created_at))
    with prepared_cursor() as added, prepared_cursor() as followed:
        with pipeline():
            send(comment, *along, by=added)
            if key:
                forget_now_and_then(sent.now)
            if comment.is_public:
                follower_of.send(by=followed, discussion=comment.discussion_id)
                count(comment, by=1)
            if comment.discussion.slow_seconds:
                note_comment(comment, at=sent.now)
        receive(comment, by=added)
        if comment.is_public:
            is_followed = bool(follower_of.receive(by=followed))
    return is_followed
