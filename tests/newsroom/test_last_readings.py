"""What a server was told of readings is written down also when it is stopped at once."""

import http.client
import os
import signal
from pathlib import Path

import pytest

from articles.models import Readership
from tests.builders import make_article, make_site
from tests.operations.launching import wait_until
from tests.pagecache.machines import SAME_SITE, Machine

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_server_that_is_stopped_writes_what_it_was_told(tmp_path: Path) -> None:
    make_site()
    article, machine = make_article(), Machine(tmp_path / "machine.log", workers=1)
    try:
        wait_until(machine.is_up, seconds=60)
        for _reader in range(5):
            line = http.client.HTTPConnection("localhost", machine.port, timeout=20)
            line.request("POST", "/readings/", str(article.pk), SAME_SITE)
            assert line.getresponse().status == 204
            line.close()
        os.kill(machine.process.pid, signal.SIGTERM)
        machine.process.wait(30)
    finally:
        machine.stop()
    assert Readership.objects.get().readings == 5
