"""Receiving notices of illegal content, and answering them."""

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.http import Http404
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from articles.models import Article
from comments.judging import is_own, refuse_own
from comments.models import Comment, Notice, Status
from comments.outcomes import send, send_unasked
from comments.refusals import AlreadyRemoved, NoSuchComment
from operations.models import SiteSettings

ANSWER = "comments.change_notice"
# A comment by its permalink, or by its place below an article.
NAMED = re.compile(r"/comments/([0-9]+)\b|#comment-([0-9]+)$")
_signer = Signer(salt="comments.notices")


@transaction.atomic
def receive(notice: Notice) -> Notice:
    """Keeps what a form has made, and mails its reference where there is an address.

    The same words of the same person about the same address are the same notice while it waits,
    also if they come twice at once: an index lets only one in, and the other waits for it.
    """
    kept, is_new = Notice.objects.get_or_create(
        address=notice.address,
        why=notice.why,
        name=notice.name,
        email=notice.email,
        answered_at=None,
        defaults={
            "reference": notice.reference,
            "language": notice.language,
            "comment": Comment.objects.filter(pk=named_comment(notice.address)).first(),
        },
    )
    if is_new and kept.email:
        mail_received.enqueue(kept.pk)  # a row of this transaction: neither lost nor early
    return kept


def named_comment(address: str) -> int | None:
    """The number of the comment that the address names, whether there is one or not."""
    found = NAMED.search(address)
    return int(found[1] or found[2]) if found else None


def check_named(address: str) -> None:
    """Raises NoSuchComment, also for what readers know nothing of, or AlreadyRemoved.

    One that was seen and is held meanwhile is taken as if it were public: whoever read it fills in
    the form while it is, and others learn nothing. Two queries, where the address names a comment.
    """
    number = named_comment(address)
    if number is None:
        return
    editions = Article.objects.live(Now()).filter(
        story=OuterRef("discussion__story"), language__in=SiteSettings.load().editions
    )
    seen = Comment.objects.filter(Exists(editions), pk=number, public_at__isnull=False).first()
    if seen and seen.status == Status.REMOVED:
        raise AlreadyRemoved
    if seen is None or seen.status not in (Status.PUBLIC, Status.HELD):
        raise NoSuchComment


def may_answer(notice: Notice, *, by: User, guest: UUID | None = None) -> bool:
    """Nobody answers twice, or what is about their own comment."""
    return not (notice.answer or is_own(notice.comment, by=by, guest=guest))


@transaction.atomic
def answer(notice: Notice, *, text: str, by: User) -> bool:
    """Answers for good; False where somebody has done so before.

    Raises PermissionDenied, or OwnMatter where it is about this person's comment.
    """
    if not by.has_perm(ANSWER):
        raise PermissionDenied
    refuse_own(notice.comment, by=by)
    waiting = Notice.objects.still_open().filter(pk=notice.pk)
    if not waiting.update(answer=text, answered_by=by, answered_at=Now()):
        return False
    if notice.email:
        mail_answered.enqueue(notice.pk)
    return True


def is_ours(address: str) -> bool:
    """Whether the address is one of this site's pages, with or without the host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https"):
        return False
    hosts = {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS, None}
    return parts.hostname in hosts and parts.path.startswith("/")


def link(notice: Notice) -> str:
    """The address at which the notice and its answer are read; whoever has it may."""
    path = reverse("comments:notice_detail", args=[notice.reference])
    return f"{path}?key={_signer.signature(notice.reference)}"


def found(reference: str, key: str) -> Notice:
    """Raises Http404 for anything that `link` did not make. One query."""
    try:
        _signer.unsign(f"{reference}:{key}")
    except BadSignature:
        raise Http404("No such notice")
    notice = Notice.objects.filter(reference=reference).first()
    if notice is None:
        raise Http404("No such notice")
    return notice


@task()
def mail_received(notice_id: int) -> bool:
    """Tells the reference and the link; nothing that was typed: anybody can type an address.

    False where enough was sent there today.
    """
    notice = Notice.objects.get(pk=notice_id)
    with override(notice.language):
        subject = _("Your notice %(reference)s") % {"reference": notice.reference}
        body = [
            _("We have your notice of illegal content and will look at it."),
            _("Read it and our answer: %(address)s")
            % {"address": settings.SITE_URL + link(notice)},
        ]
        return send_unasked(notice.email, subject, body)


@task()
def mail_answered(notice_id: int) -> None:
    notice = Notice.objects.get(pk=notice_id)
    with override(notice.language):
        subject = _("Our answer to your notice %(reference)s") % {"reference": notice.reference}
        body = [
            notice.answer,
            _("Your notice and this answer: %(address)s")
            % {"address": settings.SITE_URL + link(notice)},
        ]
        send(notice.email, subject, body)
