"""Choosing related things at the desk: searched for with scripts, listed without."""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import QuerySet

LISTED = 200


class Choices:
    """The first LISTED rows of `offered`, and what else was chosen, as (key, label).

    The widgets of all rows of one form share it: one query for what is offered, and one more
    for each choice that is not among it, as Django's own widget makes for every choice.
    """

    def __init__(self, offered: QuerySet) -> None:
        self.offered = offered
        self._listed: dict[str, str] | None = None

    def listed(self) -> dict[str, str]:
        if self._listed is None:
            self._listed = {str(row.pk): str(row) for row in self.offered[:LISTED]}
        return self._listed

    def unlisted(self, chosen: Iterable[str], among: QuerySet) -> dict[str, str]:
        keys = {key for key in chosen if key.isascii() and key.isdigit() and len(key) < 19}
        missing = keys - self.listed().keys()
        return {str(row.pk): str(row) for row in among.filter(pk__in=missing)} if missing else {}


class ListedSelect(AutocompleteSelect):
    """Adds plain options to Django's widget; its script asks the server and ignores them."""

    allow_multiple_selected = False

    def __init__(self, *args: Any, offered: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listing = Choices(offered)

    def __deepcopy__(self, memo: dict) -> Any:
        """A copy for one form, with the same listing."""
        result = copy(self)
        result.attrs, result.choices = self.attrs.copy(), copy(self.choices)
        memo[id(self)] = result
        return result

    def optgroups(self, name: str, value: Sequence[Any], attrs: Any = None) -> list:
        chosen = {str(key) for key in value if key not in (None, "")}
        options = self.listing.unlisted(chosen, self.choices.queryset) | self.listing.listed()
        if not self.allow_multiple_selected:  # without an empty one browsers choose the first
            options = {"": self.choices.field.empty_label or ""} | options
        rows = enumerate(options.items())
        return [
            (None, [self.create_option(name, key, label, key in chosen, index)], index)
            for index, (key, label) in rows
        ]


class ListedSelectMultiple(ListedSelect, AutocompleteSelectMultiple):
    allow_multiple_selected = True
