"""Which articles the desk puts where on a page of articles, and how the latest fill the rest."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from articles.models import Article, ArticleQuerySet, Section, Slot


def slots_at(now: datetime, *, language: str, section: Section | None) -> list[Slot]:
    """The slots that count at `now`, by position, each article once. One query.

    Those whose article readers may not see then are left out, and with them their places.
    """
    live = Article.objects.live(now).in_edition(language)
    found = Slot.objects.standing(now).filter(language=language, section=section)
    slots: dict[int, Slot] = {}
    for slot in found.filter(article__in=live).order_by("position", "id"):
        slots.setdefault(slot.article_id, slot)
    return list(slots.values())


def places(slots: Sequence[Slot], *, others: int) -> dict[int, int]:
    """{place, from 0: key of the article there}; all other places belong to `others` articles.

    Pinned ones keep their position, as far as the page reaches; of two at one position the second
    comes next. Those without a pin take the first places that are free.
    """
    pinned, loose = _queues(slots)
    found: dict[int, int] = {}
    place, left = 0, others
    while pinned or loose:
        if pinned and (pinned[0].position <= place + 1 or not (loose or left)):
            found[place] = pinned.pop(0).article_id
        elif loose:
            found[place] = loose.pop(0).article_id
        else:
            left -= 1
        place += 1
    return found


def _queues(slots: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
    """Those with a pin and those without, each in the order of their positions."""
    pinned = [slot for slot in slots if slot.is_pinned]
    return pinned, [slot for slot in slots if not slot.is_pinned]


class Arranged:
    """Articles, the newest first, around those in slots: what a paginator cuts into pages."""

    def __init__(self, articles: ArticleQuerySet, slots: Sequence[Slot] = ()) -> None:
        self._chosen = [slot.article_id for slot in slots]
        self._slots = slots
        self._latest = articles.exclude(pk__in=self._chosen) if slots else articles

    @cached_property
    def _number_of_latest(self) -> int:
        return self._latest.count()

    @cached_property
    def _places(self) -> dict[int, int]:
        return places(self._slots, others=self._number_of_latest)

    def count(self) -> int:
        return self._number_of_latest + len(self._chosen)

    def __getitem__(self, part: slice) -> list[Article]:
        """Two queries for the latest, two more where the part has slots."""
        wanted = range(part.start, min(part.stop, self.count()))
        keys = [self._places[place] for place in wanted if place in self._places]
        chosen = Article.objects.for_listing().in_bulk(keys) if keys else {}
        begin = part.start - sum(place < part.start for place in self._places)
        latest = self._latest.newest_first().for_listing()
        others: Iterator[Article] = iter(latest[begin : begin + len(wanted) - len(keys)])
        found = (
            chosen.get(self._places[place]) if place in self._places else next(others, None)
            for place in wanted
        )
        return [article for article in found if article]
