"""The desk's list of failed tasks."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from operations.models import ScheduledJob
from operations.retrying import forget_old, wait_after
from tests.builders import make_site, make_user
from tests.operations.waiting import fail

pytestmark = pytest.mark.django_db
LIST = "/admin/operations/failure/"


def make_failure(*, status: str = TaskResultStatus.FAILED, days: int = 0) -> DBTaskResult:
    result = fail.enqueue().db_result
    result.status, result.worker_ids = status, ["one"] * 8
    result.exception_class_path, result.traceback = "builtins.RuntimeError", "It <broke>."
    result.started_at = result.finished_at = timezone.now() - timedelta(days=days)
    result.save()
    return result


@pytest.fixture
def chief(client):
    make_site()
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name="chief"))
    client.force_login(user)
    return client


def replay(client, failure):
    chosen = {"action": "replay_selected", "_selected_action": str(failure.pk)}
    return client.post(LIST, chosen, follow=True)


def test_chief_reads_why_a_task_failed(chief):
    failure = make_failure()
    assert "fail" in chief.get(LIST).text
    assert "It &lt;broke&gt;." in chief.get(f"{LIST}{failure.pk}/change/").text


def test_done_tasks_are_not_listed(chief):
    done = make_failure(status=TaskResultStatus.SUCCESSFUL)
    assert str(done.pk) not in chief.get(LIST).text


def test_chief_lets_a_task_run_again_and_the_desk_remembers(chief):
    failure = make_failure()
    assert "1 task runs again." in replay(chief, failure).text
    failure.refresh_from_db()
    assert (failure.status, failure.worker_ids) == (TaskResultStatus.READY, [])
    assert failure.run_after <= timezone.now()
    assert LogEntry.objects.get().change_message == "replayed"


def test_task_that_runs_meanwhile_is_left_alone(chief):
    failure = make_failure(status=TaskResultStatus.RUNNING)
    assert "1 task" not in replay(chief, failure).text
    failure.refresh_from_db()
    assert failure.status == TaskResultStatus.RUNNING


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator", "fundraiser"])
def test_others_neither_see_nor_replay(client, role):
    failure, user = make_failure(), make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert replay(client, failure).status_code == 403
    failure.refresh_from_db()
    assert failure.status == TaskResultStatus.FAILED


def test_chief_sees_when_jobs_are_due(chief):
    ScheduledJob.objects.create(name="tidy", due_at=timezone.now())
    assert "tidy" in chief.get("/admin/operations/scheduledjob/").text


def test_old_results_are_forgotten_and_failures_kept_longer():
    make_failure(status=TaskResultStatus.SUCCESSFUL, days=15)
    make_failure(days=91)
    kept = {
        make_failure(status=TaskResultStatus.SUCCESSFUL, days=13).pk,
        make_failure(days=89).pk,
        make_failure(status=TaskResultStatus.READY, days=200).pk,
    }
    assert forget_old() == 2
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_waits_grow_and_have_an_end():
    waits = [wait_after(tries) for tries in range(1, 9)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=30), timedelta(hours=6))
