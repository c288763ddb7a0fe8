"""In which sections and languages somebody's rights hold. What they may do there, roles say."""

from typing import NamedTuple, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value

from accounts.models import User
from articles.models import Article, Remit


class Reach(NamedTuple):
    """Keys of sections, and languages; empty is all of them."""

    sections: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()


def reach_of(user: User | AnonymousUser) -> Reach:
    """One query at most for each object of a person, like their permissions."""
    kept = vars(user)
    if "_reach" not in kept:
        kept["_reach"] = Reach() if user.is_superuser else _stored(cast(User, user))
    return kept["_reach"]


def _stored(user: User) -> Reach:
    chosen = Q(sections__isnull=False)
    keys = ArrayAgg("sections", filter=chosen, default=Value([]))
    rows = Remit.objects.filter(user=user.pk).order_by().annotate(keys=keys)
    found = rows.values_list("keys", "languages").first()
    return Reach(frozenset(found[0]), frozenset(found[1])) if found else Reach()


def holds_at(user: User | AnonymousUser, *, section_id: int | None, language: str) -> bool:
    """Whether the person's rights hold there. What has no section yet is everybody's."""
    reach = reach_of(user)
    is_their_section = section_id is None or not reach.sections or section_id in reach.sections
    return is_their_section and (not reach.languages or language in reach.languages)


def is_within(user: User | AnonymousUser, article: Article) -> bool:
    """Whether the person's rights hold for the article. Its filter twin is `within_remit_of`."""
    return holds_at(user, section_id=article.section_id, language=article.language)


def within_remit_of(user: User | AnonymousUser) -> Q:
    """A condition for articles. Its row-wise twin is `is_within`."""
    reach, found = reach_of(user), Q()
    if reach.sections:
        found &= Q(section=None) | Q(section__in=reach.sections)
    if reach.languages:
        found &= Q(language__in=reach.languages)
    return found


def refuse_outside(user: User, article: Article) -> None:
    """Raises PermissionDenied where the person's rights do not hold for the article."""
    if not is_within(user, article):
        raise PermissionDenied
