"""Django ignores settings that it does not know: each safety switch is tested by its effect."""

import os
import subprocess
import sys

import pytest

from tests.builders import make_site

PRODUCTION = {
    "SITE_URL": "https://newsroom.example",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql://news@localhost/news",
}


def run_with(code, **variables):
    """`python -c` under these environment variables."""
    kept = {k: v for k, v in os.environ.items() if k not in PRODUCTION}
    env = {**kept, "DJANGO_SETTINGS_MODULE": "newsroom.settings", **variables}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def settings_with(**variables):
    """Prints some of the settings under these environment variables."""
    return run_with(
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0,"
        " s.ALLOWED_HOSTS, s.DEBUG, s.IS_LOCAL)",
        **variables,
    )


def test_site_address_makes_a_public_site_secure():
    done = settings_with(**PRODUCTION)
    assert done.stdout.strip() == "True True True ['newsroom.example'] False False"


def test_local_site_is_local_and_never_in_debug_mode():
    done = settings_with()
    assert done.stdout.strip() == "False False False ['localhost', '127.0.0.1', '[::1]'] False True"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL"])
def test_public_site_does_not_start_without_its_secrets(missing):
    done = settings_with(**{k: v for k, v in PRODUCTION.items() if k != missing})
    assert done.returncode == 1
    assert f"{missing} must be set" in done.stderr


def test_faults_are_said_on_standard_error_and_missing_pages_are_not():
    code = (
        "import django, logging; django.setup();"
        "logging.getLogger('django.request').warning('Not Found: /x');"
        "logging.getLogger('django.request').error('It broke');"
        "logging.getLogger('newsroom.mail').info('Mail to Ines')"
    )
    said = run_with(code).stderr
    assert "It broke" in said and "Mail to Ines" in said
    assert "Not Found" not in said


@pytest.mark.django_db
def test_public_page_is_the_same_for_everybody(client, admin_client):
    make_site()
    one, other = client.get("/"), admin_client.get("/")
    assert one.content == other.content
    assert "Set-Cookie" not in other.headers and not other.cookies
    assert other.get("Vary", "") == one.get("Vary", "") == ""


@pytest.mark.django_db
def test_public_page_has_the_strict_policy_without_a_nonce(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "nonce" not in policy and "unsafe" not in policy


@pytest.mark.parametrize("key", ["", "sk_live_x"])
def test_forms_lead_to_the_checkout_only_where_one_gives_by_card(key):
    code = "from django.conf import settings as s; print(*s.SECURE_CSP['form-action'])"
    said = run_with(code, STRIPE_SECRET_KEY=key).stdout.strip()
    assert said == ("'self' https://checkout.stripe.com" if key else "'self'")


@pytest.mark.django_db
def test_unknown_host_is_refused(client):
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
