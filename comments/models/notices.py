"""Notices that something on the site is against the law."""

import secrets
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from comments.people import is_about
from richtext.plain import plain_text, visible_text

MAX_ADDRESS, MAX_WHY, MAX_ANSWER = 500, 4000, 4000
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def new_reference() -> str:
    """Ten signs, which nobody guesses and anybody can read out."""
    return "".join(secrets.choice(SIGNS) for _sign in range(10))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def still_open(self) -> Self:
        """What waits for the desk: the condition is that of an index."""
        return self.filter(answered_at=None)

    def answerable_by(self, person: User, *, guest: UUID | None = None) -> Self:
        """What waits for this person; of one notice `comments.noticing.may_answer` says it."""
        waiting = self.still_open()
        return waiting if person.is_superuser else waiting.exclude(is_about(person.pk, guest))


class Notice(models.Model):
    """What somebody says is against the law, and the answer. Written by `comments.noticing`."""

    reference = models.CharField(
        _("reference"), max_length=10, unique=True, default=new_reference, editable=False
    )
    address = models.CharField(_("address of the page"), max_length=MAX_ADDRESS)
    # Where the address names one.
    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    why = models.TextField(
        _("why it is against the law"), max_length=MAX_WHY, validators=[plain_text, visible_text]
    )
    name = models.CharField(
        pgettext_lazy("of a person", "name"), max_length=80, blank=True, validators=[plain_text]
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    answer = models.TextField(
        _("answer"), max_length=MAX_ANSWER, blank=True, validators=[plain_text]
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of illegal content")
        verbose_name_plural = _("notices of illegal content")
        indexes = [
            # what waits for the desk
            models.Index(fields=["id"], condition=Q(answered_at=None), name="notice_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                "address",
                MD5("why"),  # a hash fits into an index, whatever was written
                "name",
                "email",
                condition=Q(answered_at=None),
                name="notice_is_one_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="notice_is_open_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
