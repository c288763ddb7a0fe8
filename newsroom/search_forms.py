"""What readers may ask of the search."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Section

MOST_LETTERS = 200
# Controls, and signs that turn the reading direction: nobody types them, and no text has them.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ALL_LANGUAGES = "all"
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]


class Kind(models.TextChoices):
    ARTICLES = "articles", _("Articles")
    COMMENTS = "comments", _("Comments")


class Order(models.TextChoices):
    BEST = "best", _("Best match first")
    NEWEST = "newest", _("Newest first")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SearchForm(forms.Form):
    """Whatever an address says, or does not say: nothing is required."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MOST_LETTERS,
        error_messages={"max_length": _("Search for at most %(limit_value)d characters.")},
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    lang = forms.ChoiceField(label=_("Language"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    by = forms.CharField(
        label=_("Name in the byline"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    since = forms.DateField(
        label=pgettext_lazy("a day", "From"), required=False, validators=DAYS, widget=DayInput
    )
    until = forms.DateField(
        label=pgettext_lazy("a day", "Until"), required=False, validators=DAYS, widget=DayInput
    )
    sort = forms.ChoiceField(label=_("Order"), choices=Order, required=False)

    def __init__(
        self,
        asked: dict[str, str],
        *,
        kind: Kind,
        here: str,
        editions: Iterable[str],
        **options: Any,
    ) -> None:
        """`here` is the edition's language, which is searched where nothing else is asked for."""
        seen = {name: UNSEEN.sub("", text) for name, text in asked.items()}
        super().__init__({"lang": here, "sort": Order.BEST} | seen, **options)
        names = dict(settings.LANGUAGES)
        languages = [(code, names[code]) for code in editions if code in names]
        fields: dict[str, Any] = self.fields
        if kind == Kind.COMMENTS:
            del fields["by"]
        fields["lang"].choices = [*languages, (ALL_LANGUAGES, _("All languages"))]
        sections = [(each.slug, each.name) for each in Section.objects.all()]
        fields["section"].choices = [("", _("All sections")), *sections]
        self._editions, self._here = [code for code, _name in languages], here

    @property
    def languages(self) -> list[str]:
        """Of valid ones: where to look."""
        chosen = self.cleaned_data["lang"]
        return self._editions if chosen in ("", ALL_LANGUAGES) else [chosen]

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than words, or wrongly asked, so that it has to be seen."""
        names = self.fields.keys() & {"section", "by", "since", "until"}
        is_other = self.data["lang"] != self._here
        return is_other or any(self.data.get(name) for name in names) or bool(self.errors)
