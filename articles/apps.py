from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from accounts import kept_names
        from accounts.belongings import register as register_belongings
        from articles import (
            belongings,
            bylines,
            checklist,
            completeness,
            foreseeing,
            link_checks,
            readership,
            related,
            tasks,
            text_checks,
        )
        from articles.autosaving import forget_old_autosaves
        from articles.own_links import own_links_lead_somewhere
        from articles.picture_terms import pictures_are_licensed
        from articles.reviewing import text_is_approved
        from operations.schedule import register

        checklist.register(
            completeness.has_all_parts,
            completeness.has_its_place,
            completeness.begins_and_ends_in_order,
            text_is_approved,
            text_checks.lead_picture_is_described,
            text_checks.pictures_in_text_are_described,
            pictures_are_licensed,
            text_checks.pictures_are_credited,
            text_checks.headings_are_in_order,
            completeness.stays_with_its_readers,
            text_checks.headline_is_short,
            text_checks.headline_is_the_only_one,
            text_checks.sentences_are_short,
            own_links_lead_somewhere,
            link_checks.other_sites_answer,
        )
        day, hour = timedelta(days=1), timedelta(hours=1)
        register("links-to-other-sites", tasks.check_live_links, every=day, after=3 * hour)
        register("old-autosaves", forget_old_autosaves, every=day, after=4 * hour)
        register("old-readings", readership.forget_readings, every=day, after=hour)
        register("most-read", readership.refresh_most_read, every=hour / 6)
        register_belongings(belongings.Work())
        kept_names.register(bylines.keep_name)
        foreseeing.register(related.foreseen)
