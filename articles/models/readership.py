"""How often articles were read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Readership(models.Model):
    """How often one article was read on one day of the site; nothing says by whom."""

    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        related_name="readership",
        verbose_name=_("article"),
    )
    read_on = models.DateField(_("day"), db_index=True)
    readings = models.PositiveIntegerField(_("readings"))

    class Meta:
        verbose_name = _("readership")
        verbose_name_plural = _("readership")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "read_on"], name="readership_is_one_per_day"
            ),
            models.CheckConstraint(condition=Q(readings__gt=0), name="readership_is_of_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.read_on}: {self.readings}"
