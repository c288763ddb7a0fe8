"""Who translates what: translations are asked for, taken on, given, given back and called off.

Each verb locks the stories that it speaks of, so that of two people who take on the same
translation at once one gets it and the other is told who has it. Repeating one changes nothing.
Whoever does it may do so in that language (`articles.remits`); giving back one's own is free.
"""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Status, Story
from articles.remits import holds_at
from operations.clock import database_now
from operations.models import SiteSettings
from translations.drift import Drift, DriftState, drift_of
from translations.models import Assignment

REQUEST = "translations.add_assignment"
CLAIM = "translations.change_assignment"
ASSIGN = "translations.assign_assignment"
ASKS_FOR_WORK = (DriftState.OUTDATED, DriftState.CORRECTED)  # though it is published


def translators() -> QuerySet[User]:
    """Whoever may take on a translation."""
    people: Any = User.objects
    known = people.with_perm(CLAIM, backend="django.contrib.auth.backends.ModelBackend")
    return known.filter(is_staff=True).order_by("first_name", "last_name", "username")


@transaction.atomic
def request(
    stories: Iterable[Story],
    languages: Collection[str],
    *,
    by: User,
    due_on: date | None = None,
    note: str = "",
) -> list[Assignment]:
    """Asks for each story in each language; returns what was new, or is now due or noted otherwise.

    Left out is where there is nothing to translate (`is_wanted`). Raises PermissionDenied, or
    ValidationError for a language that is no edition or a day that has passed. Locks the
    stories. As many queries for one as for many.
    """
    _require(by, REQUEST, *languages)
    _check(languages, due_on)
    locked = _lock(stories)
    wanted = _wanted(locked, languages)
    known = {(a.story_id, a.language): a for a in Assignment.objects.filter(story__in=locked)}
    given: dict[str, Any] = {
        name: value for name, value in (("due_on", due_on), ("note", note)) if value
    }
    changed = []
    for story in locked:
        for language in languages:
            place = (story.pk, language)
            assignment = known.get(place) or Assignment(story=story, language=language)
            is_news = not assignment.pk or any(
                getattr(assignment, name) != value for name, value in given.items()
            )
            if place not in wanted or not is_news:
                continue
            assignment.requested_by = by
            for name, value in given.items():
                setattr(assignment, name, value)
            changed.append(assignment)
    Assignment.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["story", "language"],
        update_fields=["requested_by", *given],
    )
    _log(_asked(locked, changed), by=by)
    return changed


@transaction.atomic
def claim(story: Story, language: str, *, by: User) -> Assignment:
    """Takes on a translation, whether it was asked for or not. Again: nothing happens.

    Raises PermissionDenied, or ValidationError where somebody else has it (the message says who)
    or nothing is to be translated. Locks the story.
    """
    _require(by, CLAIM, language)
    _check([language])
    (story,) = _lock([story])
    assignment = _held(story, language)
    if assignment.owner_id == by.pk:
        return assignment
    if assignment.owner:
        raise ValidationError(
            _("%(person)s has already taken this on."),
            params={"person": assignment.owner.public_name},
        )
    if not _wanted([story], [language]):
        raise ValidationError(_("There is nothing to translate here."))
    if not assignment.pk:
        assignment.requested_by = by
    assignment.owner = by
    assignment.save()
    _log({story: f"Translation into {language} taken on."}, by=by)
    return assignment


@transaction.atomic
def assign(
    story: Story,
    language: str,
    *,
    to: User | None,
    by: User,
    due_on: date | None = None,
    note: str = "",
) -> Assignment:
    """Gives a translation to somebody, or None to nobody yet, whoever had it, with day and note.

    Raises PermissionDenied, or ValidationError where that person may not translate or nothing is
    to be translated. Locks the story.
    """
    _require(by, ASSIGN, language)
    (story,) = _lock([story])
    assignment = _held(story, language)
    new = (to and to.pk, due_on, note)
    if assignment.pk and new == (assignment.owner_id, assignment.due_on, assignment.note):
        return assignment
    _check([language], due_on if due_on != assignment.due_on else None)
    if to and not _may_translate(to, language):
        raise ValidationError(_("This person may not translate."))
    if not _wanted([story], [language]):
        raise ValidationError(_("There is nothing to translate here."))
    if not assignment.pk:
        assignment.requested_by = by
    assignment.owner, assignment.due_on, assignment.note = to, due_on, note
    assignment.save()
    whom = f"account {to.pk}" if to else "nobody yet"
    _log({story: f"Translation into {language} given to {whom}."}, by=by)
    return assignment


