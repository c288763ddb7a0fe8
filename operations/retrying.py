"""Another try for background tasks that failed or whose worker was killed.

A task's row keeps the id of a worker for each try, so their number is the number of tries.
All of this may run at any time and in several workers at once.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Func, IntegerField
from django.db.models.functions import Now
from django.tasks import Task, TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from operations.models import Failure, Heartbeat

TRIES = 8  # the last about 15 hours after the first
FIRST_WAIT = timedelta(seconds=30)  # four times as long after each further try
LONGEST_WAIT = timedelta(hours=6)
SILENCE = timedelta(seconds=60)  # a worker that is silent for longer is dead
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
LOST = "operations.retrying.WorkerLost"


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(FIRST_WAIT * 4 ** (tries - 1), LONGEST_WAIT)


def retry_failed() -> int:
    """Puts back what failed and has tries left, to run after a while; how many."""
    tries = Func("worker_ids", function="jsonb_array_length", output_field=IntegerField())
    failed = DBTaskResult.objects.failed().alias(tries=tries).filter(tries__lt=TRIES)
    with transaction.atomic():
        spare = list(failed.select_for_update(skip_locked=True))
        for result in spare:
            _put_back(result)
    return len(spare)


def requeue_lost() -> int:
    """Puts back what dead workers left running, or gives it up after the last try; how many.

    Dead is who has not said for `SILENCE` that they live. A worker that was merely frozen ends
    its task as well: tasks must be safe to run twice.
    """
    heard_at = timezone.now() - SILENCE
    with transaction.atomic():
        Heartbeat.objects.filter(beat_at__lt=Now() - SILENCE).delete()
        living = set(Heartbeat.objects.values_list("worker_id", flat=True))
        running = DBTaskResult.objects.running().filter(started_at__lt=heard_at)
        locked = running.select_for_update(skip_locked=True)
        lost = [result for result in locked if result.worker_ids[-1] not in living]
        for result in lost:
            result.exception_class_path = LOST
            result.traceback = f"The worker {result.worker_ids[-1]} ended without a word."
            if len(result.worker_ids) < TRIES:
                _put_back(result)
            else:
                result.status, result.finished_at = TaskResultStatus.FAILED, timezone.now()
                result.save()
    return len(lost)


def _put_back(result: DBTaskResult) -> None:
    result.status = TaskResultStatus.READY
    result.run_after = timezone.now() + wait_after(len(result.worker_ids))
    result.save()


def replay(failure: Failure) -> bool:
    """Lets a failed task run at once, with all its tries anew; False where it does already."""
    waiting = Failure.objects.filter(pk=failure.pk)
    now = timezone.now()
    return bool(waiting.update(status=TaskResultStatus.READY, run_after=now, worker_ids=[]))


def has_done(what: Task, *given: Any) -> bool:
    """Whether the task was run with these arguments and said that it did something.

    What was done more than two weeks ago is not known any more.
    """
    runs = DBTaskResult.objects.successful().filter(task_path=what.module_path)
    return runs.filter(args_kwargs={"args": [*given], "kwargs": {}}, return_value=True).exists()


def forget_old() -> int:
    """Deletes results nobody will ask for: done two weeks ago, failed three months ago."""
    now = timezone.now()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED)
    return done.delete()[0] + failed.delete()[0]
