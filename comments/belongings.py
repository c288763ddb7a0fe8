"""What the conversation keeps of a member, and what was decided about them there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.belongings import Belonging, Line
from accounts.models import User
from comments.leaving import erase_comments
from comments.models import (
    Appeal,
    Comment,
    CommentVersion,
    Erasure,
    Flag,
    Follower,
    ModerationEntry,
    Participant,
    RecentPost,
    Sanction,
    Status,
    Subscription,
    Vote,
)
from comments.people import member_key
from comments.sanctioning import sanctions_of

AT_ONCE = 500  # rows of a reading from the database


class Comments(Belonging):
    key, title = "comments", _("Comments")

    def lines(self, request: HttpRequest) -> list[Line]:
        mine = Comment.objects.filter(author=request.user.pk).order_by()
        held = Q(status=Status.HELD)
        counts = mine.aggregate(
            public=Count("pk", filter=Q(status=Status.PUBLIC)), held=Count("pk", filter=held)
        )
        place = reverse("personal:own_comments")
        public, waiting = counts["public"], counts["held"]
        lines = [
            Line(
                ngettext("%(count)d comment", "%(count)d comments", public) % {"count": public},
                place,
            )
        ]
        if waiting:
            text = ngettext(
                "%(count)d waits for a moderator", "%(count)d wait for a moderator", waiting
            )
            lines.append(Line(text % {"count": waiting}, place))
        return lines

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        """Each with its earlier texts. One query more for each that was changed."""
        mine = Comment.objects.filter(author=user).order_by("pk").values(
            "id", "article__headline", "article__slug", "language", "status", "in_reply_to", "text",
            "created_at", "public_at", "edited_at", "ups", "downs",
        )  # fmt: skip
        for row in mine.iterator(AT_ONCE):
            if row["edited_at"]:
                earlier = CommentVersion.objects.filter(comment=row["id"]).order_by("pk")
                row["earlier"] = list(earlier.values("text", "written_at", "replaced_at"))
            yield row

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """One by one, by the worker: each locks the counters of its conversation for a moment."""
        RecentPost.objects.filter(comment__author=user).delete()
        if not keeps_comments:
            erase_comments.enqueue(user.pk)


class Votes(Belonging):
    key, title = "votes", _("Votes")

    def lines(self, request: HttpRequest) -> list[Line]:
        given = _votes(request.user.pk).count()
        text = ngettext("%(count)d vote", "%(count)d votes", given) % {"count": given}
        return [Line(text, f"{reverse('personal:own_comments')}#own-votes-heading")]

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        given = _votes(user.pk).order_by("comment_id").values("comment", "value")
        yield from given.iterator(AT_ONCE)


class Subscriptions(Belonging):
    key, title = "subscriptions", _("Mails")

    def lines(self, request: HttpRequest) -> list[Line]:
        followed = _subscriptions(request.user.pk).count()
        text = ngettext(
            "You follow %(count)d conversation by mail",
            "You follow %(count)d conversations by mail",
            followed,
        )
        return [Line(text % {"count": followed}, reverse("comments:subscription_list"))]

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        rows = _subscriptions(user.pk).order_by("pk")
        yield from rows.values(
            "kind", "discussion__story", "comment", "language", "frequency", "created_at"
        ).iterator(AT_ONCE)

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        Follower.objects.filter(member=user).delete()


class Visits(Belonging):
    key, title = "visits", _("Visits")

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        """When they came back to which conversation, where "new" begins, and wrote in slow mode."""
        there = Participant.objects.filter(writer=member_key(user.pk)).order_by("discussion_id")
        yield from there.values(
            "discussion__story", "comment_count", "visited_at", "left_at", "wrote_at"
        ).iterator(AT_ONCE)

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """The counts stay: they are how many people talk."""
        there = Participant.objects.filter(writer=member_key(user.pk))
        there.update(visited_at=None, left_at=None)


class Reports(Belonging):
    key, title = "reports", _("Your reports")

    def lines(self, request: HttpRequest) -> list[Line]:
        sent = Flag.objects.filter(reporter=member_key(request.user.pk)).count()
        if not sent:
            return []
        text = ngettext("%(count)d report", "%(count)d reports", sent) % {"count": sent}
        return [Line(text, f"{reverse('personal:own_comments')}#own-flags-heading")]

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        sent = Flag.objects.filter(reporter=member_key(user.pk)).order_by("pk")
        yield from sent.values("comment", "reason", "text", "created_at", "outcome").iterator(
            AT_ONCE
        )

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """The reports stay with what they count, but not the words, nor the wish for a mail."""
        Flag.objects.filter(reporter=member_key(user.pk)).update(text="", wants_mail=False)


class Decisions(Belonging):
    """What was decided about the member. It outlives them: nobody leaves to be free of it."""

    key, title = "decisions", _("Decisions about you")

    def lines(self, request: HttpRequest) -> list[Line]:
        place = f"{reverse('personal:own_comments')}#own-sanctions-heading"
        return [Line(each["told"], place) for each in sanctions_of([member_key(request.user.pk)])]

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        given = Sanction.objects.filter(person=member_key(user.pk)).order_by("pk")
        yield from given.values(
            "measure", "reason", "note", "given_at", "ends_at", "lifts"
        ).iterator(AT_ONCE)


class CommentDecisions(Belonging):
    """What was decided about the member's comments, in the file."""

    key = "comment_decisions"

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        made = ModerationEntry.objects.filter(comment__author=user).order_by("pk")
        yield from made.values(
            "comment", "before", "after", "reason", "rule", "note", "decided_at"
        ).iterator(AT_ONCE)


class Erasures(Belonging):
    """Of which erased comments it is still known that they had been taken away."""

    key = "erased_comments"

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        kept = Erasure.objects.filter(person=member_key(user.pk)).order_by("written_at")
        yield from kept.values("status", "written_at").iterator(AT_ONCE)


class Appeals(Belonging):
    key, title = "appeals", _("Appeals")

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        asked = Appeal.objects.filter(comment__author=user).order_by("pk")
        yield from asked.values("comment", "text", "created_at", "answer", "note").iterator(AT_ONCE)

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """The words go. What still waits is about a comment, and is answered while that stands."""
        Appeal.objects.filter(comment__author=user).update(text="")


def _votes(user_id: int | None) -> Any:
    return Vote.objects.filter(voter=member_key(user_id)).exclude(value=0)


def _subscriptions(user_id: int | None) -> Any:
    return Subscription.objects.confirmed().filter(follower__member=user_id)
