"""What stands beside an article's form: one panel for each thing that is to be known of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest

from articles.admin import checklist_panel, preview_views, reviewing
from articles.admin.picture_panel import about_pictures
from articles.admin.revision_panel import about_revisions
from articles.models import Article


class Panel(NamedTuple):
    """A template below `admin/articles/article/`, and what fills it; None where it has no place.

    `about(request, article)` is asked on GET and on a form that comes back, while the rows say what
    the form shows. Its answer is `panel` in the template, beside the form's own context. A panel
    that sends something has buttons with `form=` or a form of its own: panels stand outside the
    article's form.
    """

    template: str
    about: Callable[[HttpRequest, Article], dict[str, Any] | None]


PANELS: list[Panel] = [
    Panel("_checklist.html", checklist_panel.about),
    Panel("_review.html", reviewing.about),
    Panel("_pictures.html", about_pictures),
    Panel("_preview_links.html", preview_views.about_links),
    Panel("_revisions_panel.html", about_revisions),
]


def panels(request: HttpRequest, article: Article | None) -> list[tuple[str, dict[str, Any]]]:
    """(template, its `panel`) of those that have something to say of a stored article."""
    if article is None:
        return []
    found = [(panel.template, panel.about(request, article)) for panel in PANELS]
    return [(f"admin/articles/article/{name}", about) for name, about in found if about is not None]
