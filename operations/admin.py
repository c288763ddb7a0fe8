"""The site's settings at the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operations.models import SiteSettings
from pictures.reencoding import PictureField


class SiteSettingsForm(forms.ModelForm):
    editions = forms.MultipleChoiceField(
        label=_("editions"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SiteSettings
        exclude: list[str] = []
        field_classes = {"logo": PictureField}
        widgets = {
            "accent_light": forms.TextInput(attrs={"type": "color"}),
            "accent_dark": forms.TextInput(attrs={"type": "color"}),
        }


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):
    """One form: its list leads straight to it."""

    form = SiteSettingsForm
    fieldsets = [
        (None, {"fields": ["name", "place", "logo", "footer"]}),
        (_("Colours"), {"fields": ["accent_light", "accent_dark"]}),
        (_("Editions"), {"fields": ["editions"]}),
        (_("Conversation"), {"fields": ["comment_policy"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The row, or its defaults before anybody has saved it."""
        return SiteSettings.load() if object_id == "1" else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_view_or_change_permission(request):
            return HttpResponseRedirect(reverse("admin:operations_sitesettings_change", args=[1]))
        return super().changelist_view(request, extra_context)
