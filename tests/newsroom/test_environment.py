import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment


def test_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("PORT", " ")
    assert environment.number("PORT", 8000) == 8000


@pytest.mark.parametrize("value", ["-1", "1.5", "8e3", "٣", "eight"])
def test_malformed_number_stops_the_start_with_its_name(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        environment.number("PORT", 8000)


@pytest.mark.parametrize(
    "value",
    ["http://news.example", "https://", "https://a.example/x", "a", "https://a.example#x",
     "https://a.example?x", "https://ana@a.example", "https://a.example:port"],
)  # fmt: skip
def test_site_url_must_be_an_https_origin(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site_url("SITE_URL")


def test_site_url_loses_its_last_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://news.example/")
    assert environment.site_url("SITE_URL") == "https://news.example"


def test_database_url_is_read_by_the_rules_of_libpq():
    url = "postgresql://ana:p%40ss@db.example:5433/news?sslmode=require&host=/var/run"
    entry = environment.database(url, options={})
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("news", "ana", "p@ss")
    assert entry["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host/", "postgresql://h/d?colour=1"])
def test_other_database_addresses_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(url, options={})


def test_mail_address_is_read_with_its_security(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp://desk:s%2Fecret@mail.example?security=tls")
    options = environment.mailer("EMAIL_URL", else_below=tmp_path)["OPTIONS"]
    assert options == {
        "host": "mail.example",
        "port": 587,
        "username": "desk",
        "password": "s/ecret",
        "use_tls": False,
        "use_ssl": True,
    }


@pytest.mark.parametrize(
    "url",
    ["mail.example", "smtp://", "smtp://m.example?security=maybe", "smtp://m.example:port"],
)
def test_malformed_mail_address_is_refused(monkeypatch, tmp_path, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment.mailer("EMAIL_URL", else_below=tmp_path)


def test_mail_is_kept_as_files_where_no_server_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert environment.mailer("EMAIL_URL", else_below=tmp_path)["OPTIONS"]["file_path"] == tmp_path


def test_racing_starts_agree_on_one_generated_key(tmp_path):
    keys = []
    path = tmp_path / "data" / "secret-key"
    threads = [
        threading.Thread(target=lambda: keys.append(environment.generated_secret(path)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1 and len(keys) == 8 and len(keys[0]) > 50
    assert path.stat().st_mode & 0o077 == 0
