"""The form in which articles are written."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import SluggedForm
from articles.admin.desk import DeskFields
from articles.completeness import lacks_of_public_row
from articles.editions import begins_early
from articles.models import Article, Contribution, Revision, Status, Story
from articles.publishing import PERMISSION
from articles.remits import Reach, is_within

# No draft has them: they take publishing.
ROW_ONLY = ("slug", "publish_at", "unpublish_at", "embargoed_until")


def may_change(request: HttpRequest, article: Article | None) -> bool:
    """Whether the person may save the article, which over a public one writes a draft."""
    is_theirs = article is None or is_within(request.user, article)
    return is_theirs and request.user.has_perm("articles.change_article")


def may_change_part(request: HttpRequest, articles: QuerySet[Article]) -> bool:
    """Whether the person may change what these articles show at once, without a draft."""
    return request.user.has_perm(PERMISSION) or not articles.exclude(status=Status.DRAFT).exists()


def must_be_complete(request: HttpRequest) -> bool:
    """Whether the post publishes. A draft may lack what it wants."""
    return "_publish" in request.POST


def reason_field() -> Any:
    """Of a form that publishes: why, in spite of warnings."""
    return Revision._meta.get_field("warnings_reason").formfield(
        label=_("Why it is published all the same"),
        help_text=_("It is kept with the revision, for the newsroom alone."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class ArticleForm(SluggedForm):
    """Its first attributes are set by the admin for each request.

    `overriding` is shown only where warnings stand in the way. `is_trial` reads what was typed,
    and lets pass what a draft may lack.
    """

    must_be_complete = False
    is_trial = False
    starts_minor = False
    problems: dict[str, list[str]] = {}
    reach = Reach()

    is_minor = forms.BooleanField(
        label=_("Minor change"),
        required=False,
        help_text=_("A typing error, say: readers see no new date, translators no notice."),
    )

    overriding = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields and "language" not in self.fields:
            self.fields["body"].widget.attrs["data-language"] = self.instance.language
        if "standfirst" in self.fields:
            self.fields["standfirst"].widget.attrs["rows"] = 3
        if "is_minor" in self.fields:
            self.fields["is_minor"].initial = self.starts_minor
        if "story" in self.fields:
            self.fields["story"].required = False
            self.fields["story"].help_text = _(
                "Choose one only if this is another language's edition of an existing story."
            )
        if "slug" in self.fields:
            self.fields["slug"].help_text = _(
                "Its part of the address; made from the headline where left empty."
            )

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self._unless_draft("slug") or ""

    def clean_publish_at(self) -> Any:
        return self.cleaned_data["publish_at"] or self._unless_draft("publish_at")

    def _unless_draft(self, name: str) -> Any:
        """What the article has: once it was public, address and date are never empty."""
        return None if self.instance.status == Status.DRAFT else getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._refuse_disorder(data)
        is_public = self.instance.status != Status.DRAFT
        is_draft_over_public = is_public and not self.must_be_complete and not self.is_trial
        if is_public:  # the verb says what else is lacking; without these no row can be written
            names = [name for name in ("headline", "section") if name in self.fields]
            typed = Article(**{name: data.get(name) for name in names})
            for name, message in lacks_of_public_row(typed).items():
                if name in names:
                    self._complain(name, [message])
        self._refuse_outside(data)
        if is_draft_over_public:
            self._refuse_change_of_row(data)
        for name, messages in self.problems.items():
            if name != "byline":  # said below the form, where it stands
                self._complain(name, messages)
        return data

    def _refuse_disorder(self, data: dict[str, Any]) -> None:
        """Says beside its field which time comes too early; the constraints say it to the form."""
        begins, ends = data.get("publish_at"), data.get("unpublish_at")
        embargo = data.get("embargoed_until", self.instance.embargoed_until)
        if embargo and {"embargoed_until", "story"} & {*self.changed_data}:
            self._refuse_late(embargo, data.get("story"))
        if begins and embargo and begins < embargo:
            self._complain("publish_at", [_("The article would begin before its embargo ends.")])
        if begins and ends and ends <= begins:
            self._complain("unpublish_at", [_("The article would end before it begins.")])

    def _refuse_late(self, embargo: datetime, chosen: Story | None) -> None:
        """Another language of the story is not to begin before."""
        story = chosen or (self.instance.story if self.instance.story_id else None)
        early = story and begins_early(story, embargo=embargo, besides=self.instance)
        if early:
            message = _("“%(headline)s”, the same story, begins before: give it a later time.")
            self._complain("embargoed_until", [message % {"headline": early}])

    def _refuse_change_of_row(self, data: dict[str, Any]) -> None:
        """Address and times wait in no draft, so saving one must not seem to change them."""
        for name in ROW_ONLY:
            if name in self.changed_data and data.get(name) != getattr(self.instance, name):
                self._complain(name, [_("This changes by publishing: publish, or leave it.")])

    def _refuse_outside(self, data: dict[str, Any]) -> None:
        """No piece is written in, or moved to, where the person's rights do not hold."""
        section, language = data.get("section"), data.get("language")
        if section and self.reach.sections and section.pk not in self.reach.sections:
            self._complain("section", [_("You do not work for this section.")])
        if language and self.reach.languages and language not in self.reach.languages:
            self._complain("language", [_("You do not work in this language.")])

    def _complain(self, name: str, messages: Any) -> None:
        """Puts the messages beside their field, or above the form; one complaint is enough."""
        if name in self.errors:
            return
        self.add_error(name if name in self.fields else None, messages)

    def _get_validation_exclusions(self) -> set[str]:
        # The constraints depend on these also where no form changes them: without them they would
        # not be checked here but break the save.
        kept = {"status", "language"}
        if "story" not in self.fields:  # an empty one gets a story of its own as it is saved
            kept.add("story")
        return super()._get_validation_exclusions() - kept  # type: ignore[misc]


MOST_PEOPLE = 50


class BylineFormSet(forms.BaseInlineFormSet):
    """Rows of a table: each field says itself what it is, because the heading does not."""

    problems: list[str] = []

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            widget: Any = getattr(field.widget, "widget", field.widget)  # it may be wrapped
            widget.attrs["aria-label"] = capfirst(field.label or "")

    def clean(self) -> None:
        super().clean()
        if self.problems:
            raise forms.ValidationError(self.problems)


class ArticlePart:
    """An inline that whoever may save the article may change, and no one else."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_article") or may_change(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return request.user.has_perm("articles.add_article")
        return may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change(request, obj)


class BylineInline(DeskFields, ArticlePart, admin.TabularInline):
    """Who did what, in order."""

    model = Contribution
    formset = BylineFormSet
    fields = ["contributor", "role", "credited_as", "position"]
    autocomplete_fields = ["contributor"]
    ordering = ["position", "id"]
    verbose_name = _("person")
    verbose_name_plural = _("byline")
    extra = 1  # for who has no script to add a row
    max_num = MOST_PEOPLE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contribution]:
        return super().get_queryset(request).select_related("contributor")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["absolute_max"] = 2 * MOST_PEOPLE  # whatever a form claims to hold
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.problems = getattr(request, "publishing_problems", {}).get("byline", [])
        return formset
