"""The worker as it really runs: processes that work, fail, are ended and are killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from psycopg.conninfo import make_conninfo

from operations.models import Failure, Heartbeat
from operations.retrying import LOST, TRIES, replay, requeue_lost
from operations.worker import SiteWorker
from tests.operations.launching import ROOT, wait_until
from tests.operations.waiting import fail, linger, note

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def worker_note() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE worker_note (id serial, text text)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE worker_note")


@contextmanager
def worker(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    known = ("dbname", "user", "password", "host", "port")
    where = connection.get_connection_params()
    url = make_conninfo(**{key: where[key] for key in known if where.get(key)})
    environment = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", "work", *options]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as process:
        yield process
        if process.poll() is None:
            process.kill()


def work_once() -> None:
    with worker("--once") as process:
        assert process.wait(60) == 0


def notes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM worker_note ORDER BY id")
        return [row[0].rpartition(" ")[0] for row in cursor.fetchall()]


def grow_old(by: timedelta = timedelta(minutes=2)) -> None:
    """Lets time pass for what workers left behind, and for waits."""
    Heartbeat.objects.update(beat_at=F("beat_at") - by)
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=F("started_at") - by)
    DBTaskResult.objects.filter(status="READY").update(run_after=F("run_after") - by)


def test_worker_does_what_waits_and_leaves_no_heartbeat():
    for number in range(25):  # more than at a stretch
        note.enqueue(str(number))
    work_once()
    assert notes() == [str(number) for number in range(25)]
    assert not Heartbeat.objects.exists()


def test_terminated_worker_ends_its_task_first():
    linger.enqueue("slow", 1)
    with worker() as process:
        wait_until(lambda: notes() == ["begun slow"], seconds=60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert notes() == ["begun slow", "done slow"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_killed_workers_task_is_done_by_the_next():
    linger.enqueue("slow", 60)
    with worker() as process:
        wait_until(lambda: notes() == ["begun slow"], seconds=60)
        process.kill()
        assert process.wait(60) == -signal.SIGKILL
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
    DBTaskResult.objects.update(args_kwargs={"args": ["slow", 0], "kwargs": {}})
    work_once()
    assert notes() == ["begun slow"], "it was taken from a worker that had only just been heard"
    grow_old()
    work_once()
    assert DBTaskResult.objects.get().exception_class_path == LOST
    grow_old()
    work_once()
    assert notes() == ["begun slow", "begun slow", "done slow"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_worker_outlives_a_database_that_goes_away():
    with worker() as process:
        wait_until(Heartbeat.objects.exists)
        for _time in range(40):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            time.sleep(0.1)
        note.enqueue("done after all")
        wait_until(lambda: notes() == ["done after all"])
        assert process.poll() is None
    connection.close()
    connection.close_pool()  # the idle ones of this process were cut too


def test_task_of_a_living_worker_is_left_to_it():
    linger.enqueue("slow", 60)
    with worker():
        wait_until(lambda: notes() == ["begun slow"], seconds=60)
        DBTaskResult.objects.update(started_at=F("started_at") - timedelta(hours=1))
        assert requeue_lost() == 0
        grow_old()
        assert requeue_lost() == 1


def test_failed_task_is_tried_again_later_and_given_up_at_last():
    fail.enqueue()
    for tries in range(1, TRIES + 1):
        work_once() if tries < 3 else run_here()
        failure = Failure.objects.get()
        assert len(failure.worker_ids) == tries
        assert "mail server is away" in failure.traceback
        grow_old(timedelta(days=1))
    assert failure.status == TaskResultStatus.FAILED
    run_here()
    assert len(Failure.objects.get().worker_ids) == TRIES
    assert replay(failure)
    run_here()
    failure = Failure.objects.get()
    assert (failure.status, len(failure.worker_ids)) == (TaskResultStatus.READY, 1)


def run_here() -> None:
    SiteWorker("here").work(once=True)
