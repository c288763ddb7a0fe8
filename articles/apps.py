from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from articles import checklist
        from articles.picture_terms import pictures_are_licensed

        checklist.register(pictures_are_licensed)
