"""The desk's first page: what waits for the person, what comes, and how things stand."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple, cast

from django.db.models import Case, Q, When
from django.db.models.functions import Least
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, localdate, localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models import Article, Image, Slot, Status
from articles.waiting import oldest_drafts, waiting_for
from comments.guests import guest_id
from comments.models import Appeal, Notice
from comments.queues import HELD, REPORTED, UNREVIEWED, counts
from fundraising.checking import waiting
from fundraising.goals import GoalBar
from fundraising.models import Campaign, Donation, DonationState
from operations.clock import request_now
from translations.assigning import CLAIM
from translations.models import Permission
from translations.open_work import open_assignments

AHEAD = timedelta(days=14)
MOST_DRAFTS, MOST_EVENTS, MOST_CAMPAIGNS = 10, 60, 3
WRITE = "articles.change_article"


class Event(NamedTuple):
    """Something that happens at a moment, or at the end of a day where `is_timed` is not."""

    at: datetime
    what: Promise | str
    title: str
    address: str
    language: str = ""
    is_timed: bool = True


def desk_home(request: HttpRequest) -> dict[str, Any]:
    """What the page shows of what the person may know. A dozen queries, however much there is."""
    person, now, guest = cast(User, request.user), request_now(request), guest_id(request)
    home: dict[str, Any] = {"now": now}
    if person.has_perm(CLAIM):
        home["translations_waiting"] = open_assignments(person.pk).count()
    if person.has_perm(WRITE):
        home["waiting"] = waiting_for(person)
        drafts = oldest_drafts(person)
        home["drafts"], home["draft_count"] = list(drafts[:MOST_DRAFTS]), drafts.count()
        home["days"] = days(person, now)
    if person.has_perm("comments.change_comment"):
        home["queues"] = counts((HELD, REPORTED, UNREVIEWED))
    if person.has_perm("comments.change_appeal"):
        home["appeal_count"] = Appeal.objects.answerable_by(person, guest=guest).count()
    if person.has_perm("comments.change_notice"):
        home["notice_count"] = Notice.objects.answerable_by(person, guest=guest).count()
    if person.has_perm("fundraising.change_dedication"):
        home["dedication_count"] = Donation.objects.in_moderation_queue().count()
    if person.has_perm("fundraising.change_campaign"):
        running = Campaign.objects.running(now).with_raised()[:MOST_CAMPAIGNS]
        home["campaigns"] = [GoalBar(campaign) for campaign in running]
        home["awaited_count"] = Donation.objects.filter(state=DonationState.PENDING).count()
        home["to_look_at"] = sum(finding.count for finding in waiting(now))
    return home


def days(person: User, now: datetime) -> list[tuple[date, list[Event]]]:
    """What begins and ends in the next two weeks, by day. Four queries at most."""
    until = now + AHEAD
    found = [*_of_articles(now, until)]
    if person.has_perm("articles.view_slot"):
        found += _of_slots(now, until)
    if person.has_perm("articles.view_image"):
        found += _of_pictures(now, until)
    if person.has_perm("translations.view_permission"):
        found += _of_permissions(now, until)
    found.sort(key=lambda event: event.at)
    by_day = groupby(found[:MOST_EVENTS], key=lambda event: localtime(event.at).date())
    return [(day, list(events)) for day, events in by_day]


def _of_articles(now: datetime, until: datetime) -> Iterator[Event]:
    names = ("publish_at", "unpublish_at", "embargoed_until")
    soon = Q()
    for name in names:
        soon |= Q(**{f"{name}__gt": now, f"{name}__lte": until})
    articles = Article.objects.filter(soon).exclude(status=Status.WITHDRAWN)
    known = articles.only("headline", "language", "status", *names)
    comes_next = Least(*(Case(When(**{f"{name}__gt": now, "then": name})) for name in names))
    for article in known.order_by(comes_next, "pk")[:MOST_EVENTS]:
        is_draft = article.status == Status.DRAFT
        for name, what in (
            ("publish_at", _("planned, still a draft") if is_draft else _("begins")),
            ("unpublish_at", _("ends")),
            ("embargoed_until", _("embargo ends")),
        ):
            at = getattr(article, name)
            if at is not None and now < at <= until:
                yield Event(at, what, str(article), _form("article", article), article.language)


def _of_slots(now: datetime, until: datetime) -> Iterator[Event]:
    soon = Q(begins_at__gt=now, begins_at__lte=until) | Q(ends_at__gt=now, ends_at__lte=until)
    slots = Slot.objects.filter(soon).select_related("article", "section").defer("article__body")
    comes_next = Case(When(begins_at__gt=now, then="begins_at"), default="ends_at")
    for slot in slots.order_by(comes_next, "id")[:MOST_EVENTS]:
        for at, what in (
            (slot.begins_at, _("takes its place on the page")),
            (slot.ends_at, _("leaves its place on the page")),
        ):
            if at is not None and now < at <= until:
                yield Event(
                    at, what, str(slot.article), _form("article", slot.article), slot.language
                )


def _of_pictures(now: datetime, until: datetime) -> Iterator[Event]:
    window = (localdate(now), localdate(until))
    images = Image.objects.filter(licence_ends_on__range=window)
    for image in images.order_by("licence_ends_on", "id")[:MOST_EVENTS]:
        last = cast(date, image.licence_ends_on)
        yield _at_the_end_of(
            last, _("licence of a picture ends"), str(image), _form("image", image)
        )


def _of_permissions(now: datetime, until: datetime) -> Iterator[Event]:
    window = (localdate(now), localdate(until))
    known = Permission.objects.filter(ends_on__range=window)
    known = known.select_related("source_work__publication", "publication")
    for each in known.order_by("ends_on", "id")[:MOST_EVENTS]:
        address = reverse("admin:translations_permission_change", args=[each.pk])
        yield _at_the_end_of(cast(date, each.ends_on), _("permission ends"), str(each), address)


def _at_the_end_of(day: date, what: Promise | str, title: str, address: str) -> Event:
    at = datetime.combine(day, time.max, tzinfo=get_current_timezone())
    return Event(at, what, title, address, is_timed=False)


def _form(model: str, row: Any) -> str:
    return reverse(f"admin:articles_{model}_change", args=[row.pk])
