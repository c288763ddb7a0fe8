"""What the worker does for the site itself."""

from django.tasks import task

from operations.retrying import forget_old


@task()
def forget_old_results() -> int:
    """Deletes the results of old tasks; how many."""
    return forget_old()
