from django.apps import AppConfig


class RichtextConfig(AppConfig):
    """Text that people write: what it may contain and how it is cleaned. Has no models."""

    name = "richtext"
