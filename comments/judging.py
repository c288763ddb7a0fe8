"""Who decides about whom: nobody about themselves, nor about their equals at the desk.

Superusers decide also about what they wrote, since nobody else may be there; of what was decided
about themselves they lift all.
"""

from accounts.models import User
from accounts.roles import Rank, rank_of
from comments.models import Comment
from comments.people import member_id_of
from comments.refusals import Outranked, OwnMatter, Refused


def is_own(comment: Comment | None, *, by: User) -> bool:
    """Whether others decide about it, and about what is said of it. Triggers say the same."""
    return comment is not None and comment.author_id == by.pk and not by.is_superuser


def refusal_about(person: str, *, by: User) -> Refused | None:
    """Why this one decides nothing about the person of that key. At most three queries."""
    number = member_id_of(person)
    if number == by.pk:
        return OwnMatter()
    about = User.objects.filter(pk=number).first() if number else None
    if about and Rank.READER < rank_of(about) >= rank_of(by):
        return Outranked()
    return None
