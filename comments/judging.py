"""Who decides about whom: nobody about themselves; and about people only who stands above them.

Superusers decide also about what they wrote, since nobody else may be there; of what was decided
about themselves they lift all. The desk's pages also say as which guest their browser wrote: the
database knows of the account alone.
"""

from uuid import UUID

from accounts.models import User
from accounts.roles import Rank, rank_of
from comments.models import Comment
from comments.people import member_id_of
from comments.refusals import Outranked, OwnMatter, Refused
from comments.voting import Voter


def is_own(comment: Comment | None, *, by: User, guest: UUID | None = None) -> bool:
    """Whether others decide about it, and about what is said of it.

    Triggers say the same of accounts.
    """
    return comment is not None and Voter(by, guest).wrote(comment) and not by.is_superuser


def refuse_own(comment: Comment | None, *, by: User, guest: UUID | None = None) -> None:
    """Raises OwnMatter where it `is_own`."""
    if is_own(comment, by=by, guest=guest):
        raise OwnMatter


def refusal_about(person: str, *, by: User, guest: UUID | None = None) -> Refused | None:
    """Why this one decides nothing about the person of that key. At most three queries."""
    if person in Voter(by, guest).keys:
        return OwnMatter()
    number = member_id_of(person)
    about = User.objects.filter(pk=number).first() if number else None
    if about and Rank.READER < rank_of(about) >= rank_of(by):
        return Outranked()
    return None
