"""The site's settings and its background work at the desk."""

from typing import Any

import django_tasks_db.admin  # noqa: F401 - registers what we take back below
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from operations.models import Failure, ScheduledJob, SiteSettings
from operations.retrying import replay
from pagecache.admin import DropsPages
from pictures.reencoding import PictureField
from pictures.storing import StoresPictures

admin.site.unregister(DBTaskResult)  # its list of everything; ours is of what needs a person


class SiteSettingsForm(forms.ModelForm):
    editions = forms.MultipleChoiceField(
        label=_("editions"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SiteSettings
        exclude: list[str] = []
        field_classes = {"logo": PictureField, "logo_dark": PictureField}
        widgets = {
            "accent_light": forms.TextInput(attrs={"type": "color"}),
            "accent_dark": forms.TextInput(attrs={"type": "color"}),
        }


@admin.register(SiteSettings)
class SiteSettingsAdmin(DropsPages, StoresPictures, admin.ModelAdmin):
    """One form: its list leads straight to it."""

    picture_field = "logo"
    form = SiteSettingsForm
    fieldsets = [
        (None, {"fields": ["name", "place", "logo", "logo_dark", "footers"]}),
        (_("Colours"), {"fields": ["accent_light", "accent_dark"]}),
        (_("Editions"), {"fields": ["editions", "money_pattern"]}),
        (
            _("Conversation"),
            {
                "fields": [
                    "comment_policy",
                    "held_words",
                    "refused_words",
                    "allows_down_votes",
                    "hides_scores_minutes",
                    "holds_at_flags",
                ]
            },
        ),
        (_("Members"), {"fields": ["allows_sign_up"]}),
        (_("Robots"), {"fields": ["allows_ai_crawlers"]}),
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


class ReadOnlyAdmin(admin.ModelAdmin):
    """For rows that only verbs write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ScheduledJob)
class ScheduledJobAdmin(ReadOnlyAdmin):
    list_display = ["name", "due_at", "started_at"]
    ordering = ["name"]


@admin.register(Failure)
class FailureAdmin(ReadOnlyAdmin):
    """What failed in the background, to be read and run again."""

    list_display = ["task_name", "status", "tries", "enqueued_at", "started_at", "run_after"]
    list_filter = ["status"]
    search_fields = ["=id", "task_path", "exception_class_path"]
    ordering = ["-started_at"]
    actions = ["replay_selected"]
    fields = [
        ("task_name", "status", "tries"),
        ("enqueued_at", "started_at", "run_after"),
        "args_kwargs",
        "exception_class_path",
        "report",
    ]

    @admin.display(description=_("task"))
    def task_name(self, failure: Failure) -> str:
        return failure.task_name

    @admin.display(description=_("tries"))
    def tries(self, failure: Failure) -> int:
        return len(failure.worker_ids)

    @admin.display(description=_("report"))
    def report(self, failure: Failure) -> str:
        return format_html("<pre>{}</pre>", failure.traceback)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("operations.replay_failure")

    @admin.action(description=_("Run again now"), permissions=["replay"])
    def replay_selected(self, request: HttpRequest, failures: QuerySet[Failure]) -> None:
        replayed = [failure for failure in failures if replay(failure)]
        if replayed:
            LogEntry.objects.log_actions(
                request.user.pk,  # type: ignore[arg-type]
                replayed,
                CHANGE,
                change_message="replayed",
            )
        message = ngettext(
            "%(count)d task runs again.", "%(count)d tasks run again.", len(replayed)
        )
        self.message_user(request, message % {"count": len(replayed)})
