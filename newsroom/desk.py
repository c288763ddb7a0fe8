"""The newsroom's desk: the stock admin under our name and colours."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk.Desk"


class Desk(AdminSite):
    site_header = _("The desk")
    site_title = _("The desk")
    index_title = _("Today at the desk")
    site_url = "/"
