"""What is to be done again and again: apps register jobs, the worker starts those that are due.

A job is a task, so that it is retried and listed like any other when it fails. It must be safe
to run twice: a worker may die after the work and before the note that it is done.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.tasks import Task

from operations.clock import database_now
from operations.models import ScheduledJob

START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Job:
    task: Task
    every: timedelta
    after: timedelta

    def next_after(self, now: datetime) -> datetime:
        """The first moment later than `now` at `after` past a whole multiple of `every`."""
        first = START + self.after
        return first + ((now - first) // self.every + 1) * self.every


_jobs: dict[str, Job] = {}


def register(name: str, task: Task, *, every: timedelta, after: timedelta = timedelta(0)) -> None:
    """Lets `task` (without arguments) be run `every` so often, `after` past the whole, in UTC.

    A daily job after 3 hours runs at 3:00. The name is kept in the database: do not change it.
    """
    _jobs[name] = Job(task, every, after)


def start_due_jobs() -> list[str]:
    """Puts each job that is due into the queue, once however many workers ask; their names.

    What was missed while no worker ran is made up for once, late rather than never. A new job
    waits for its first moment. Locks the due rows, and passes over those that others have.
    """
    now = database_now()
    with transaction.atomic():
        ScheduledJob.objects.bulk_create(
            [ScheduledJob(name=name, due_at=job.next_after(now)) for name, job in _jobs.items()],
            ignore_conflicts=True,
        )
        due = ScheduledJob.objects.select_for_update(skip_locked=True)
        started = list(due.filter(name__in=_jobs, due_at__lte=now).order_by("name"))
        for row in started:
            job = _jobs[row.name]
            row.due_at, row.started_at = job.next_after(now), now
            row.save(update_fields=["due_at", "started_at"])
            job.task.enqueue()  # a row of this transaction: not lost, and not twice
    return [row.name for row in started]
