"""Fields that keep one spelling per value: web addresses and language codes."""

import re
from typing import Any

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from translations.addresses import normalised_address

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"


class WebAddressField(models.URLField):
    """An http or https address, stored in its normalised form."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 1000, **kwargs})

    def to_python(self, value: Any) -> Any:
        return normalised_address(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 (Django's)
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def check_language(code: str) -> None:
    """Raises ValidationError unless `code` is a language that the site can name."""
    try:
        if re.fullmatch(LANGUAGE_PATTERN, code):
            Locale.parse(code, sep="-")
            return
    except (UnknownLocaleError, ValueError):
        pass
    raise ValidationError(
        _("“%(code)s” is not a language code. Write it like de, fr or pt-br."),
        code="invalid",
        params={"code": code},
    )


class LanguageCodeField(models.CharField):
    """Any language of the world, by its code in lower case, like de or pt-br."""

    default_validators = [check_language]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 16, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower().replace("_", "-") if value else value
