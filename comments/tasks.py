"""What the worker does for the conversation."""

from django.conf import settings
from django.core.mail import send_mail
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from comments.models import Comment


@task()
def mail_moderators(comment_id: int) -> int:
    """Tells each moderator, in the language of their desk, that a comment waits; how many."""
    comment = Comment.objects.select_related("author", "article").get(pk=comment_id)
    moderators = User.objects.filter(groups__name="moderator", is_active=True).exclude(email="")
    address = settings.SITE_URL + reverse("admin:comments_comment_change", args=[comment_id])
    for moderator in moderators:
        with override(moderator.language or settings.LANGUAGE_CODE):
            send_mail(
                subject=_("A comment waits for you"),
                message=_(
                    "%(name)s wrote below “%(headline)s”:\n\n%(text)s\n\nDecide: %(address)s\n"
                )
                % {
                    "name": comment.name,
                    "headline": comment.article.headline,
                    "text": comment.text,
                    "address": address,
                },
                from_email=None,
                recipient_list=[moderator.email],
            )
    return len(moderators)
