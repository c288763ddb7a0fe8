"""Asking for mail about a conversation, confirming it, changing it and ending it."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from articles.models import Article
from comments.models import Comment, Discussion, Follower, Frequency, Kind, Subscription
from comments.tasks import mail_confirmation, mail_manage_link
from comments.unasked import may_mail


def follow(
    article: Article,
    *,
    kind: Kind,
    member: User | None = None,
    email: str = "",
    comment: Comment | None = None,
    frequency: str = Frequency.NOW,
) -> Subscription:
    """Subscribes a member at once, a guest's address once its owner confirms by mail.

    Safe to repeat: a member's takes the new frequency; a guest's that is confirmed stays as it
    is, since anybody can type an address. Call it outside of a transaction (it counts mails).
    """
    with transaction.atomic():
        discussion, _created = Discussion.objects.get_or_create(story_id=article.story_id)
        wish = {"language": article.language, "frequency": frequency}
        subscription, is_new = Subscription.objects.get_or_create(
            follower=_follower(member, email),
            discussion=discussion,
            kind=kind,
            comment=comment,
            defaults=wish | {"confirmed_at": Now() if member else None},
        )
        if not is_new and (member or subscription.confirmed_at is None):
            Subscription.objects.filter(pk=subscription.pk).update(**wish)
    if not member and (is_new or subscription.confirmed_at is None) and may_mail(email):
        mail_confirmation.enqueue(subscription.pk)
    return subscription


def follow_as_asked(comment: Comment, article: Article, notify: str) -> None:
    """What the writer of a comment chose in its form: a Kind, or '' for nothing."""
    if notify:
        follow(
            article,
            kind=Kind(notify),
            member=comment.author,
            email=comment.guest_email,
            comment=comment if notify == Kind.REPLIES else None,
        )


def _follower(member: User | None, email: str) -> Follower:
    if member:
        return Follower.objects.get_or_create(member=member)[0]
    return Follower.objects.get_or_create(email=email.lower())[0]


def confirm(subscription: Subscription) -> None:
    """The address's owner agrees. Safe to repeat."""
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    waiting.update(confirmed_at=Now())


def change(subscription: Subscription, *, frequency: Frequency) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(frequency=frequency)


def stop(subscription_id: int) -> None:
    """Ends one subscription; of a guest who has no other the address goes too."""
    with transaction.atomic():
        Subscription.objects.filter(pk=subscription_id).delete()
        Follower.objects.forget_idle_guests()


def stop_all(follower_id: int) -> None:
    """Ends all that somebody follows."""
    with transaction.atomic():
        Subscription.objects.filter(follower=follower_id).delete()
        Follower.objects.forget_idle_guests()


def ask_for_manage_link(email: str) -> None:
    """Mails the owner of the address the way to what they follow, if they follow anything."""
    followed = Subscription.objects.confirmed().filter(follower__email=email.lower())
    if (one := followed.first()) and may_mail(email):
        mail_manage_link.enqueue(one.follower_id, one.language)
