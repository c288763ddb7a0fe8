from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Site")

    def ready(self) -> None:
        from datetime import timedelta

        from operations import checks, schedule, tasks  # noqa: F401 - importing registers checks

        schedule.register(
            "forget-old-task-results",
            tasks.forget_old_results,
            every=timedelta(days=1),
            after=timedelta(hours=3),
        )
