from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Sources and credits")

    def ready(self) -> None:
        from articles import checklist, drafts, endings
        from translations.completeness import credit_is_complete
        from translations.drafts import CREDIT
        from translations.ending import end_with_permission
        from translations.permitting import source_is_permitted

        checklist.register(credit_is_complete)
        checklist.register(source_is_permitted)
        drafts.register(CREDIT)
        endings.register(end_with_permission)
