"""What the worker does for the conversation. All of it may run twice."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from articles.models import Article, Contribution, Role
from comments import notifying, tracing
from comments.mails import confirmation_mail, manage_link_mail
from comments.models import (
    Comment,
    ErrorReport,
    Follower,
    Frequency,
    Participant,
    Status,
    Subscription,
)
from comments.people import GUEST
from comments.unasked import DAY
from operations.clock import database_now
from operations.composed import Composed
from throttling.limits import hit

WEEK = timedelta(days=7)
IDLE = timedelta(days=90)
MAILED_REPORTS = 20


def announce(comment: Comment) -> None:
    """Has followers told of a comment that has just become public, once that is committed.

    One query, or two where anybody follows the conversation.
    """
    if follower_of(discussion=comment.discussion_id):
        tell_followers.enqueue(comment.pk)  # a row of this transaction: neither lost nor early


follower_of: Composed[tuple[int]] = Composed(
    lambda discussion: (
        Subscription.objects.confirmed()
        .filter(discussion=discussion)
        .order_by()
        .values_list("pk")[:1]
    ),
    discussion=int,
)


@task()
def tell_followers(comment_id: int) -> int:
    """Mails those who want to hear of it at once; how many."""
    return notifying.tell_followers(comment_id)


@task()
def send_hourly_digests() -> int:
    """Also what waits from before somebody chose to be told at once."""
    return notifying.send_digests(Frequency.NOW, Frequency.HOURLY)


@task()
def send_daily_digests() -> int:
    return notifying.send_digests(Frequency.DAILY)


@task()
def mail_confirmation(subscription_id: int) -> bool:
    """Asks a guest to confirm; False where that is not needed any more."""
    unconfirmed = Subscription.objects.filter(pk=subscription_id, confirmed_at=None)
    subscription = unconfirmed.select_related("follower__member", "discussion").first()
    article = subscription and notifying.edition_of_story(
        subscription.discussion.story_id, subscription.language, database_now()
    )
    if not subscription or not article:
        return False
    confirmation_mail(subscription, article.headline).send()
    return True


@task()
def mail_manage_link(follower_id: int, language: str) -> None:
    if follower := Follower.objects.select_related("member").filter(pk=follower_id).first():
        manage_link_mail(follower, language).send()


@task()
def forget_unconfirmed() -> int:
    """Deletes what nobody confirmed for a week, with the addresses; how many wishes."""
    old = Subscription.objects.filter(confirmed_at=None, created_at__lt=Now() - WEEK)
    deleted = old.delete()[0]
    Follower.objects.forget_idle_guests()
    return deleted


@task()
def forget_visits() -> int:
    """Deletes when guests came and wrote who have nothing public and were away for long; how many.

    Slow mode reads when they wrote, and needs it for a day at most.
    """
    idle = Participant.objects.filter(writer__startswith=GUEST, comment_count=0)
    lately = Q(visited_at__gte=Now() - IDLE) | Q(wrote_at__gte=Now() - IDLE)
    return idle.exclude(lately).delete()[0]


@task()
def forget_traces() -> int:
    """Deletes from which networks comments came, after a month; how many."""
    return tracing.forget_traces()


@task()
def mail_moderators(comment_id: int) -> int:
    """Has each moderator told that a comment waits; how many.

    Each by a task of its own: when one mail is tried again, nobody else gets theirs twice.
    """
    moderators = _moderators()
    with transaction.atomic():
        for moderator in moderators:
            mail_moderator.enqueue(comment_id, moderator.pk)
    return len(moderators)


@task()
def mail_moderator(comment_id: int, moderator_id: int) -> bool:
    """Tells one of them, in the language of their desk.

    False where it is decided already, or where they are no moderator any more.
    """
    comments = Comment.objects.select_related("author", "article", "passage")
    comment = comments.get(pk=comment_id)
    moderator = _moderators().filter(pk=moderator_id).first()
    if comment.status != Status.HELD or moderator is None:
        return False
    with override(moderator.language or settings.LANGUAGE_CODE):
        _mail_desk(
            moderator,
            _("A comment waits for you"),
            _("%(name)s wrote below “%(headline)s”:\n\n%(text)s\n\nDecide: %(address)s\n")
            % {
                "name": comment.name,
                "headline": comment.article.headline,
                "text": _with_passage(comment),
                "address": _desk_address("comment", comment_id),
            },
        )
    return True


def _with_passage(comment: Comment) -> str:
    """The text below what it speaks of."""
    if comment.passage is None:
        return comment.text
    spoken_of = [comment.passage.question, comment.passage.exact]
    return "\n".join(f"> {part}" for part in spoken_of if part) + f"\n\n{comment.text}"


@task()
def mail_error_report(report_id: int) -> int:
    """Has those told of a reported error who can correct it; how many, by a task each.

    In a translation the translators, else who is in the byline; where none of them signs in, the
    editors. Of what is reported of an article on one day the first MAILED_REPORTS are mailed: the
    others wait at the desk, so that nobody can fill a mailbox.
    """
    report = ErrorReport.objects.select_related("passage__article").get(pk=report_id)
    if not hit({f"reports:{report.passage.article_id}": MAILED_REPORTS}, seconds=DAY):
        return 0
    people = _makers(report.passage.article) or _with_mail(
        User.objects.filter(groups__name="editor")
    )
    with transaction.atomic():
        for person in people:
            mail_maker.enqueue(report_id, person.pk)
    return len(people)


def _makers(article: Article) -> QuerySet[User]:
    byline = Contribution.objects.filter(article=article)
    translators = byline.filter(role=Role.TRANSLATOR)
    makers = translators if translators.exists() else byline
    return _with_mail(User.objects.filter(pk__in=makers.values("contributor__user")))


@task()
def mail_maker(report_id: int, person_id: int) -> bool:
    """Tells one of them, in the language of their desk; False where it is decided already."""
    report = ErrorReport.objects.select_related("passage__article").get(pk=report_id)
    if report.status != ErrorReport.Status.OPEN:
        return False
    person = User.objects.get(pk=person_id)
    with override(person.language or settings.LANGUAGE_CODE):
        _mail_desk(
            person,
            _("A reader reports an error"),
            _("In “%(headline)s”:\n\n> %(passage)s\n\n%(text)s\n\nDecide: %(address)s\n")
            % {
                "headline": report.passage.article.headline,
                "passage": report.passage.exact,
                "text": report.text,
                "address": _desk_address("errorreport", report_id),
            },
        )
    return True


def _moderators() -> QuerySet[User]:
    return _with_mail(User.objects.filter(groups__name="moderator"))


def _with_mail(people: QuerySet[User]) -> QuerySet[User]:
    return people.filter(~Q(email=""), is_active=True)


def _desk_address(model: str, pk: int) -> str:
    return settings.SITE_URL + reverse(f"admin:comments_{model}_change", args=[pk])


def _mail_desk(person: User, subject: str, message: str) -> None:
    send_mail(subject=subject, message=message, from_email=None, recipient_list=[person.email])
