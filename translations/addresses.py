"""The one way to write a web address, so that the same page is recognised."""

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT_PORTS = {"http": 80, "https": 443}
# The database's own check of what `normalised_address` yields.
ADDRESS_PATTERN = r"^https?://[^[:space:]/?#@A-Z]+/[^[:space:]#]*$"
PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
BARE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986, 2.3: the same with and without %
DOTS = str.maketrans("。．｡", "...")  # all of them part the names of a host


def normalised_address(address: str) -> str:
    """Scheme and host in lower case, an international host as `xn--`, % only where it is needed.

    Without fragment, default port, utm_* parameters, and the steps `.` and `..` of a path.

    Raises ValidationError for anything but a plain http or https address.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        name = _ascii_host(parts.hostname or "")
    except ValueError:
        raise ValidationError(_("This is not a web address."), code="invalid")
    if parts.scheme not in DEFAULT_PORTS or not name:
        raise ValidationError(
            _("Give a web address that begins with http:// or https://."), code="invalid"
        )
    if parts.username is not None:
        raise ValidationError(_("A web address here holds no sign-in name."), code="invalid")
    host = f"[{name}]" if ":" in name else name
    if port not in (None, DEFAULT_PORTS[parts.scheme]):
        host = f"{host}:{port}"
    pairs = [part for part in parts.query.split("&") if part]
    query = "&".join(_encoded(part) for part in pairs if not part.lower().startswith("utm_"))
    path = _without_dots(_encoded(parts.path)) or "/"
    return urlunsplit(SplitResult(parts.scheme, host, path, query, ""))


def _ascii_host(name: str) -> str:
    """The host as the network knows it: RFC 3492, letters first made one by NFKC."""
    labels = unicodedata.normalize("NFKC", name.translate(DOTS)).lower().rstrip(".").split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def _encoded(text: str) -> str:
    """One spelling of each sign: RFC 3986, 6.2.2."""

    def spelled(found: re.Match[str]) -> str:
        sign = chr(int(found[1], 16))
        return sign if UNRESERVED.fullmatch(sign) else found[0].upper()

    return quote(PERCENT.sub(spelled, BARE_PERCENT.sub("%25", text)), safe="%!$&'()*+,;=:@/?~")


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4, for a path that begins with a slash."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part not in (".", ".."):
            kept.append(part)
        elif part == ".." and len(kept) > 1:
            kept.pop()
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
