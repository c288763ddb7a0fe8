"""A story and its articles: one `Article` for each language in which the story appears."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Max, Prefetch, Q, Value, When, Window
from django.db.models.functions import Now, RowNumber
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.corrections import Correction
from articles.models.images import pictures_named
from articles.models.people import Contribution, Contributor
from articles.models.revisions import Revision
from articles.models.standing import review_state_in_sql, standing_in_sql
from articles.models.subjects import Series, series_tag
from operations.addresses import address
from operations.names import in_language
from richtext.fields import ArticleTextField
from richtext.pace import minutes_to_read
from richtext.plain import plain_text, visible_text

LANGUAGE_CODE = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"  # as Django writes them: de, pt-br, zh-hant


def story_tag(story_id: int) -> str:
    """By which the pages that show a story are dropped."""
    return f"story:{story_id}"


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


PUBLIC = (Status.PUBLISHED,)


class State(models.TextChoices):
    """Where an article stands at a moment: its status, and for published ones their times."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Story(models.Model):
    """What the language editions of one piece have in common: they and their conversation."""

    series = models.ForeignKey(
        "articles.Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("series"),
        help_text=_("In all its languages. Its place there follows from when it was published."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        # The oldest edition names the story for the desk; readers never see this.
        first = min(self.articles.all(), key=lambda article: article.pk, default=None)
        return str(first) if first else f"#{self.pk}"


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self, now: datetime | models.Func) -> Self:
        """What readers may see at `now`. Its row-wise twin is `Article.is_live`."""
        return self.filter(status__in=PUBLIC, publish_at__lte=now).filter(
            Q(unpublish_at=None) | Q(unpublish_at__gt=now)
        )

    def once_public(self, now: datetime | Now) -> Self:
        """What readers see at `now` or have seen."""
        return self.exclude(status=Status.DRAFT).filter(publish_at__lte=now)

    def moments_after(self, now: datetime) -> tuple[models.QuerySet, ...]:
        """Of when a published article begins or ends next: two queries for one union."""
        return tuple(
            self.filter(status__in=PUBLIC, **{f"{name}__gt": now})
            .order_by(name)
            .values_list(name)[:1]
            for name in ("publish_at", "unpublish_at")
        )

    def with_state(self, now: datetime) -> Self:
        """Each row's State at `now` as `state`. Its row-wise twin is `Article.state_at`."""
        return self.annotate(
            state=Case(
                When(status=Status.DRAFT, then=Value(State.DRAFT)),
                When(status=Status.WITHDRAWN, then=Value(State.WITHDRAWN)),
                When(publish_at__gt=now, then=Value(State.SCHEDULED)),
                When(unpublish_at__lte=now, then=Value(State.ENDED)),
                default=Value(State.LIVE),
                output_field=models.CharField(),
            )
        )

    def with_review_state(self) -> Self:
        """Each row's ReviewState as `review_state`; row-wise `models.standing.review_state`."""
        return self.annotate(review_state=review_state_in_sql())

    def with_standing(self, now: datetime) -> Self:
        """Each row's Standing at `now` as `standing`; row-wise `models.standing.standing`."""
        return self.with_state(now).annotate(standing=standing_in_sql())

    def in_edition(self, language: str) -> Self:
        return self.filter(language=language)

    def in_series(self, series: Series | int) -> Self:
        return self.filter(story__series=series)

    def under_the_name_of(self, contributor: Contributor) -> Self:
        """What readers may know that the person had a part in."""
        lines = Contribution.objects.under_own_name().filter(contributor=contributor)
        return self.filter(pk__in=lines.values("article"))

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-id")

    def numbered(self) -> Self:
        """In the order of reading, each with its place among these, from 1, as `number`."""
        order = ("publish_at", "id")
        return self.annotate(number=Window(RowNumber(), order_by=order)).order_by(*order)

    def for_listing(self) -> Self:
        """What a list of articles shows, and no more. Two queries: rows, and their bylines."""
        byline = Contribution.objects.select_related("contributor")
        return (
            self.select_related("section", "lead_image")
            .defer("body")
            .prefetch_related(Prefetch("contributions", byline))
        )

    def for_reading(self) -> Self:
        """All that an article's page shows of it. Four queries: it, topics, byline, corrections."""
        byline = Contribution.objects.select_related("contributor__portrait")
        return self.select_related("section", "lead_image", "story__series").prefetch_related(
            "topics", Prefetch("contributions", byline), "corrections"
        )


class Article(models.Model):
    """A story in one language, as last published. Drafts may be incomplete.

    Public status and times change through `articles.publishing` only.
    """

    story = models.ForeignKey(
        Story, models.PROTECT, related_name="articles", verbose_name=_("story")
    )
    language = models.CharField(_("language"), max_length=7)
    slug = models.SlugField(_("slug"), max_length=120, blank=True)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True, validators=[plain_text])
    headline = models.CharField(
        _("headline"), max_length=200, blank=True, validators=[plain_text, visible_text]
    )
    standfirst = models.TextField(
        _("standfirst"), max_length=600, blank=True, validators=[plain_text]
    )
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, validators=[plain_text])
    body = ArticleTextField(_("text"), blank=True)
    section = models.ForeignKey(
        "articles.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    topics = models.ManyToManyField(
        "articles.Topic", blank=True, related_name="articles", verbose_name=_("topics")
    )
    contributors = models.ManyToManyField(
        "articles.Contributor", through="articles.Contribution", related_name="articles"
    )
    lead_image = models.ForeignKey(
        "articles.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    lead_caption = models.CharField(
        _("caption"), max_length=300, blank=True, validators=[plain_text]
    )
    lead_alt = models.CharField(
        _("alternative text here"),
        max_length=500,
        blank=True,
        validators=[plain_text],
        help_text=_("Only where this piece wants another one than the picture has anyway."),
    )
    lead_is_decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("The picture tells nothing that is not in the text: it is not read out."),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.DRAFT, editable=False
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("unpublish at"), null=True, blank=True)
    embargoed_until = models.DateTimeField(
        _("embargoed until"),
        null=True,
        blank=True,
        help_text=_("No reader learns of the article before, whatever else is set."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last major change"), null=True, editable=False)
    # of the form that added it: sent twice, that makes one article
    form_digest = models.CharField(
        max_length=32, blank=True, default="", db_default="", editable=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", "Can publish and withdraw articles"),
            ("review_article", "Can approve articles and ask for changes"),
        ]
        indexes = [
            # front page, sections and archives of an edition, newest first
            models.Index(
                fields=["language", "-publish_at", "-id"],
                condition=Q(status="published"),
                name="article_latest",
            ),
            # the next article to begin, and the next to end
            models.Index(
                fields=["publish_at"], condition=Q(status="published"), name="article_begins"
            ),
            models.Index(
                fields=["unpublish_at"],
                condition=Q(status="published", unpublish_at__isnull=False),
                name="article_ends",
            ),
            # headlines with a word that is written almost like another one
            GinIndex(
                fields=["headline"],
                opclasses=["gin_trgm_ops"],
                condition=Q(status="published"),
                name="article_headline_trigrams",
            ),
            # texts that show a picture
            GinIndex(pictures_named("body"), name="article_pictures_named"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                condition=~Q(slug=""),
                name="article_slug_is_unique",
                violation_error_message=_("Another article in this language has this slug."),
            ),
            models.UniqueConstraint(
                fields=["story", "language"],
                condition=~Q(status="withdrawn"),
                name="article_is_one_per_language",
                violation_error_message=_("The story already has an article in this language."),
            ),
            models.UniqueConstraint(
                fields=["form_digest"],
                condition=~Q(form_digest=""),
                name="article_is_added_once_by_a_form",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "withdrawn"]),
                name="article_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(language__regex=LANGUAGE_CODE), name="article_language_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (
                    Q(publish_at__isnull=False, section__isnull=False)
                    & ~Q(headline="")
                    & ~Q(slug="")
                ),
                name="article_published_is_complete",
                violation_error_message=_("A published article needs a headline and a section."),
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at=None)
                | Q(publish_at=None)
                | Q(unpublish_at__gt=F("publish_at")),
                name="article_ends_after_it_begins",
                violation_error_message=_("The article would end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(embargoed_until=None)
                | Q(publish_at=None)
                | Q(publish_at__gte=F("embargoed_until")),
                name="article_begins_after_its_embargo",
                violation_error_message=_("The article would begin before its embargo ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or gettext("(no headline yet)")

    def get_absolute_url(self) -> str:
        """The article's address below its own language, whatever language is active."""
        return address("articles:article_detail", self.slug, language=self.language)

    @property
    def tag(self) -> str:
        """Of pages that show its story."""
        return story_tag(self.story_id)

    @property
    def headline_tag(self) -> str:
        """Of pages that only offer it."""
        return f"headline:{self.story_id}"

    @property
    def tags(self) -> tuple[str, ...]:
        """Of all pages that change when it comes or goes. Reads its story."""
        series = self.story.series_id
        return self.tag, self.headline_tag, "lists", *([series_tag(series)] if series else [])

    @property
    def published_revision(self) -> Revision | None:
        """What the row says; None before it is published. One query."""
        return Revision.objects.newest_published(self)

    @property
    def story_embargoed_until(self) -> datetime | None:
        """When the last embargo of its story ends: what one language may not tell yet, none does.

        One query.
        """
        others = Article.objects.filter(story=self.story_id).exclude(pk=self.pk)
        latest = others.aggregate(latest=Max("embargoed_until"))["latest"]
        return max(filter(None, (self.embargoed_until, latest)), default=None)

    @property
    def retractions(self) -> list[Correction]:
        """What stands above the text. No query after `for_reading()`."""
        return [each for each in self.corrections.all() if each.is_retraction]

    @property
    def other_corrections(self) -> list[Correction]:
        """What stands below the text. No query after `for_reading()`."""
        return [each for each in self.corrections.all() if not each.is_retraction]

    @property
    def lead_alt_text(self) -> str:
        """What is read out in place of the picture here; empty for mere decoration."""
        if self.lead_image is None or self.lead_is_decorative:
            return ""
        return self.lead_alt or in_language(self.lead_image.alts, self.language)

    @property
    def reading_minutes(self) -> int:
        """How long its text takes; 0 without one."""
        return minutes_to_read(self.body, language=self.language)

    def is_live(self, now: datetime) -> bool:
        """Whether readers may see the article at `now`. Its filter twin is `live()`."""
        if self.status not in PUBLIC or self.publish_at is None or self.publish_at > now:
            return False
        return self.unpublish_at is None or self.unpublish_at > now

    def state_at(self, now: datetime) -> State:
        """Where the article stands at `now`. Its filter twin is `with_state()`."""
        if self.status not in PUBLIC:
            return State(self.status)
        if self.is_live(now):
            return State.LIVE
        return State.SCHEDULED if self.publish_at and self.publish_at > now else State.ENDED
