"""The credit in an article's form."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _

from articles.admin.article_form import ArticlePart
from articles.admin.desk import DeskFields
from translations.models import Attribution


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
    formset = AttributionFormSet
    fk_name = "article"
    max_num = 1
    extra = 1
    fields = ["origin", "source_work", "source_article", "treatment", "exclusive_for"]
    autocomplete_fields = ["source_work", "source_article"]
