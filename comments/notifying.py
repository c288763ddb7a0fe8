"""Telling followers of a comment: once each, and only while readers may see it."""

from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q

from articles.models import Article
from comments.mails import digest_mail, published_mail
from comments.models import (
    Comment,
    DigestEntry,
    Follower,
    Frequency,
    Kind,
    SendLog,
    Subscription,
)
from operations.clock import database_now
from operations.models import SiteSettings

MAIL_FAILED = (SMTPException, OSError)
# What a comment answers, directly and over others, and itself.
ANSWERED = """
WITH RECURSIVE answered AS (
    SELECT id, in_reply_to_id FROM comments_comment WHERE id = %s
    UNION
    SELECT above.id, above.in_reply_to_id FROM comments_comment above
    JOIN answered ON above.id = answered.in_reply_to_id
)
SELECT id FROM answered
"""
LOG = f"""
INSERT INTO {SendLog._meta.db_table} (comment_id, follower_id, kind) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - a name of our own
FREQUENCIES = [Frequency.NOW, Frequency.HOURLY, Frequency.DAILY]
KINDS = list(Kind)


def tell_followers(comment_id: int) -> int:
    """Mails who wants it at once, and keeps the comment for the digests of the others.

    Returns how many mails were sent. Raises an ExceptionGroup if some could not be sent, after
    it has tried all; called again, it sends only those.
    """
    comment = visible_comment(comment_id)
    if comment is None:
        return 0
    sent, failures = 0, []
    for subscription in one_each(subscriptions_to(comment)):
        if subscription.frequency != Frequency.NOW:
            entry = DigestEntry(subscription=subscription, comment=comment)
            DigestEntry.objects.bulk_create([entry], ignore_conflicts=True)
            continue
        try:
            sent += _tell(comment_id, subscription)
        except MAIL_FAILED as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some mails were not sent.", failures)
    return sent


def _tell(comment_id: int, subscription: Subscription) -> bool:
    """Looks again, since there may be thousands of mails to send: is it seen, and still wanted?"""
    if not Subscription.objects.filter(pk=subscription.pk).exists():
        return False
    comment = visible_comment(comment_id)
    article = comment and edition_for(comment, subscription.language, database_now())
    if comment is None or article is None:
        return False
    mail = published_mail(comment, article, subscription)
    return send_once(mail, comment_id, subscription)


def send_once(mail: EmailMessage, comment_id: int, subscription: Subscription) -> bool:
    """Notes and sends in one transaction; False where it was sent before.

    What cannot be sent is not noted. Only a worker killed after the mail server took the mail
    and before the commit sends it again, with the same Message-ID.
    """
    with transaction.atomic():
        if not _note(comment_id, subscription):
            return False
        mail.send()
    return True


def _note(comment_id: int, subscription: Subscription) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(LOG, [comment_id, subscription.follower_id, subscription.kind])
        return cursor.rowcount == 1


def visible_comment(comment_id: int) -> Comment | None:
    comments = Comment.objects.public().select_related("author", "discussion")
    return comments.filter(pk=comment_id).first()


def edition_for(comment: Comment, language: str, now: datetime) -> Article | None:
    """The live article to lead a reader of that language to, else the comment's own edition."""
    return edition_of_story(comment.discussion.story_id, language, now, comment.language)


def edition_of_story(
    story_id: int, language: str, now: datetime, second: str = ""
) -> Article | None:
    """The story's live article in the language, else in the second, else in any. Two queries."""
    live = Article.objects.live(now).filter(
        story=story_id, language__in=SiteSettings.load().editions
    )
    live = live.defer("body").order_by("-id")
    editions = {article.language: article for article in live}
    wanted = [language, second, *editions]
    return next((editions[code] for code in wanted if code in editions), None)


def subscriptions_to(comment: Comment) -> list[Subscription]:
    """The confirmed wishes that the comment fulfils, but for its writer's own. Two queries.

    Only those from before it appeared, so that approving it again tells nobody new. A guest is
    known by the address; that a guest typed a member's proves nothing, and the member is told.
    """
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [comment.pk])
        answered = [row[0] for row in cursor.fetchall() if row[0] != comment.pk]
    wanted = Subscription.objects.confirmed().filter(
        Q(kind=Kind.STORY)
        | Q(kind=Kind.BRANCH, comment__in=answered)
        | Q(kind=Kind.REPLIES, comment=comment.in_reply_to_id),
        discussion=comment.discussion_id,
        confirmed_at__lte=comment.public_at,
    )
    if comment.author_id:
        own = Q(follower__member=comment.author_id)
    else:
        own = Q(follower__member=None, follower__email=comment.guest_email.lower())
    return list(wanted.exclude(own).select_related("follower__member").order_by("id"))


def one_each(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """For each address the wish that is told soonest, and by it the most personal reason."""
    best: dict[str, Subscription] = {}
    ordered = sorted(
        subscriptions,
        key=lambda wish: (
            FREQUENCIES.index(Frequency(wish.frequency)),
            KINDS.index(Kind(wish.kind)),
        ),
    )
    for subscription in ordered:
        if address := subscription.follower.address.lower():
            best.setdefault(address, subscription)
    return list(best.values())


def send_digests(*frequencies: Frequency) -> int:
    """Mails each follower what waits for digests of these frequencies; how many mails.

    As `tell_followers`, it goes on over failures and raises them together at the end.
    """
    waiting = DigestEntry.objects.filter(subscription__frequency__in=frequencies)
    sent, failures = 0, []
    for follower_id in set(waiting.values_list("subscription__follower", flat=True)):
        try:
            sent += _send_digest(follower_id, frequencies)
        except MAIL_FAILED as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some digests were not sent.", failures)
    return sent


@transaction.atomic
def _send_digest(follower_id: int, frequencies: Iterable[Frequency]) -> bool:
    """Locks the follower; another worker that is at it leaves them to us."""
    locked = Follower.objects.select_for_update(skip_locked=True, of=["self"])
    follower = locked.select_related("member").filter(pk=follower_id).first()
    if follower is None:
        return False
    entries = list(
        DigestEntry.objects.filter(
            subscription__follower=follower, subscription__frequency__in=frequencies
        )
        .select_related("subscription", "comment__author", "comment__discussion")
        .order_by("comment__discussion", "comment__public_at", "comment")
    )
    DigestEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    now, told = database_now(), []
    for entry in entries:
        article = edition_for(entry.comment, entry.subscription.language, now)
        is_seen = article and entry.comment.is_public and follower.address
        if article and is_seen and _note(entry.comment_id, entry.subscription):
            told.append((entry.comment, article))
    if not told:
        return False
    language = entries[0].subscription.language
    number = max(entry.pk for entry in entries)
    digest_mail(follower, told, language=language, number=number).send()
    return True
