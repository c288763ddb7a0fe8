"""What the worker does for the conversation."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from comments.models import Comment, Status


@task()
def mail_moderators(comment_id: int) -> int:
    """Has each moderator told that a comment waits; how many.

    Each by a task of its own: when one mail is tried again, nobody else gets theirs twice.
    """
    moderators = User.objects.filter(groups__name="moderator", is_active=True).exclude(email="")
    with transaction.atomic():
        for moderator in moderators:
            mail_moderator.enqueue(comment_id, moderator.pk)
    return len(moderators)


@task()
def mail_moderator(comment_id: int, moderator_id: int) -> bool:
    """Tells one of them, in the language of their desk; False where it is decided already."""
    comment = Comment.objects.select_related("author", "article").get(pk=comment_id)
    if comment.status != Status.HELD:
        return False
    moderator = User.objects.get(pk=moderator_id)
    address = settings.SITE_URL + reverse("admin:comments_comment_change", args=[comment_id])
    with override(moderator.language or settings.LANGUAGE_CODE):
        send_mail(
            subject=_("A comment waits for you"),
            message=_("%(name)s wrote below “%(headline)s”:\n\n%(text)s\n\nDecide: %(address)s\n")
            % {
                "name": comment.name,
                "headline": comment.article.headline,
                "text": comment.text,
                "address": address,
            },
            from_email=None,
            recipient_list=[moderator.email],
        )
    return True
