"""Standing pages: about, contact, imprint, privacy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from operations.addresses import address
from richtext.fields import ArticleTextField
from richtext.plain import plain_text, visible_text


class Page(models.Model):
    slug = models.SlugField(_("slug"))
    language = models.CharField(_("language"), max_length=7)
    title = models.CharField(_("title"), max_length=120, validators=[plain_text, visible_text])
    body = ArticleTextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="page_is_one_per_language",
                violation_error_message=_("This page already exists in this language."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("articles:page_detail", self.slug, language=self.language)
