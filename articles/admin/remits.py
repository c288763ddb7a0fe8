"""Who works where, at the chief's desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Remit, Section


class RemitForm(forms.ModelForm):
    sections = forms.ModelMultipleChoiceField(
        Section.objects.all(),
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Remit._meta.get_field("sections").help_text,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Remit._meta.get_field("languages").help_text,
    )

    class Meta:
        model = Remit
        fields = ["user", "sections", "languages"]


@admin.register(Remit)
class RemitAdmin(admin.ModelAdmin):
    """Readers see nothing of it."""

    form = RemitForm
    autocomplete_fields = ["user"]
    list_display = ["user", "where", "in_which_languages"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    ordering = ["user__username"]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("sections")

    @admin.display(description=_("sections"))
    def where(self, remit: Remit) -> str:
        return ", ".join(map(str, remit.sections.all())) or str(_("all"))

    @admin.display(description=_("languages"))
    def in_which_languages(self, remit: Remit) -> str:
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names.get(code, code)) for code in remit.languages) or str(_("all"))
