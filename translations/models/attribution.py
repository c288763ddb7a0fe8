"""What an article owes to whom: where it came from, how it was made, and on what terms."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from richtext.plain import plain_text
from translations.models.sources import SourceText, SourceWork
from translations.models.terms import Licence, Permission
from translations.models.versions import newest_revision, newest_text


class Origin(models.TextChoices):
    ORIGINAL = "original", _("original: our own piece")
    TRANSLATION = "translation", _("translation")
    REPUBLICATION = "republication", _("republication, not translated")
    ADAPTATION = "adaptation", _("adaptation: a new piece made from it")
    CO_PUBLICATION = "co-publication", _("co-publication with the other outlet")


class Treatment(models.TextChoices):
    FULL = "full", _("in full")
    ABRIDGED = "abridged", _("abridged")
    ADAPTED = "adapted", _("adapted")
    EXCERPT = "excerpt", _("an excerpt")


class Method(models.TextChoices):
    """How the words came about. What a machine did is told to readers."""

    HUMAN = "human", _("by people")
    MACHINE_ASSISTED = "machine-assisted", _("by people, with a machine's help")
    MACHINE_REVIEWED = "machine-reviewed", _("by a machine, reviewed by a person")
    MACHINE_RAW = "machine-raw", _("by a machine, not reviewed")


class SearchEngines(models.TextChoices):
    """What a contract says about search engines."""

    INDEX = "index", _("may list it")
    NOINDEX = "noindex", _("shall not list it")
    CANONICAL = "canonical", _("shall list the source instead")


# Made in the source's own language; the others may be in any.
SAME_LANGUAGE = (Origin.REPUBLICATION, Origin.CO_PUBLICATION)


class AttributionQuerySet(models.QuerySet["Attribution"]):
    def with_sources(self) -> Self:
        """All that a credit sentence names, but for the article's byline. One query."""
        return self.select_related(
            "source_work__publication", "source_article", "reviewer", "licence"
        ).defer("source_article__body")

    def with_terms(self) -> Self:
        """All that `translations.permitting` asks. Three queries, however many rows."""
        rows = self.select_related(
            "article", "licence", "source_work__licence", "source_work__publication__licence"
        ).defer("article__body")
        permissions = Permission.objects.select_related("licence")
        return rows.prefetch_related(
            Prefetch("source_work__permissions", permissions),
            Prefetch("source_work__publication__permissions", permissions),
        )


