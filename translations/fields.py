"""Fields that keep one spelling per value: web addresses and language codes."""

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

DEFAULT_PORTS = {"http": 80, "https": 443}
# The database's own check of what `normalised_address` yields.
ADDRESS_PATTERN = r"^https?://[^[:space:]/?#@A-Z]+/[^[:space:]#]*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"


def normalised_address(address: str) -> str:
    """The one way to write a web address.

    Scheme and host in lower case; without fragment, default port and utm_* parameters.
    Raises ValidationError for anything but a plain http or https address.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise ValidationError(_("This is not a web address."), code="invalid")
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValidationError(
            _("Give a web address that begins with http:// or https://."), code="invalid"
        )
    if parts.username is not None:
        raise ValidationError(_("A web address here holds no sign-in name."), code="invalid")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port not in (None, DEFAULT_PORTS[parts.scheme]):
        host = f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if not part.startswith("utm_"))
    return urlunsplit(SplitResult(parts.scheme, host, parts.path or "/", query, ""))


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
