"""An author may hold or close the conversations below their own stories: one, or all by a wish.

Opening one again is the moderators': nobody knows who closed it, and why. A wish is the author's.
"""

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import User
from articles.models import Article, Contribution, Contributor, Role, Status, story_tag
from comments.models import Protection, StoryPolicy
from comments.moderating import PERMISSION
from pagecache.drops import MOST_TAGS


def is_author_only(user: User) -> bool:
    """Whether of all conversations only those below their own stories are theirs to set."""
    return not user.has_perm(PERMISSION)


def stories_of(user: User) -> QuerySet:
    """The keys of the stories that they are a reporter of, in an edition that readers know of."""
    known = Article.objects.once_public(Now())
    own = Contribution.objects.filter(contributor__user=user.pk, role=Role.REPORTER)
    return own.filter(article__in=known.values("pk")).values("article__story")


def protections_for(user: User) -> QuerySet[Protection]:
    """Those that they may set: of themselves, or of everybody where they moderate."""
    if is_author_only(user):
        return Protection.objects.filter(contributor__user=user.pk)
    return Protection.objects.all()


def unprotected(user: User) -> QuerySet[Contributor]:
    """Whom they may protect, and nobody does yet."""
    people = Contributor.objects.exclude(pk__in=Protection.objects.values("contributor"))
    return people.filter(user=user.pk) if is_author_only(user) else people


def pages_of(contributor: Contributor) -> tuple[str, ...]:
    """The tags of what shows their conversations; of everything where these are many. One query.

    As the triggers do it leaves drafts out, which have no page.
    """
    own = Contribution.objects.filter(contributor=contributor.pk, role=Role.REPORTER)
    published = own.exclude(article__status=Status.DRAFT)
    stories = set(published.values_list("article__story", flat=True)[: MOST_TAGS + 1])
    return ("site",) if len(stories) > MOST_TAGS else tuple(map(story_tag, stories))


def policies_from(policy: str) -> list[tuple[str, str]]:
    """The choices by which nobody may do what they may not now: guests where members write, say."""
    stricter = StoryPolicy if policy == StoryPolicy.OPEN else (policy, StoryPolicy.CLOSED)
    return [(each.value, str(each.label)) for each in StoryPolicy if each in stricter]
