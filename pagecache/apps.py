from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    """Copies of public pages. Has no models."""

    name = "pagecache"
