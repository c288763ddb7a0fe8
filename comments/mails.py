"""The mails that followers get: plain text, in the reader's language.

What people typed stands in the body only, never in a header.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from articles.models import Article
from comments.links import CONFIRM, MANAGE, STOP, STOP_ALL, link
from comments.models import Comment, Follower, Kind, Subscription
from operations.mail import UnsubscribableMessage
from operations.models import SiteSettings

EXCERPT = 300  # characters of each comment in a digest
LISTED = 50  # comments in a digest; of more it tells the number


def published_mail(comment: Comment, article: Article, subscription: Subscription) -> EmailMessage:
    """A comment that has just appeared; `article` is the live edition to lead to."""
    with override(subscription.language):
        if subscription.kind == Kind.REPLIES:
            subject = _("Reply to your comment: %(headline)s")
            opening = _("%(name)s answered your comment below “%(headline)s”:")
        else:
            subject = _("New comment: %(headline)s")
            opening = _("%(name)s wrote below “%(headline)s”:")
        names = {"headline": one_line(article.headline), "name": comment.name}
        body = [
            opening % names,
            comment.text,
            _("Read and answer: %(address)s") % {"address": permalink(comment, article)},
            _footer(subscription.follower, subscription.language)
            + "\n"
            + _("Stop these mails: %(address)s")
            % {"address": link(STOP, subscription.pk, language=subscription.language)},
        ]
        return _message(
            subject % names,
            body,
            subscription.follower,
            stop=link(STOP, subscription.pk, language=subscription.language),
            name=f"comment-{comment.pk}-{subscription.follower_id}",
        )


def digest_mail(
    follower: Follower, comments: list[tuple[Comment, Article]], *, language: str, number: int
) -> EmailMessage:
    """Comments that have appeared since the last digest; `number` tells digests apart."""
    with override(language):
        count = len(comments)
        subject = ngettext("%(count)d new comment", "%(count)d new comments", count)
        body = []
        for comment, article in comments[:LISTED]:
            names = {"headline": one_line(article.headline), "name": comment.name}
            excerpt = Truncator(comment.text).chars(EXCERPT)
            opening = _("%(name)s wrote below “%(headline)s”:") % names
            body.append(f"{opening}\n{excerpt}\n{permalink(comment, article)}")
        if count > LISTED:
            rest = ngettext("And %(count)d more.", "And %(count)d more.", count - LISTED)
            body.append(rest % {"count": count - LISTED})
        body.append(_footer(follower, language))
        return _message(
            f"{subject % {'count': count}} – {one_line(SiteSettings.load().name)}",
            body,
            follower,
            stop=link(STOP_ALL, follower.pk, language=language),
            name=f"digest-{number}-{follower.pk}",
        )


def confirmation_mail(subscription: Subscription, headline: str) -> EmailMessage:
    """Asks the owner of an address whether they want it. Holds nothing that a stranger typed."""
    with override(subscription.language):
        about = {"headline": one_line(headline), "what": subscription.get_kind_display()}
        body = [
            _("Somebody, probably you, asked for mail about “%(headline)s”: %(what)s.") % about,
            _("If it was you, please confirm: %(address)s")
            % {"address": link(CONFIRM, subscription.pk, language=subscription.language)},
            _("If not, do nothing: there will be no mail, and the address is forgotten in a week."),
        ]
        subject = _("Please confirm: mail about “%(headline)s”") % about
        return _message(subject, body, subscription.follower)


def manage_link_mail(follower: Follower, language: str) -> EmailMessage:
    with override(language):
        return _message(_("What you follow"), [_footer(follower, language)], follower)


def permalink(comment: Comment, article: Article) -> str:
    with override(article.language):
        return settings.SITE_URL + reverse("comments:comment_detail", args=[comment.pk])


def one_line(text: str) -> str:
    """A header holds no line breaks."""
    return " ".join(text.split())


def _footer(follower: Follower, language: str) -> str:
    manage = link(MANAGE, follower.pk, language=language)
    return "-- \n" + _("All that you follow, and how often you are told: %(address)s") % {
        "address": manage
    }


def _message(
    subject: str, body: list[str], follower: Follower, *, stop: str = "", name: str = ""
) -> EmailMessage:
    """`stop` is the address of one-click unsubscribing; `name` makes repeated copies one."""
    headers = {"Auto-Submitted": "auto-generated"}
    if name:
        headers["Message-ID"] = f"<{name}@{urlsplit(settings.SITE_URL).hostname}>"
    parts = (subject, "\n\n".join(body) + "\n", None, [follower.address])
    if stop:
        return UnsubscribableMessage(*parts, headers=headers, stop=stop)
    return EmailMessage(*parts, headers=headers)
