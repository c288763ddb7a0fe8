"""Every address of the desk, taken from the URL configuration, and rows in every state for it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles import drafts
from articles.models import Article, Role, Status
from articles.publishing import publish, withdraw
from tests.builders import make_article, make_colleague, make_contributor
from tests.newsroom.desk_world import make_world
from tests.translations.builders import make_attribution

STATES = ("draft", "scheduled", "live", "changed", "ended", "withdrawn")
# Addresses whose answer says nothing of the person: the way out, texts for scripts.
OPEN = {"logout", "jsi18n", "login"}


class Address(NamedTuple):
    """`route` as it is configured, without what Django adds; `names` are its parts to be filled."""

    route: str
    names: tuple[str, ...]

    @property
    def is_of_an_article(self) -> bool:
        return self.route.startswith("articles/article/") and bool(self.names)

    def filled(self, keys: dict[str, Any]) -> str:
        route = self.route
        for name in self.names:
            for kind in ("int:", "str:", "path:", "slug:", ""):
                route = route.replace(f"<{kind}{name}>", str(keys.get(name, keys["its"])))
        return f"/admin/{route}"


def addresses() -> list[Address]:
    """All addresses below /admin/, each once, in their order."""
    found = {
        Address(route.removeprefix("admin/"), names): None
        for route, names in _routes(get_resolver().url_patterns, "", ())
        if route.startswith("admin/") and "^" not in route and "(?P" not in route
    }
    return [each for each in found if not each.route.rstrip("/").endswith(tuple(OPEN))]


def _routes(patterns: Any, prefix: str, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = prefix + str(each.pattern)
        known = (*names, *each.pattern.converters)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route, known)
        elif isinstance(each, URLPattern):
            yield route, known


def make_states() -> dict[str, Article]:
    """One article in each of STATES, with a credit, by people who are nobody's accounts."""
    editor, now = make_colleague("editor"), timezone.now()
    articles = {state: _written(state) for state in STATES}
    for state, article in articles.items():
        drafts.save_draft(article, by=editor, based_on=None)
        if state != "draft":
            begins = now + timedelta(days=1 if state == "scheduled" else -2)
            publish(article, by=editor, publish_at=begins)
    Article.objects.filter(pk=articles["ended"].pk).update(unpublish_at=now - timedelta(days=1))
    base = drafts.newest(articles["changed"])
    content = drafts.snapshot(articles["changed"]) | {"headline": "Changed"}
    drafts.save_draft(articles["changed"], content, by=editor, based_on=base)
    withdraw(articles["withdrawn"], by=editor)
    return articles


def _written(state: str) -> Article:
    article = make_article(
        slug=f"in-{state}",
        headline=f"This is {state}",
        status=Status.DRAFT,
        byline=[(make_contributor(), Role.TRANSLATOR)],
    )
    make_attribution(article=article)
    return article


# What stands for an object's key in the addresses of each model's pages.
ROWS = {
    "article": "live", "story": "story", "contributor": "person", "revision": "revision",
    "image": "picture", "section": "section", "topic": "topic", "page": "page",
    "series": "series",
    "comment": "comment", "discussion": "conversation", "passage": "question",
    "errorreport": "report", "sanction": "sanction", "flag": "flag", "appeal": "appeal",
    "notice": "notice", "protection": "protection",
    "campaign": "campaign", "ledgerentry": "gift", "user": "user",
    "donation": "donation", "statement": "statement", "dedication": "dedication",
    "receipt": "receipt",
    "publication": "publication", "sourcework": "source", "sourcetext": "text",
    "licence": "licence", "permission": "permission", "sitesettings": "settings",
    "desk": "story", "remit": "remit", "redirect": "redirect", "slot": "slot",
}  # fmt: skip


def make_keys() -> dict[str, dict[str, Any]]:
    """{model: {part of an address: key}}; `its` is the object's own."""
    world = vars(make_world()) | {"settings": 1}
    given = {"language": "de", "content_type_id": 1, "app_label": "articles", "url": "nothing"}
    given |= {"dimension": "article", "name": "held"}
    given |= {"first": world["person"], "second": world["double"]}
    return {model: given | {"its": world[name]} for model, name in ROWS.items()}


def key_of(address: Address, keys: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The keys for the address's model; of one that has no row, of a row that is not there."""
    parts = address.route.split("/")
    model = parts[1] if len(parts) > 1 else ""
    return keys.get(model, keys["article"] | {"its": 10**9})
