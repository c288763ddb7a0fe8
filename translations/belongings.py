"""What the translation desk keeps of a person."""

from collections.abc import Iterator, Mapping

from django.db.models import Q

from accounts.belongings import Belonging
from accounts.models import User
from translations.models import Assignment


class Assignments(Belonging):
    key = "assignments"

    def rows(self, user: User) -> Iterator[Mapping[str, object]]:
        theirs = Assignment.objects.filter(Q(owner=user) | Q(requested_by=user)).order_by("pk")
        yield from theirs.values("story", "language", "owner", "due_on", "note", "requested_at")

    def give_up(self, user: User, *, keeps_comments: bool) -> None:
        """What they had taken on is free for others."""
        Assignment.objects.filter(owner=user).update(owner=None)
