"""Where stories belong: sections, the paper's parts, topics, which cut across them, and series."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from operations.addresses import address
from operations.names import LanguageTextField, in_language


class Subject(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    names = LanguageTextField(_("name"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, else in the default one."""
        return in_language(self.names)


class Section(Subject):
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    requires_approval = models.BooleanField(
        _("approved by somebody else"),
        default=False,
        help_text=_("An article is published here only once another person has approved its text."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]

    def get_absolute_url(self) -> str:
        return address("articles:section_detail", self.slug)


class Topic(Subject):
    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    def get_absolute_url(self) -> str:
        return address("articles:topic_detail", self.slug)


def series_tag(series_id: int) -> str:
    """Of the pages of its stories, which change when another one comes or goes."""
    return f"series:{series_id}"


class Series(Subject):
    """Stories that are read one after the other. Which part each is follows from when it began."""

    standfirsts = LanguageTextField(_("standfirst"), long=True, max_text=600, blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("several", "series")
        ordering = ["slug"]

    @property
    def standfirst(self) -> str:
        return in_language(self.standfirsts)

    @property
    def tag(self) -> str:
        return series_tag(self.pk)

    def get_absolute_url(self) -> str:
        return address("articles:series_detail", self.slug)
