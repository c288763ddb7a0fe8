from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.roles import write_roles_after_migrate  # needs the models, loaded by now
        from accounts.tasks import forget_ended_sessions, forget_unproven
        from operations.schedule import register

        register("unproven-accounts", forget_unproven, every=timedelta(hours=1))
        register("ended-sessions", forget_ended_sessions, every=timedelta(days=1))
        post_migrate.connect(write_roles_after_migrate, sender=self)
