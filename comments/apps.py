from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Conversation")

    def ready(self) -> None:
        from accounts.belongings import register as register_belongings
        from articles import foreseeing
        from comments import belongings, glance, tasks
        from operations.schedule import register

        foreseeing.register(glance.foreseen)
        hour, day = timedelta(hours=1), timedelta(days=1)
        register("hourly-digests", tasks.send_hourly_digests, every=hour)
        register("daily-digests", tasks.send_daily_digests, every=day, after=6 * hour)
        register("forget-visits", tasks.forget_visits, every=day, after=5 * hour)
        register("forget-traces", tasks.forget_traces, every=day, after=3 * hour)
        register("forget-unconfirmed-wishes", tasks.forget_unconfirmed, every=day, after=4 * hour)
        register_belongings(
            belongings.Comments(),
            belongings.Votes(),
            belongings.Subscriptions(),
            belongings.Reports(),
            belongings.Decisions(),
            belongings.CommentDecisions(),
            belongings.Erasures(),
            belongings.Appeals(),
            belongings.Visits(),
        )
