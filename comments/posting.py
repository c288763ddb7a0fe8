"""Writing a comment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from articles.models import Article
from comments.counting import count
from comments.models import Comment, Discussion, Status
from comments.refusals import Closed, NotPublic
from comments.repeats import claim, remember, repeat_key
from comments.tasks import announce, mail_moderators
from comments.wording import clean_name, clean_text, to_html
from operations.models import CommentPolicy, SiteSettings


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
    writer: str = "",
) -> Comment:
    """Writes a comment by a member or a guest through a live edition of the story.

    Published at once, or held for a moderator, who gets a mail, as the site's policy says.
    Raises ValidationError for a name or text that cannot be shown, Closed, or NotPublic where
    the article is not live or the comment answered is not public or of another story. Locks
    the comment answered (see comments.tree), and at the end the counters. Eight queries,
    and one more where somebody follows the conversation.

    With `writer`, which says who sends it, the same text at the same place within ten minutes is
    the same comment: the second call writes nothing and returns what the first one wrote. Two
    queries more.
    """
    if not article.is_live(now):
        raise NotPublic
    text = clean_text(text)
    comment = Comment(
        article=article,
        language=article.language,
        author=author,
        guest_name=clean_name(guest.name) if guest else "",
        guest_email=guest.email if guest else "",
        guest_id=guest.id if guest else None,
        in_reply_to=in_reply_to,
        text=text,
        html=to_html(text),
        created_at=now,
    )
    policy = SiteSettings.load().comment_policy
    key = repeat_key(writer, article, in_reply_to, text) if writer else ""
    with transaction.atomic():
        if key and (first := claim(key, now=now)):
            return first
        _insert(comment, policy)
        if key:
            remember(key, comment, now=now)
    return comment


def _insert(comment: Comment, policy: str) -> None:
    discussion, _created = Discussion.objects.get_or_create(story_id=comment.article.story_id)
    if not discussion.accepts(policy):
        raise Closed
    comment.discussion = discussion
    answered = comment.in_reply_to
    Comment.objects.insert_node(comment, answered)  # locks the one answered as it is now
    if answered and not (answered.is_public and answered.discussion_id == discussion.pk):
        raise NotPublic
    holds = policy == CommentPolicy.HELD
    comment.status = Status.HELD if holds else Status.PUBLIC
    comment.public_at = None if holds else comment.created_at
    comment.save()
    if holds:
        mail_moderators.enqueue(comment.pk)  # a row of this transaction: neither lost nor early
    else:
        announce(comment)
        count(comment, by=1)
