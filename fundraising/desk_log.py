"""Who of the desk decided what of which gift: numbers alone, never whose it is."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from accounts.models import User


def note(model: type[Model], keys: Iterable[int], what: str, *, by: User) -> None:
    """One line for each row, as the desk's own history shows it. One query."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    LogEntry.objects.bulk_create(
        LogEntry(
            user_id=by.pk,
            content_type=kind,
            object_id=str(key),
            object_repr=f"#{key}",
            action_flag=CHANGE,
            change_message=what,
        )
        for key in keys
    )
