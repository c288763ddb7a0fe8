"""Front and section pages at the desk: what stands where, and how it looks at another moment."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles.admin.articles import LanguageFilter
from articles.admin.choosing import ListedSelect
from articles.admin.desk import DeskAdmin, ListedRow
from articles.admin.preview_views import frame_page
from articles.models import Section, Slot, State
from articles.preview_pages import as_preview, kept_private
from articles.remits import Reach, holds_at, reach_of
from articles.views import section_page
from newsroom.views import front_page
from operations.clock import keep_now, request_now
from operations.models import SiteSettings

HIGHEST = 40  # as the database has it


class PlaceFilter(admin.SimpleListFilter):
    title = gettext_lazy("page")
    parameter_name = "page"
    FRONT = "front"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        sections = [(str(section.pk), section.name) for section in Section.objects.all()]
        return [(self.FRONT, _("Front page")), *sections]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        if chosen == self.FRONT:
            return queryset.filter(section=None)
        return queryset.filter(section=chosen) if chosen.isdecimal() else queryset


class SlotForm(forms.ModelForm):
    reach = Reach()
    position = forms.IntegerField(
        label=Slot._meta.get_field("position").verbose_name,
        initial=1,
        min_value=1,
        max_value=HIGHEST,
        help_text=gettext_lazy(
            "1 is the top. Places 1 to 4 of a front page are its lead and those beside it; what"
            " finds none there stands first in its section."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        article = data.get("article")
        language = data.get("language") or self.instance.language
        if article and article.language != language:
            names = dict(settings.LANGUAGES)
            told = _("This article is in %(its)s; the slot is on a page in %(ours)s.")
            known = {"its": names.get(article.language), "ours": names.get(language)}
            self.add_error("article", told % known)
        self._refuse_outside(data.get("section"), language)
        return data

    def _refuse_outside(self, section: Section | None, language: str) -> None:
        """Nothing is put, or moved to, where the person's rights do not hold."""
        if section and self.reach.sections and section.pk not in self.reach.sections:
            self.add_error("section", _("You do not work for this section."))
        if language and self.reach.languages and language not in self.reach.languages:
            self.add_error("language", _("You do not work in this language."))


class SlotRow(ListedRow):
    """Shows a slot where the person's rights do not hold as it is, whatever is sent."""

    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user and not _is_theirs(self.user, self.instance):
            for field in self.fields.values():
                field.disabled = True


def _is_theirs(user: Any, slot: Slot) -> bool:
    return holds_at(user, section_id=slot.section_id, language=slot.language)


class EditionSelect(ListedSelect):
    """Offers the articles of one edition, searched for or listed."""

    language = ""

    def get_url(self) -> str:
        return f"{super().get_url()}?{urlencode({'language': self.language})}"


@admin.register(Slot)
class SlotAdmin(DeskAdmin):
    """Sorted as the pages are: by edition, page and position."""

    form = SlotForm
    list_display = [
        "article", "language", "page", "position", "is_pinned", "begins_at", "ends_at", "state"
    ]  # fmt: skip
    list_editable = ["position", "is_pinned"]
    list_select_related = ["article", "section"]
    list_filter = [LanguageFilter, PlaceFilter]
    search_fields = ["article__headline"]
    ordering = ["language", "section__position", "section", "position", "id"]
    autocomplete_fields = ["article"]
    fields = ["language", "section", "article", "position", "is_pinned", "begins_at", "ends_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(now=Now())

    def has_change_permission(self, request: HttpRequest, obj: Slot | None = None) -> bool:
        is_theirs = obj is None or _is_theirs(request.user, obj)
        return is_theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Slot | None = None) -> bool:
        is_theirs = obj is None or _is_theirs(request.user, obj)
        return is_theirs and super().has_delete_permission(request, obj)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        row = type("Row", (SlotRow,), {"user": request.user})
        return super().get_changelist_form(request, **{"form": row, **kwargs})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The edition and the page whose slots were listed."""
        known = {name: value for name, value in _place(request).items() if value}
        return {**known, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "section":
            kwargs["empty_label"] = _("Front page")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def tags_of(self, obj: Slot) -> tuple[str, ...]:
        return ("lists",)

    @admin.display(description=gettext_lazy("page"))
    def page(self, slot: Slot) -> str:
        return slot.section.name if slot.section else _("Front page")

    @admin.display(description=gettext_lazy("state"))
    def state(self, slot: Any) -> str:
        """Of its article: what is not live, or of another edition by now, is skipped."""
        if slot.article.language != slot.language:
            return _("of another edition: not shown")
        return str(State(slot.article.state_at(slot.now)).label)

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> Any:
        """Where the edition is known, its articles alone are offered."""
        language = obj.language if obj else _place(request).get("language", "")
        form: Any = super().get_form(request, obj, **kwargs)
        form.reach = reach_of(request.user)
        if language in dict(settings.LANGUAGES) and "article" in form.base_fields:
            wrapper: Any = form.base_fields["article"].widget
            listed = getattr(wrapper, "widget", wrapper)
            only = EditionSelect(
                listed.field,
                listed.admin_site,
                offered=listed.listing.offered.filter(language=language),
                choices=listed.choices,
            )
            only.language = language
            wrapper.widget = only
        return form

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(slot_preview)
        ours = path("preview/", view, {"model_admin": self}, name="articles_slot_preview")
        return [ours, *super().get_urls()]


def _place(request: HttpRequest) -> dict[str, str]:
    """The edition and the section that the address names, or the filters of the list before it."""
    filters = QueryDict(request.GET.get("_changelist_filters", ""))
    place = {"language": filters.get("language", ""), "section": filters.get("page", "")}
    place |= {name: request.GET[name] for name in place if name in request.GET}
    return place if place["section"].isdecimal() else place | {"section": ""}


class MomentForm(forms.Form):
    """Which page, and when."""

    language = forms.ChoiceField(label=gettext_lazy("Edition"))
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Page"),
        required=False,
        empty_label=gettext_lazy("Front page"),
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Moment"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, editions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["language"]
        chosen.choices = [pair for pair in settings.LANGUAGES if pair[0] in editions]
        self.fields["at"].help_text = _("In the time zone %s.") % settings.TIME_ZONE


@require_safe
def slot_preview(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The real page as it will be at a moment, with what is scheduled until then. Never cached.

    For who may see drafts. `?frame=` shows it in a frame, below a form for the moment.
    """
    may_see_drafts = request.user.has_perm("articles.change_article")
    if not (may_see_drafts and model_admin.has_view_permission(request)):
        raise PermissionDenied
    asked = {"language": settings.LANGUAGE_CODE, **request.GET.dict()}
    if "frame" in asked and not asked.get("at"):
        asked["at"] = localtime(request_now(request)).strftime("%Y-%m-%dT%H:%M")
    form = MomentForm(asked, editions=SiteSettings.of(request).editions)
    if "frame" in asked:
        title = _("Preview of the paper")
        return frame_page(request, model_admin, title=title, form=form)
    if not form.is_valid():
        raise Http404
    language, section = form.cleaned_data["language"], form.cleaned_data["section"]
    if at := form.cleaned_data["at"]:
        keep_now(request, at)
    with as_preview(request, language):
        page = section_page(request, section) if section else front_page(request)
    return kept_private(page, language)
