from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from articles import checklist
        from articles.autosaving import forget_old_autosaves
        from articles.picture_terms import pictures_are_licensed
        from articles.reviewing import text_is_approved
        from operations.schedule import register

        checklist.register(text_is_approved)
        checklist.register(pictures_are_licensed)
        day, hour = timedelta(days=1), timedelta(hours=1)
        register("old-autosaves", forget_old_autosaves, every=day, after=4 * hour)
