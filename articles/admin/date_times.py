"""Moments in the desk's forms: read in the newsroom's time zone, which they name, beside UTC."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField, Media, Script
from django.utils import timezone

from articles import times


class MomentWidget(AdminSplitDateTime):
    """Django's two inputs, and below them the time zone and what they say in UTC.

    Without scripts what they said when the form was opened.
    """

    template_name = "admin/articles/widgets/moment.html"

    @property
    def media(self) -> Media:
        module: Any = Script("articles/moments.js", type="module")
        return super().media + Media(js=[module])

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        moment = _moment(value)
        context["zone"] = times.zone_name()
        context["is_utc"] = times.is_utc()
        context["in_utc"] = times.in_utc(moment) if moment else ""
        context["offset"] = times.offset_of(moment or timezone.now())
        for widget in context["widget"]["subwidgets"]:
            own = widget["attrs"].get("aria-describedby", "")
            widget["attrs"]["aria-describedby"] = f"{own} {_zone_id(name)}".strip()
        context["zone_id"] = _zone_id(name)
        return context


class MomentField(forms.SplitDateTimeField):
    """Refuses a time that the newsroom's clocks leave out or show twice, and says why.

    Not the one that is stored: left as it is shown it stays the moment that it was, to the
    fraction of a second.
    """

    widget = MomentWidget
    stored: Any = None

    def get_bound_field(self, form: Any, field_name: str) -> BoundField:
        self.stored = form.initial.get(field_name)
        return super().get_bound_field(form, field_name)

    def compress(self, data_list: Any) -> datetime | None:
        day, hour = (*(data_list or ()), None, None)[:2]
        if isinstance(day, date) and isinstance(hour, time):
            typed = datetime.combine(day, hour)
            return self.stored if typed == _shown(self.stored) else times.in_newsroom(typed)
        return super().compress(data_list)


def _shown(stored: Any) -> datetime | None:
    """What the newsroom's clock shows at that moment, as the form does."""
    if not (isinstance(stored, datetime) and timezone.is_aware(stored)):
        return None
    return timezone.make_naive(stored).replace(microsecond=0)


def _zone_id(name: str) -> str:
    return f"id_{name}_zone"


def _moment(value: Any) -> datetime | None:
    """What is in the field: a moment, or what was typed and came back."""
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else _in_newsroom(value)
    try:
        return MomentField(required=False).clean(value) if isinstance(value, list) else None
    except ValidationError:
        return None


def _in_newsroom(naive: datetime) -> datetime | None:
    try:
        return times.in_newsroom(naive)
    except ValidationError:
        return None


MOMENTS: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget}
}