@transaction.atomic
def release(story: Story, language: str, *, by: User) -> None:
    """Gives a translation back, so that somebody else can take it on. Again: nothing happens.

    What its owner had taken on without being asked is wanted by nobody and goes. Raises
    PermissionDenied for who neither owns it nor may give it to others. Locks the story.
    """
    (story,) = _lock([story])
    assignment = _held(story, language)
    owner = assignment.owner
    if owner is None or owner.pk == by.pk:
        _require(by, CLAIM)
    else:
        _require(by, ASSIGN, language)
    if owner is None:
        return
    if assignment.requested_by_id == owner.pk and not owner.has_perm(REQUEST):
        assignment.delete()
    else:
        assignment.owner = None
        assignment.save(update_fields=["owner"])
    _log({story: f"Translation into {language} given back."}, by=by)


@transaction.atomic
def call_off(story: Story, language: str, *, by: User) -> None:
    """Takes back that a translation is wanted, whoever had it. Again: nothing happens.

    Raises PermissionDenied. Locks the story.
    """
    _require(by, ASSIGN, language)
    (story,) = _lock([story])
    deleted, _rows = Assignment.objects.filter(story=story, language=language).delete()
    if deleted:
        _log({story: f"Translation into {language} called off."}, by=by)


def is_wanted(article: Article | None, drift: Drift | None) -> bool:
    """Whether there is something to translate where a story has this article, or none.

    Not where it is published, unless what it was made from has changed since.
    """
    if article is None or article.status != Status.PUBLISHED:
        return True
    return drift is not None and drift.state in ASKS_FOR_WORK


def _require(person: User, permission: str, *languages: str) -> None:
    """The right, and that it holds in these languages."""
    holds = all(holds_at(person, section_id=None, language=code) for code in languages)
    if not (holds and person.has_perm(permission)):
        raise PermissionDenied


def _may_translate(person: User, language: str) -> bool:
    is_at_the_desk = person.is_active and person.is_staff and person.has_perm(CLAIM)
    return is_at_the_desk and holds_at(person, section_id=None, language=language)


def _check(languages: Collection[str], due_on: date | None = None) -> None:
    """Refuses languages that are no editions, and days that have passed."""
    editions, names = SiteSettings.load().editions, dict(settings.LANGUAGES)
    for language in languages:
        if language not in editions:
            name = names.get(language, language)
            raise ValidationError(_("There is no edition in %(language)s.") % {"language": name})
    if due_on and due_on < timezone.localdate(database_now()):
        raise ValidationError({"due_on": _("This day has already passed.")})


def _lock(stories: Iterable[Story]) -> list[Story]:
    """The stories, locked in the order of their keys, with those articles that still stand."""
    standing = Article.objects.exclude(status=Status.WITHDRAWN).order_by("pk")
    known = standing.only("story_id", "language", "status", "headline")
    keys = [story.pk for story in stories]
    rows = Story.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return list(rows.prefetch_related(Prefetch("articles", known)))


def _wanted(locked: list[Story], languages: Collection[str]) -> set[tuple[int, str]]:
    """(story, language) where there is something to translate; never into the original's own."""
    editions = {story.pk: list(story.articles.all()) for story in locked}
    drifts = drift_of([a.pk for a in chain(*editions.values()) if a.status == Status.PUBLISHED])
    wanted = set()
    for key, articles in editions.items():
        by_language = {article.language: article for article in articles}
        for language in languages if articles else ():
            article = by_language.get(language)
            is_original = article is articles[0]
            if not is_original and is_wanted(article, drifts.get(article.pk) if article else None):
                wanted.add((key, language))
    return wanted


def _held(story: Story, language: str) -> Assignment:
    """The assignment as it is stored, or a new one."""
    rows = Assignment.objects.select_related("owner", "requested_by")
    found = rows.filter(story=story, language=language).first()
    return found or Assignment(story=story, language=language)


def _asked(locked: list[Story], changed: list[Assignment]) -> dict[Story, str]:
    """What the log says of each story."""
    languages: dict[int, list[str]] = {}
    for assignment in changed:
        languages.setdefault(assignment.story_id, []).append(assignment.language)
    return {
        story: f"Asked for translation into {', '.join(languages[story.pk])}."
        for story in locked
        if story.pk in languages
    }


def _log(sentences: dict[Story, str], *, by: User) -> None:
    kind = ContentType.objects.get_for_model(Story)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            content_type=kind,
            object_id=str(story.pk),
            object_repr=str(story)[:200],
            action_flag=CHANGE,
            change_message=sentence,
        )
        for story, sentence in sentences.items()
    )
