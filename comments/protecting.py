"""An author may hold or close the conversation below their own story.

Opening it again is the moderators': nobody knows who closed it, and why.
"""

from django.db.models import QuerySet

from accounts.models import User
from articles.models import Contribution, Role
from comments.models import StoryPolicy
from comments.moderating import PERMISSION

FROM_THE_MOST_OPEN = (
    StoryPolicy.OPEN,
    StoryPolicy.MEMBERS,
    StoryPolicy.HELD,
    StoryPolicy.CLOSED,
)


def is_author_only(user: User) -> bool:
    """Whether of all conversations only those below their own stories are theirs to set."""
    return not user.has_perm(PERMISSION)


def stories_of(user: User) -> QuerySet:
    """The keys of the stories that they are a reporter of, in whatever edition."""
    own = Contribution.objects.filter(contributor__user=user.pk, role=Role.REPORTER)
    return own.values("article__story")


def policies_from(policy: str) -> list[tuple[str, str]]:
    """The choices that are no more open than this one."""
    place = FROM_THE_MOST_OPEN.index(StoryPolicy(policy))
    return [(each.value, str(each.label)) for each in FROM_THE_MOST_OPEN[place:]]
