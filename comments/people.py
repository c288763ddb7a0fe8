"""The key of a person: who votes, writes and reports, in one text."""

from uuid import UUID

from django.db.models import Q

MEMBER, GUEST = "member:", "guest:"
# The same of a row `comment`, in SQL.
WRITER = f"coalesce('{MEMBER}' || comment.author_id, '{GUEST}' || comment.guest_id, '')"


def person_key(member_id: int | None, guest_id: UUID | None) -> str:
    """A member, else a guest; '' where nothing is known."""
    if member_id:
        return member_key(member_id)
    return f"{GUEST}{guest_id}" if guest_id else ""


def member_key(member_id: int | None) -> str:
    return f"{MEMBER}{member_id}"


def is_about(member_id: int, guest_id: UUID | None) -> Q:
    """A condition on what is said of comments: that this person wrote them."""
    mine = Q(comment__author=member_id)
    return mine | Q(comment__guest_id=guest_id) if guest_id else mine


def member_id_of(person: str) -> int | None:
    """None where it is no member."""
    return int(person.removeprefix(MEMBER)) if person.startswith(MEMBER) else None
