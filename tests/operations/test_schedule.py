from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from operations import schedule
from operations.models import ScheduledJob
from tests.comments.test_concurrency import at_once
from tests.operations.waiting import note

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.register("tidy", note, every=timedelta(hours=1))


def miss(by: timedelta) -> None:
    ScheduledJob.objects.update(due_at=datetime.now(UTC) - by)


def test_new_job_waits_for_its_first_moment():
    assert schedule.start_due_jobs() == []
    assert ScheduledJob.objects.get().due_at > datetime.now(UTC)


def test_missed_job_runs_late_and_once():
    schedule.start_due_jobs()
    miss(timedelta(days=3))
    assert schedule.start_due_jobs() == ["tidy"]
    assert schedule.start_due_jobs() == []
    job = ScheduledJob.objects.get()
    assert timedelta(0) < job.due_at - datetime.now(UTC) <= timedelta(hours=1)
    assert (job.due_at.minute, job.due_at.second) == (0, 0)
    assert DBTaskResult.objects.count() == 1


def test_many_workers_start_a_due_job_once():
    schedule.start_due_jobs()
    miss(timedelta(minutes=1))
    started = at_once(lambda _: schedule.start_due_jobs(), range(16))
    assert sorted(started)[-2:] == [[], ["tidy"]]
    assert DBTaskResult.objects.count() == 1


def test_job_that_is_not_registered_any_more_is_left_alone():
    ScheduledJob.objects.create(name="gone", due_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert schedule.start_due_jobs() == []


def test_start_that_is_rolled_back_is_due_again():
    schedule.start_due_jobs()
    miss(timedelta(minutes=1))
    with transaction.atomic():
        schedule.start_due_jobs()
        connection.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    assert schedule.start_due_jobs() == ["tidy"]


@pytest.mark.parametrize(
    ("now", "due"), [((1, 2, 59), (1, 3, 0)), ((1, 3, 0), (2, 3, 0)), ((1, 12, 0), (2, 3, 0))]
)
def test_daily_job_runs_at_its_hour(now, due):
    job = schedule.Job(note, timedelta(days=1), timedelta(hours=3))
    assert job.next_after(datetime(2026, 3, *now, tzinfo=UTC)) == datetime(
        2026, 3, *due, tzinfo=UTC
    )
