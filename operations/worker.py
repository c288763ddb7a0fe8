"""The worker: tasks from the database, due jobs, and another try for what failed."""

import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django.db.models.functions import Now
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from operations.models import Heartbeat
from operations.retrying import requeue_lost, retry_failed
from operations.schedule import start_due_jobs

BEAT = 10  # seconds between two signs of life
CHORES = 60  # seconds between two looks at jobs and failures
AT_A_STRETCH = 20  # tasks before the next look at the clock


def beat(worker_id: str) -> None:
    """Notes that the worker lives. One statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(worker_id=worker_id, beat_at=Now())],
        update_conflicts=True,
        unique_fields=["worker_id"],
        update_fields=["beat_at"],
    )


class Pulse(threading.Thread):
    """Beats while the worker is busy with a long task, on a connection of its own."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True)
        self.worker_id = worker_id
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(BEAT):
            try:
                beat(self.worker_id)
            except DatabaseError:  # the database is away; `manage.py work` goes on when it is back
                connection.close()
        connection.close()


class SiteWorker(Worker):
    """django-tasks-db's worker, which also does the chores each minute."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=1,
            batch=True,  # so that run() comes back when nothing is left to do
            backend_name="default",
            startup_delay=False,
            max_tasks=AT_A_STRETCH,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def work(self, *, once: bool = False) -> None:
        """Works until a signal ends it; with `once`, until nothing is left that is due."""
        beat(self.worker_id)
        pulse = Pulse(self.worker_id)
        pulse.start()
        try:
            self._work(once=once)
        finally:
            pulse.ended.set()
            pulse.join()
            Heartbeat.objects.filter(worker_id=self.worker_id).delete()

    def _work(self, *, once: bool) -> None:
        chores_at = 0.0
        while self.running:
            if time.monotonic() >= chores_at:
                close_old_connections()
                do_chores()
                chores_at = time.monotonic() + CHORES
            self._run_tasks = 0
            self.run()
            if self._run_tasks == AT_A_STRETCH:
                continue
            if once:
                return
            time.sleep(self.interval)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        retry_failed()


def do_chores() -> None:
    requeue_lost()
    retry_failed()
    start_due_jobs()
