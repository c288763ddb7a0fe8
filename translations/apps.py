from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Sources and credits")

    def ready(self) -> None:
        from accounts.belongings import register as register_belongings
        from articles import checklist, drafts, endings, foreseeing
        from operations.schedule import register
        from translations import belongings, credit, offering, tasks
        from translations.completeness import credit_is_complete
        from translations.drafts import CREDIT
        from translations.ending import end_with_permission
        from translations.permitting import source_is_permitted

        checklist.register(credit_is_complete)
        checklist.register(source_is_permitted)
        drafts.register(CREDIT)
        endings.register(end_with_permission)
        foreseeing.register(credit.foreseen, offering.foreseen)
        day, hour = timedelta(days=1), timedelta(hours=1)
        register("endings-of-permissions", tasks.report_endings, every=day, after=5 * hour)
        register_belongings(belongings.Assignments())
