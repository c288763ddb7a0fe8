from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundraisingConfig(AppConfig):
    name = "fundraising"
    verbose_name = _("Fundraising")

    def ready(self) -> None:
        from accounts.belongings import register as register_belongings
        from articles import foreseeing
        from fundraising import (
            belongings,
            checks,  # noqa: F401 - registers checks
            goals,
            importing,
            reconciling,
        )
        from fundraising.expiring import expire_promises
        from operations.schedule import register

        foreseeing.register(goals.foreseen)
        hour, day = timedelta(hours=1), timedelta(days=1)
        register("expire-promises", expire_promises, every=day)
        register("forget-bank-statements", importing.forget_statements, every=day, after=3 * hour)
        register("empty-payloads", reconciling.empty_payloads, every=day, after=4 * hour)
        register("reconcile-gifts", reconciling.reconcile_gifts, every=hour)
        register_belongings(belongings.Gifts())
