from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default = True

    def ready(self) -> None:
        from articles import foreseeing
        from newsroom import (
            alternates,
            checks,  # noqa: F401 - importing registers checks
            furniture,
            moments,
        )

        foreseeing.register(
            alternates.foreseen,
            furniture.sections_foreseen,
            furniture.pages_foreseen,
            moments.foreseen,
        )


class DeskConfig(admin_apps.AdminConfig):
    """Makes our Desk the admin's site; every app registers with it as usual."""

    default = False
    default_site = "newsroom.desk.Desk"
