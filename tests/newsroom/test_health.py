"""What a watcher of the process is told, with and without a database."""

import pytest
from django.db import OperationalError, connection


def refuse(*_arguments):
    raise OperationalError("the server is gone")


@pytest.mark.django_db
def test_health_answers(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"


@pytest.mark.django_db
def test_process_lives_without_its_database_but_is_not_ready(client):
    with connection.execute_wrapper(refuse):
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_never_kept_and_only_read(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
    assert client.post(path).status_code == 405
