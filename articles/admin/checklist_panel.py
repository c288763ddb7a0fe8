"""The checklist beside an article's form: what stands in the way, and what is to be considered."""

from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import DateTimeField
from django.http import HttpRequest

from articles.admin.article_form import may_change
from articles.checklist import Finding, findings
from articles.models import Article
from articles.publishing import NotPublishable

# Where parts of an article's form begin that are no fields of it.
PLACES = {"byline": "id_contributions-0-contributor", "credit": "id_attribution-0-origin"}


class Line(NamedTuple):
    """One finding, and the id of the field that it is about, if it is about one."""

    message: str
    place: str


def about(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """What the checklist says of what the form shows; of what the verb refused, if it did."""
    if not may_change(request, article):
        return None
    found = getattr(request, "findings", None)
    return lines(findings(article) if found is None else found)


def lines(found: list[Finding]) -> dict[str, list[Line]]:
    """`blocks` and `warnings`, each once."""
    told: dict[str, list[Line]] = {"blocks": [], "warnings": []}
    for finding in dict.fromkeys(found):
        line = Line(finding.message, place_of(finding.field))
        told["warnings" if finding.is_warning else "blocks"].append(line)
    return told


def place_of(field: str) -> str:
    if field in PLACES or not field:
        return PLACES.get(field, "")
    try:
        is_moment = isinstance(Article._meta.get_field(field), DateTimeField)
    except FieldDoesNotExist:
        return ""
    return f"id_{field}_0" if is_moment else f"id_{field}"


def warnings_in_the_way(refused: ValidationError) -> list[Line]:
    """The warnings, if they are all that was in the way."""
    if isinstance(refused, NotPublishable) and refused.is_overridable:
        return lines(refused.findings)["warnings"]
    return []
