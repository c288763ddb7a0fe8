from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundraisingConfig(AppConfig):
    name = "fundraising"
    verbose_name = _("Fundraising")

    def ready(self) -> None:
        from fundraising.expiring import expire_promises
        from operations.schedule import register

        register("expire-promises", expire_promises, every=timedelta(days=1))
        from fundraising import importing
        from operations.schedule import register

        day = timedelta(days=1)
        register("forget-bank-statements", importing.forget_statements, every=day, after=day / 8)
