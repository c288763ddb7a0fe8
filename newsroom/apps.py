from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default = True

    def ready(self) -> None:
        from newsroom import checks  # noqa: F401 - importing registers checks


class DeskConfig(admin_apps.AdminConfig):
    """Makes our Desk the admin's site; every app registers with it as usual."""

    default = False
    default_site = "newsroom.desk.Desk"
