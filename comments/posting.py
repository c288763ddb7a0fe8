"""Writing a comment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from articles.models import Article
from comments import sanctioned
from comments.counting import count
from comments.models import Comment, Discussion, Passage, Status
from comments.moderating import HELD_FIRST, note_rule
from comments.refusals import Closed, NotPublic, QuestionClosed
from comments.repeats import claim, claimed, remember, repeat_key
from comments.sanctioned import HELD_PERSON
from comments.tasks import follower_of, mail_moderators, tell_followers
from comments.wording import clean_name, clean_text, to_html
from operations.composed import prepared_cursor, receive, send
from operations.models import CommentPolicy, SiteSettings
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
) -> Comment:
    """Writes a comment by a member or a guest through a live edition of the story.

    Published at once, or held for a moderator, who gets a mail, as the site's policy says, or a
    sanction against the writer.
    `passage` is a question of the desk, or unsaved words to quote (`passages.passage_of`);
    `site`, and the discussion of what is answered, are what the caller has read already.
    Raises ValidationError for a name or text that cannot be shown, Closed, QuestionClosed, or
    NotPublic where the article is not live, or what is answered or quoted is not public or
    belongs elsewhere; Sanctioned for a writer who is shut out. Takes the writer's turn, locks the
    comment answered (see comments.tree), and at the end the counters.
    At most seven queries, which a reply waits for four times; one more where somebody follows the
    conversation, one where words are quoted.

    With `writer`, which says who sends it, the same text at the same place within ten minutes is
    the same comment: the second call writes nothing and returns what the first one wrote. Two
    queries more, for which a reply waits no longer.
    """
    if not article.is_live(now) or (passage and passage.article_id != article.pk):
        raise NotPublic
    if passage and passage.is_closed:
        raise QuestionClosed
    comment = Comment(
        article=article,
        language=article.language,
        author=author,
        guest_name=clean_name(guest.name) if guest else "",
        guest_email=guest.email if guest else "",
        guest_id=guest.id if guest else None,
        in_reply_to=in_reply_to,
        passage=passage,
        text=clean_text(text),
        created_at=now,
    )
    comment.html = to_html(comment.text)
    policy = (site or SiteSettings.load()).comment_policy
    return _publish(comment, repeat_key(writer, comment) if writer else "", policy)


def _publish(comment: Comment, key: str, policy: str) -> Comment:
    with transaction.atomic(), prepared_cursor() as asked, prepared_cursor() as repeated:
        with pipeline():  # the turn of who writes, and of what is sent, for one way
            sanctioned.send(comment.writer, by=asked)
            if key:
                claim(key, now=comment.created_at, by=repeated)
        if key and (first := claimed(key, by=repeated)):
            return first
        standing = sanctioned.receive(by=asked)
        held_by = HELD_PERSON if standing.is_held else ""
        if policy == CommentPolicy.HELD:
            held_by = held_by or HELD_FIRST
        _insert(comment, key, policy, held_by)
    return comment


def _insert(comment: Comment, key: str, policy: str, held_by: str) -> None:
    story, answered = comment.article.story_id, comment.in_reply_to
    discussion = answered.discussion if answered else Discussion.objects.of_story(story)
    if discussion.story_id != story:
        raise NotPublic
    if discussion.pk is None:
        discussion, _created = Discussion.objects.get_or_create(story_id=story)
    if not discussion.accepts(policy):
        raise Closed
    comment.discussion = discussion
    Comment.objects.insert_node(comment, answered)  # locks the one answered as it is now
    if answered and not answered.is_public:
        raise NotPublic
    if comment.passage and comment.passage.pk is None:
        comment.passage.save()
        comment.passage = comment.passage  # its id, which it has only now
    holds = bool(held_by)
    comment.status = Status.HELD if holds else Status.PUBLIC
    comment.public_at = None if holds else comment.created_at
    with prepared_cursor() as added, prepared_cursor() as followed:
        with pipeline():  # who waits for the counters waits for this one way, and the commit's
            send(comment, by=added)
            if key:
                remember(key, comment, now=comment.created_at)
            if not holds:
                follower_of.send(by=followed, discussion=discussion.pk)
                count(comment, by=1)
        receive(comment, by=added)
        is_followed = not holds and bool(follower_of.receive(by=followed))
    if holds:
        note_rule(comment, rule=held_by)
        mail_moderators.enqueue(comment.pk)  # a row of this transaction: neither lost nor early
        return
    if is_followed:
        tell_followers.enqueue(comment.pk)
    drop_soon(discussion.tag)
