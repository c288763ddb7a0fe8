"""What stands around every page of an edition: its sections and its standing pages."""

from functools import cached_property

from django.http import HttpRequest

from articles.models import Article, Page, Section
from operations.composed import Asked, Composed, all_of

_sections: Composed[Section] = Composed(lambda: Section.objects.all())
_standing_pages: Composed[Page] = Composed(
    lambda language: Page.objects.filter(language=language).defer("body"), language=str
)


class Furniture:
    """Two queries on one way, and only where a page shows them."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def _rows(self) -> tuple[list[Section], list[Page]]:
        sections, pages = all_of((_sections, {}), (_standing_pages, {"language": self._language}))
        return sections, pages

    def sections(self) -> list[Section]:
        return self._rows[0]

    def standing_pages(self) -> list[Page]:
        return self._rows[1]


def sections_foreseen(_request: HttpRequest, _article: Article) -> Asked:
    return _sections, {}


def pages_foreseen(_request: HttpRequest, article: Article) -> Asked:
    return _standing_pages, {"language": article.language}
