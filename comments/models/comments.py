"""A comment: who wrote what, where it stands in its thread, and whether readers see it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from mptt.models import TreeForeignKey

from articles.models import Article
from comments.models.marks import MAX_PICK_NOTE
from comments.models.moderation import REJECTED, Reason, Status
from comments.people import person_key
from comments.ranking import lower_bound
from comments.tree import SlotManager, SlotTree
from comments.trust import Trust

SHOWN_THREADS = Q(parent=None, public_at__isnull=False)


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> Self:
        """What readers may read. Its row-wise twin is `Comment.is_public`."""
        return self.filter(status=Status.PUBLIC)

    def threads(self) -> Self:
        """First comments of the threads that readers see: public ones, and placeholders."""
        return self.filter(SHOWN_THREADS).filter(Q(status=Status.PUBLIC) | Q(reply_count__gt=0))

    def of_article(self, article: Article) -> Self:
        """The comments on the article's story, written through whichever edition."""
        return self.filter(discussion__story=article.story_id)


class Comment(SlotTree):
    """One comment, by a member or by a guest. Begun by `comments.posting` alone.

    `parent` is its place in the tree, `in_reply_to` the comment that it really answers; they
    differ where a thread is too deep. Votes and replies move counters in other transactions,
    so that saving an existing comment must name its columns.
    """

    READ_WHEN_LOCKED = ("status", "closed_at")  # whether it may be answered

    discussion = models.ForeignKey(
        "comments.Discussion",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("conversation"),
    )
    parent = TreeForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="children",
        db_index=False,
    )
    in_reply_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in reply to"),
    )
    article = models.ForeignKey(
        "articles.Article",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("article"),
    )
    # What of the article's text it is about. Only of a thread's first: the rest of it is too.
    passage = models.ForeignKey(
        "comments.Passage",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("passage"),
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("member"),
    )
    guest_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=80, blank=True)
    guest_email = models.EmailField(_("e-mail address"), blank=True)
    guest_id = models.UUIDField(_("guest"), null=True, blank=True, editable=False)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, editable=False)
    # Why it was taken away: what its tombstone tells readers.
    reason = models.CharField(_("reason"), max_length=9, choices=Reason, blank=True, editable=False)
    # How far its writer was trusted when they wrote it: how long they may change it.
    trust = models.SmallIntegerField(
        _("trust"), choices=Trust, default=Trust.NEW, db_default=Trust.NEW, editable=False
    )
    # When a moderator last decided about it as it stands now.
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    created_at = models.DateTimeField(_("written"), editable=False)
    public_at = models.DateTimeField(_("public since"), null=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    # Whether it was changed after somebody had answered it, so that readers may see what it said.
    has_history = models.BooleanField(_("has a history"), default=False, editable=False)
    # Marks of the desk, written by `comments.marking`: what it says of what it picked, None where
    # it did not; a thread that stands before all others; a comment that takes no more replies.
    pick_note = models.CharField(
        _("picked"), max_length=MAX_PICK_NOTE, null=True, blank=True, editable=False
    )
    pinned_at = models.DateTimeField(_("pinned"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    # No CHECK against less than 0: PostgreSQL checks it on the row as the statement first saw it,
    # before it notices a concurrent vote and reckons anew, and would refuse a right one.
    ups = models.IntegerField(_("votes for it"), default=0, editable=False)
    downs = models.IntegerField(_("votes against it"), default=0, editable=False)
    score = models.GeneratedField(
        expression=F("ups") - F("downs"),
        output_field=models.IntegerField(_("score")),
        db_persist=True,
    )
    best = models.GeneratedField(
        expression=lower_bound("ups", "downs"), output_field=models.FloatField(), db_persist=True
    )
    # On the first comment of a thread: how many public ones stand below it.
    reply_count = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    # How many readers' reports of it wait for a moderator. Moved under the row's lock.
    open_flags = models.PositiveIntegerField(_("open reports"), default=0, editable=False)

    objects = SlotManager.from_queryset(CommentQuerySet)()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            # the next free slot: a parent's last child
            models.Index(fields=["parent", "rght"], name="comment_siblings"),
            # a conversation's threads, newest first; read backwards, oldest first
            models.Index(
                fields=["discussion", "-public_at", "-id"],
                condition=SHOWN_THREADS,
                name="comment_newest",
            ),
            # a conversation's threads, most voted first
            models.Index(
                fields=["discussion", "-score", "-public_at", "-id"],
                condition=SHOWN_THREADS,
                name="comment_most_voted",
            ),
            # a conversation's threads, best first
            models.Index(
                fields=["discussion", "-best", "-public_at", "-id"],
                condition=SHOWN_THREADS,
                name="comment_best",
            ),
            # a conversation's threads about passages, newest first
            models.Index(
                fields=["discussion", "-public_at", "-id"],
                condition=SHOWN_THREADS & Q(passage__isnull=False),
                name="comment_inline",
            ),
            # the threads about one passage, newest first
            models.Index(
                fields=["passage", "-public_at", "-id"],
                condition=Q(passage__isnull=False),
                name="comment_passage",
            ),
            # what has become public lately, and which threads hold a language
            models.Index(
                fields=["discussion", "-public_at"],
                include=["language", "tree_id"],
                condition=Q(status="public"),
                name="comment_public",
            ),
            # what the desk picked of a conversation
            models.Index(
                fields=["discussion", "-public_at"],
                include=["tree_id"],
                condition=Q(status="public", pick_note__isnull=False),
                name="comment_picked",
            ),
            # the moderators' queue
            models.Index(fields=["-id"], condition=Q(status="held"), name="comment_held"),
            # what nobody at the desk has looked at
            models.Index(
                fields=["-id"],
                condition=Q(status="public", reviewed_at=None),
                name="comment_unreviewed",
            ),
            # what readers report
            models.Index(fields=["-id"], condition=Q(open_flags__gt=0), name="comment_reported"),
            # what a moderator has looked at and left to readers
            models.Index(
                fields=["-id"],
                condition=Q(status="public", reviewed_at__isnull=False),
                name="comment_approved",
            ),
            # what was taken away
            models.Index(
                fields=["-id"],
                # PostgreSQL gives this back just as it was given, which IN is not
                condition=Q(status="removed") | Q(status="spam"),
                name="comment_rejected",
            ),
            # what a member wrote, also asked before a member may be deleted
            models.Index(
                fields=["author", "-id"], condition=Q(author__isnull=False), name="comment_author"
            ),
            # what a guest wrote
            models.Index(
                fields=["guest_id", "-id"],
                condition=Q(guest_id__isnull=False),
                name="comment_guest",
            ),
            # mptt adds an index on these two unless it sees one; dropped below
            models.Index(fields=["tree_id", "lft"], name="comment_tree"),
        ]
        constraints = [
            # a thread in tree order; the last guard against two comments in one slot
            models.UniqueConstraint(
                fields=["tree_id", "lft"],
                name="comment_slot_is_unique",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("Another comment stands in this place."),
            ),
            models.UniqueConstraint(
                fields=["discussion"],
                condition=Q(pinned_at__isnull=False),
                name="comment_one_thread_is_pinned",
                violation_error_message=_("Another thread is pinned."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(pinned_at=None),
                name="comment_pinned_begins_thread",
                violation_error_message=_("Only a thread is pinned, by its first comment."),
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False, guest_name="", guest_email="", guest_id=None)
                | (Q(author=None) & ~Q(guest_name=""))
                | Q(status="erased"),
                name="comment_is_by_member_or_guest",
                violation_error_message=_("A comment is by a member or by a guest."),
            ),
            models.CheckConstraint(
                condition=~Q(status="erased")
                | Q(
                    author=None,
                    guest_name="",
                    guest_email="",
                    guest_id=None,
                    text="",
                    html="",
                    pick_note=None,
                    pinned_at=None,
                ),
                name="comment_erased_is_empty",
                violation_error_message=_("Of a deleted comment nothing is kept but its place."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="comment_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(trust__in=Trust.values), name="comment_trust_is_known"
            ),
            models.CheckConstraint(
                condition=Q(~Q(status__in=list(REJECTED)), reason="")
                | Q(Q(status__in=list(REJECTED)), reason__in=Reason.values),
                name="comment_is_taken_away_for_a_reason",
                violation_error_message=_("Say why the comment is taken away."),
            ),
            models.CheckConstraint(
                condition=~Q(status="public") | Q(public_at__isnull=False),
                name="comment_public_has_time",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(passage=None),
                name="comment_on_passage_begins_thread",
                violation_error_message=_("Only the first comment of a thread quotes the text."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(parent__lt=F("id"), in_reply_to__lt=F("id")),
                name="comment_follows_what_it_answers",
                violation_error_message=_("A comment comes after the one that it answers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {Truncator(self.text).chars(60)}"

    def save(self, **options: Any) -> None:
        if not self._state.adding and options.get("update_fields") is None:
            raise ValueError("Name the columns: the others may have changed since you read them.")
        super().save(**options)

    def lock(self) -> None:
        """Refreshes it, and holds its row until the transaction ends: replies to it wait."""
        locked = Comment.objects.select_for_update(no_key=True).order_by()
        self.refresh_from_db(from_queryset=locked)

    def get_absolute_url(self) -> str:
        """The permalink, below the active edition."""
        return reverse("comments:comment_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """The writer's name as readers see it. One query for a member's, unless loaded."""
        return self.author.public_name if self.author else self.guest_name

    @property
    def writer(self) -> str:
        """Who wrote it, as `Participant.writer` names people."""
        return person_key(self.author_id, self.guest_id)

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLIC


Comment._meta.indexes = [index for index in Comment._meta.indexes if index.name != "comment_tree"]
