"""What an article's page is going to ask, of whatever app: asked on one way with its byline.

Apps register queries from `AppConfig.ready`, and ask them where their part of the page is made, as
if nobody had: see `operations.composed.asking_ahead`.
"""

from collections.abc import Callable

from django.http import HttpRequest

from articles.models import Article
from operations.composed import Asked

# None where this request is not going to ask.
Foreseen = Callable[[HttpRequest, Article], Asked | None]
_registered: list[Foreseen] = []


def register(*queries: Foreseen) -> None:
    _registered.extend(queries)


def foreseen(request: HttpRequest, article: Article) -> list[Asked]:
    """In the order of their registration. The request knows what time it is."""
    found = (query(request, article) for query in _registered)
    return [asked for asked in found if asked]