class Attribution(models.Model):
    """What an article was made from, and on what terms. Without a row it is an original."""

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    origin = models.CharField(_("origin"), max_length=14, choices=Origin, default=Origin.ORIGINAL)
    source_work = models.ForeignKey(
        SourceWork,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source elsewhere"),
        help_text=_("The piece as another publication printed it."),
    )
    source_article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of our own"),
        help_text=_("Our own article of the same story in another language."),
    )
    treatment = models.CharField(
        _("treatment"), max_length=8, choices=Treatment, default=Treatment.FULL
    )
    exclusive_for = models.CharField(
        _("exclusively for"),
        max_length=120,
        blank=True,
        help_text=_("Whoever alone may publish it; empty where others may as well."),
        validators=[plain_text],
    )

    source_revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("covers revision"),
        help_text=_("The source as it was when this was made from it."),
    )
    source_text = models.ForeignKey(
        SourceText,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("covers text"),
        help_text=_("The source as it was when this was made from it."),
    )
    method = models.CharField(_("method"), max_length=16, choices=Method, default=Method.HUMAN)
    tool = models.CharField(
        _("tool"),
        max_length=80,
        blank=True,
        help_text=_("The machine's name, as readers shall see it."),
        validators=[plain_text],
    )
    reviewer = models.ForeignKey(
        "articles.Contributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    search_engines = models.CharField(
        _("search engines"),
        max_length=9,
        choices=SearchEngines,
        default=SearchEngines.INDEX,
    )
    licence = models.ForeignKey(
        Licence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("offered under"),
        help_text=_("Others may republish this under it. Empty: our own pieces under the house's."),
    )
    # Written by `translations.ending` when the article is published
    permission = models.ForeignKey(
        Permission,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by permission"),
    )
    ends_otherwise_at = models.DateTimeField(
        _("ends without the permission"), null=True, editable=False
    )

    objects = AttributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        permissions = [("reconcile_attribution", "Can say that a translation was compared")]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="attribution_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(treatment__in=Treatment.values), name="attribution_treatment_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin="original", source_work=None, source_article=None)
                | Q(
                    origin__in=["translation", "adaptation"],
                    source_work=None,
                    source_article__isnull=False,
                )
                | (~Q(origin="original") & Q(source_work__isnull=False, source_article=None)),
                name="attribution_has_its_one_source",
                violation_error_message=_("Give exactly one source, and none for an original."),
            ),
            models.CheckConstraint(
                condition=~Q(origin="original")
                | Q(treatment="full", exclusive_for="", method="human", search_engines="index"),
                name="attribution_of_original_has_no_terms",
                violation_error_message=_("An original has neither treatment nor exclusivity."),
            ),
            models.CheckConstraint(
                condition=~Q(source_article=F("article")),
                name="attribution_is_not_to_itself",
                violation_error_message=_("An article is not its own source."),
            ),
            models.CheckConstraint(
                condition=Q(source_revision=None) | Q(source_article__isnull=False),
                name="attribution_covers_a_revision_of_its_source",
            ),
            models.CheckConstraint(
                condition=Q(source_text=None) | Q(source_work__isnull=False),
                name="attribution_covers_a_text_of_its_source",
            ),
            models.CheckConstraint(
                condition=Q(method__in=Method.values), name="attribution_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(method="human") | Q(origin__in=["translation", "adaptation"]),
                name="attribution_by_machine_is_a_translation",
                violation_error_message=_("Only a translation is made with a machine."),
            ),
            models.CheckConstraint(
                condition=Q(method="human", tool="") | (~Q(method="human") & ~Q(tool="")),
                name="attribution_names_its_machine",
                violation_error_message=_("Name the tool, and none for the work of people."),
            ),
            models.CheckConstraint(
                condition=Q(
                    method="machine-reviewed", reviewer__isnull=False, reviewed_on__isnull=False
                )
                | (~Q(method="machine-reviewed") & Q(reviewer=None, reviewed_on=None)),
                name="attribution_says_who_reviewed_when",
                violation_error_message=_("Say who reviewed the machine's work, and when."),
            ),
            models.CheckConstraint(
                condition=Q(search_engines__in=SearchEngines.values),
                name="attribution_search_engines_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(search_engines="canonical")
                | Q(origin__in=["republication", "co-publication"]),
                name="attribution_canonical_is_in_the_same_language",
                violation_error_message=_("A translation's canonical address is its own."),
            ),
            models.CheckConstraint(
                condition=Q(ends_otherwise_at=None) | Q(permission__isnull=False),
                name="attribution_ends_otherwise_than_with_a_permission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_origin_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the pointer true to the source, unless columns are named."""
        if kwargs.get("update_fields") is None:
            self.cover_source()
        super().save(*args, **kwargs)

    def cover_source(self) -> None:
        """Covers the source's newest version where it covers none of this source.

        What is covered never moves by itself. Two queries at most.
        """
        if self.source_revision and self.source_revision.article_id != self.source_article_id:
            self.source_revision = None
        if self.source_text and self.source_text.source_work_id != self.source_work_id:
            self.source_text = None
        if self.source_revision is None:
            self.source_revision = newest_revision(self.source_article_id)
        if self.source_text is None:
            self.source_text = newest_text(self.source_work_id)

    def clean(self) -> None:
        """Every rule that the database keeps, said beside the field that can cure it."""
        self.cover_source()
        if problems := self.problems():
            raise ValidationError(problems)

    def problems(self) -> dict[str, str]:
        """What is impossible about this credit: messages by field. Three queries at most."""
        if self.origin == Origin.ORIGINAL:
            return self._problems_of_original()
        return (
            self._problems_of_number()
            or self._problems_of_language()
            or self._problems_of_method() | self._problems_of_pointers()
        )

    @property
    def source_language(self) -> str:
        """The language of what the article was made from; '' for an original."""
        source = self.source_work or self.source_article
        return source.language if source else ""

    def _problems_of_original(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        for field in ("source_work", "source_article"):
            if getattr(self, f"{field}_id"):
                problems[field] = gettext("An original has no source.")
        if self.treatment != Treatment.FULL:
            problems["treatment"] = gettext("Only a piece with a source is abridged.")
        if self.exclusive_for:
            problems["exclusive_for"] = gettext(
                "Only a piece with a source is credited as exclusive."
            )
        if self.method != Method.HUMAN:
            problems["method"] = gettext(
                "Only a translation or an adaptation is made with a machine."
            )
        if self.search_engines != SearchEngines.INDEX:
            problems["search_engines"] = gettext("Only a piece with a source is kept from them.")
        return problems | self._problems_of_method()

    def _problems_of_number(self) -> dict[str, str]:
        if self.source_work_id and self.source_article_id:
            return {"source_article": gettext("Give one source: elsewhere or our own, not both.")}
        if self.origin in SAME_LANGUAGE and not self.source_work_id:
            field = "source_article" if self.source_article_id else "source_work"
            return {field: gettext("What is republished comes from another publication.")}
        if not self.source_work_id and not self.source_article_id:
            return {"source_work": gettext("Say what this was made from.")}
        return {}

    def _problems_of_language(self) -> dict[str, str]:
        if self.source_article:
            return self._problems_of_own_source(self.source_article)
        ours, theirs = self.article.language, self.source_language
        if self.origin == Origin.TRANSLATION and theirs == ours:
            return {"source_work": gettext("This source is in the article's own language.")}
        if self.origin in SAME_LANGUAGE and theirs.split("-")[0] != ours.split("-")[0]:
            return {
                "source_work": gettext(
                    "Only a translation or an adaptation is in another language."
                )
            }
        return {}

    def _problems_of_own_source(self, source: Article) -> dict[str, str]:
        if source.pk == self.article.pk:
            return {"source_article": gettext("An article is not its own source.")}
        if self.origin == Origin.TRANSLATION and source.story_id != self.article.story_id:
            return {"source_article": gettext("This article belongs to another story.")}
        if self.origin == Origin.TRANSLATION and source.language == self.article.language:
            return {"source_article": gettext("This source is in the article's own language.")}
        if self.article.pk and self.article.pk in sources_above(source):
            return {"source_article": gettext("This source was itself made from the article.")}
        return {}

    def _problems_of_method(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        is_by_people = self.method == Method.HUMAN
        if not is_by_people and self.origin not in (Origin.TRANSLATION, Origin.ADAPTATION):
            problems["method"] = gettext(
                "Only a translation or an adaptation is made with a machine."
            )
        if is_by_people and self.tool:
            problems["tool"] = gettext("The work of people names no tool.")
        if not is_by_people and not self.tool:
            problems["tool"] = gettext("Name the tool: readers are told.")
        for field in ("reviewer_id", "reviewed_on"):
            name = field.removesuffix("_id")
            if self.method == Method.MACHINE_REVIEWED and not getattr(self, field):
                problems[name] = gettext("Say who reviewed the machine's work, and when.")
            elif self.method != Method.MACHINE_REVIEWED and getattr(self, field):
                problems[name] = gettext("Only for what a machine made and a person reviewed.")
        return problems

    def _problems_of_pointers(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        revision, text = self.source_revision, self.source_text
        if revision and revision.article_id != self.source_article_id:
            problems["source_revision"] = gettext("This is a revision of something else.")
        if text and text.source_work_id != self.source_work_id:
            problems["source_text"] = gettext("This is the text of something else.")
        if self.search_engines == SearchEngines.CANONICAL and self.origin not in SAME_LANGUAGE:
            problems["search_engines"] = gettext(
                "A translation's or an adaptation's canonical address is its own."
            )
        return problems


ABOVE = """
WITH RECURSIVE above (id) AS (
    SELECT %s::bigint
    UNION
    SELECT credit.source_article_id FROM translations_attribution credit
    JOIN above ON above.id = credit.article_id WHERE credit.source_article_id IS NOT NULL
)
SELECT id FROM above
"""


def sources_above(article: Article) -> set[int]:
    """Ids of the article and of all our own that it was made from, however far. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [article.pk])
        return {pk for (pk,) in cursor.fetchall()}
