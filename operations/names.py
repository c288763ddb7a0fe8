"""One text per language with a fallback: names of sections and people, the site's footer."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from richtext.plain import plain_text, visible_text


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in `language` (default: the active one), else the default language's, else any."""
    return texts.get(language_of(texts, language), "")


def language_of(texts: dict[str, str], language: str | None = None) -> str:
    """Of what `in_language` gives; '' where there is no text."""
    wanted = (language or get_language() or "", settings.LANGUAGE_CODE, *texts)
    return next((code for code in wanted if texts.get(code)), "")


class LanguageTextWidget(forms.MultiWidget):
    """One labelled input per language."""

    template_name = "operations/widgets/language_text.html"

    def __init__(self, *, long: bool = False, attrs: dict[str, Any] | None = None) -> None:
        widget = forms.Textarea if long else forms.TextInput
        size: dict[str, Any] = {"rows": 3} if long else {"class": "vTextField"}
        super().__init__(
            {code: widget(attrs={"lang": code, "aria-label": name, "dir": "auto", **size})
             for code, name in settings.LANGUAGES}, attrs
        )  # fmt: skip

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = [label for _code, label in settings.LANGUAGES]
        for label, subwidget in zip(labels, context["widget"]["subwidgets"], strict=True):
            subwidget["language"] = label
        return context


class LanguageTextFormField(forms.MultiValueField):
    """Yields {language: text} without the empty ones; the default language's is required."""

    def __init__(self, *, long: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        fields = [
            forms.CharField(
                required=False, max_length=max_length, validators=[plain_text, visible_text]
            )
            for _l in settings.LANGUAGES
        ]
        kwargs["widget"] = LanguageTextWidget(long=long)
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, str]:
        codes = (code for code, _name in settings.LANGUAGES)
        return {code: text for code, text in zip(codes, values, strict=False) if text}

    def clean(self, value: Any) -> dict[str, str]:
        texts = super().clean(value) or {}
        if self.required and not texts.get(settings.LANGUAGE_CODE):
            raise forms.ValidationError(
                _("Give at least the text in the default language."), code="required"
            )
        return texts


class LanguageTextField(models.JSONField):
    """A JSON object {language code: text}, edited with one input per language."""

    def __init__(self, *args: Any, long: bool = False, max_text: int = 120, **kwargs: Any) -> None:
        self.long, self.max_text = long, max_text
        super().__init__(*args, **{"default": dict, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return LanguageTextFormField(
            long=self.long,
            max_length=self.max_text,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )
