"""Strict readers of environment variables: a malformed value stops the start with its name."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding space, or `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """A whole number of zero or more; anything else raises ImproperlyConfigured."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number of 0 or more, not {value!r}")
    return int(value)


def site_url(name: str) -> str:
    """An https origin without a path, such as https://courier.example, or '' where unset."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    is_origin = value == f"https://{parts.netloc}" and parts.hostname and "@" not in parts.netloc
    if value and not (is_origin and _has_valid_port(parts)):
        raise ImproperlyConfigured(f"{name} must look like https://news.example, not {value!r}")
    return value


def _has_valid_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def required(name: str, *, because: str) -> str:
    """The variable's text; raises ImproperlyConfigured with the reason where it is missing."""
    if not (value := text(name)):
        raise ImproperlyConfigured(f"{name} must be set: {because}")
    return value


def database(conninfo: str, *, options: dict[str, Any]) -> dict[str, Any]:
    """Django's DATABASES entry for a PostgreSQL URL or conninfo string, read by libpq's rules."""
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(conninfo))
    except Exception as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not a PostgreSQL address: {error}") from error
    keys = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    entry = {ours: str(parts.pop(theirs, "") or "") for theirs, ours in keys.items()}
    if not entry["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database")
    own = {"CONN_HEALTH_CHECKS": True, "OPTIONS": parts | options}
    return {"ENGINE": "django.db.backends.postgresql", **entry, **own}


def mailer(name: str, *, else_below: Path) -> dict[str, Any]:
    """Django's MAILERS entry for smtp://user:password@host:587?security=starttls|tls|none.

    Where the variable is unset, mail is kept as files below `else_below`.
    """
    if not (url := text(name)):
        options: dict[str, Any] = {"file_path": else_below}
        return {"BACKEND": "operations.mail.LocalMailBackend", "OPTIONS": options}
    parts = urlsplit(url)
    security = parse_qs(parts.query).get("security", ["starttls"])[0]
    is_known = parts.scheme == "smtp" and security in {"starttls", "tls", "none"}
    if not (is_known and parts.hostname and _has_valid_port(parts)):
        raise ImproperlyConfigured(
            f"{name} must look like smtp://user:password@host:587?security=starttls|tls|none"
        )
    options = {
        "host": parts.hostname,
        "port": parts.port or 587,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": security == "starttls",
        "use_ssl": security == "tls",
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def stripe() -> dict[str, str]:
    """STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET and STRIPE_API_BASE; '' where they are unset.

    Without a key nobody can give by card. The address of the API is another one in tests alone.
    """
    key = text("STRIPE_SECRET_KEY")
    if key and not key.startswith(("sk_live_", "rk_live_", "sk_test_", "rk_test_")):
        raise ImproperlyConfigured("STRIPE_SECRET_KEY must begin with sk_live_ or sk_test_")
    secret = text("STRIPE_WEBHOOK_SECRET")
    if secret and not secret.startswith("whsec_"):
        raise ImproperlyConfigured("STRIPE_WEBHOOK_SECRET must begin with whsec_")
    base = text("STRIPE_API_BASE").rstrip("/")
    parts = urlsplit(base)
    is_origin = parts.hostname and base == f"{parts.scheme}://{parts.netloc}"
    if base and not (is_origin and parts.scheme in ("http", "https") and _has_valid_port(parts)):
        raise ImproperlyConfigured("STRIPE_API_BASE must look like http://127.0.0.1:12111")
    return {"key": key, "webhook_secret": secret, "api_base": base}


def checkouts(stripe: dict[str, str]) -> list[str]:
    """Where a giver's form may lead on to."""
    return [stripe["api_base"] or "https://checkout.stripe.com"] if stripe["key"] else []


def generated_secret(path: Path) -> str:
    """A random key kept in `path`, made at the first call, also when two processes race."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)  # fails, instead of replacing, when another process was first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii")
