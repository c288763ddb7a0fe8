"""The desk's part in keeping pages true."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from pagecache.drops import drop


class DropsPages:
    """An admin whose changes show on pages: it drops them in the transaction of the change.

    All pages, unless `tags_of` says which; none for a new row where it stands nowhere yet.
    """

    is_shown_when_new = True

    def tags_of(self, obj: Any) -> tuple[str, ...]:
        return ("site",)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        if self.is_shown_when_new:
            self._drop(obj)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._drop(obj)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self._drop(obj)
        super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        for obj in gone:
            self._drop(obj)

    def _drop(self, obj: Any) -> None:
        if tags := self.tags_of(obj):
            drop(*tags)
