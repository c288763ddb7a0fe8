"""The credit in an article's form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_form import ArticlePart
from articles.admin.desk import DeskFields
from operations.clock import database_now
from translations.credit import credit_of
from translations.models import Attribution

POINTERS = {"source_article": "source_revision", "source_work": "source_text"}


class AttributionForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        """Another source has not been covered yet, whatever was covered of the one before it."""
        data = super().clean()
        for source, pointer in POINTERS.items():
            if source in self.changed_data:
                setattr(self.instance, pointer, None)
        return data


class AttributionFormSet(BaseInlineFormSet):
    """The article's credit, and a look at the credits that name this article as their source."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return "attribution"  # Django takes the reverse accessor's name, and there is none

    def clean(self) -> None:
        """Refuses a story or language that another article's credit contradicts. One query."""
        super().clean()
        if not self.instance.pk or not self.instance.story_id:
            return
        contradicting = Attribution.objects.filter(source_article=self.instance.pk).exclude(
            ~Q(article__language=self.instance.language), article__story=self.instance.story_id
        )
        if attribution := contradicting.select_related("article").first():
            raise ValidationError(
                _("“%(article)s” was translated from this article: keep its story and language.")
                % {"article": attribution.article}
            )


class AttributionInline(DeskFields, ArticlePart, admin.StackedInline):
    """Belongs into the article's form. An article without a credit is an original."""

    model = Attribution
    form = AttributionForm
    formset = AttributionFormSet
    fk_name = "article"
    max_num = 1
    extra = 1
    readonly_fields = ["sentence", "source_revision", "source_text"]
    fieldsets = [
        (
            gettext_lazy("Source"),
            {"fields": ["sentence", "origin", "source_work", "source_article", *POINTERS.values()]},
        ),
        (
            gettext_lazy("How it was made"),
            {"fields": ["treatment", "method", "tool", "reviewer", "reviewed_on"]},
        ),
        (gettext_lazy("Terms"), {"fields": ["exclusive_for", "licence", "search_engines"]}),
    ]
    autocomplete_fields = ["source_work", "source_article", "reviewer"]

    @admin.display(description=gettext_lazy("credit line"), empty_value="—")
    def sentence(self, attribution: Attribution) -> SafeString | None:
        """What readers are told now, by the credit as it was saved. Two or three queries."""
        if not attribution.pk:
            return None
        credit = credit_of(attribution.article, now=database_now())
        if credit is None:
            return None
        language = attribution.article.language
        return format_html('<span lang="{}" dir="auto">{}</span>', language, credit.html)
