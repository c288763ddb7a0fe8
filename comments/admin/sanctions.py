"""Deciding about people at the desk: given for a comment, read, and lifted for a reason."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.guests import guest_id
from comments.judging import refusal_about
from comments.models import Comment, Reason, Sanction
from comments.models.moderation import MAX_NOTE
from comments.models.sanctions import Measure
from comments.sanctioning import lift, refusal_to_lift, sanction
from operations.clock import database_now
from richtext.plain import no_address, plain_text


class GivingForm(forms.ModelForm):
    """For which comment, which leads to its writer, and what.

    `by` and `guest`, as whom their browser wrote, are set by the admin.
    """

    by: User
    guest: UUID | None

    comment = forms.ModelChoiceField(
        Comment.objects.select_related("author"),
        label=_("comment"),
        widget=forms.NumberInput,
        help_text=_("The number of a comment: whoever wrote it is meant."),
    )
    measure = forms.ChoiceField(
        label=_("measure"),
        choices=[choice for choice in Measure.choices if choice[0] != Measure.LIFT],
    )

    reason = forms.ChoiceField(label=_("reason"), choices=[("", "---------"), *Reason.choices])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.label = capfirst(field.label)

    class Meta:
        model = Sanction
        fields = ["comment", "measure", "reason", "note", "ends_at"]

    def clean(self) -> dict[str, Any]:
        """What only the verb knows is asked of it when saving; the rest here, beside the fields."""
        data = super().clean() or self.cleaned_data
        comment, end = data.get("comment"), data.get("ends_at")
        if comment:
            self.instance.person = comment.writer
            if not comment.writer:
                self.add_error("comment", _("Nobody knows who wrote this comment."))
            elif refusal := refusal_about(comment.writer, by=self.by, guest=self.guest):
                self.add_error("comment", str(refusal))
        if end and end <= database_now():
            self.add_error("ends_at", _("This moment has passed."))
        if data.get("measure") == Measure.SUSPEND and not end and "ends_at" not in self.errors:
            self.add_error("ends_at", _("Until when?"))
        if data.get("measure") in (Measure.WARN, Measure.BAN) and end:
            self.add_error("ends_at", _("A warning and a ban have no end."))
        return data


class LiftingForm(forms.ModelForm):
    """The one thing that can still be done about a sanction."""

    why = forms.CharField(
        label=_("lift it, because"),
        help_text=_("The person reads this."),
        max_length=MAX_NOTE,
        validators=[plain_text, no_address],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Sanction
        fields: list[str] = []


@admin.register(Sanction)
class SanctionAdmin(admin.ModelAdmin):
    """Nothing here is ever changed or deleted: what was decided is lifted by another row."""

    list_display = ["about", "measure", "reason", "state", "given_by", "given_at", "ends_at"]
    list_filter = ["measure", "reason", "given_at"]
    list_select_related = ["comment__author", "given_by", "lifted_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=person", "=comment__id", "note"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sanction]:
        """Each with whether it is in force."""
        in_force = Sanction.objects.in_force(Now()).filter(pk=OuterRef("pk"))
        given = super().get_queryset(request).exclude(measure=Measure.LIFT)
        return given.annotate(is_in_force=Exists(in_force))

    @admin.display(description=_("person"))
    def about(self, given: Sanction) -> str:
        """By the name below the comment; the key where that was erased."""
        return given.comment.name or given.person

    @admin.display(description=_("state"))
    def state(self, given: Any) -> str:
        if given.is_in_force:
            return gettext("in force")
        if hasattr(given, "lifted_by"):
            return pgettext("sanction", "lifted")
        return gettext("told") if given.measure == Measure.WARN else gettext("ended")

    def get_fields(self, request: HttpRequest, obj: Sanction | None = None) -> Any:
        if obj is None:
            return GivingForm.Meta.fields
        told = ["about", "state", "comment", "measure", "reason", "note", "ends_at", "given_by",
                "given_at", "lifting"]  # fmt: skip
        return [*told, "why"] if self.has_change_permission(request, obj) else told

    def get_readonly_fields(self, request: HttpRequest, obj: Sanction | None = None) -> list[str]:
        return (
            [] if obj is None else [name for name in self.get_fields(request, obj) if name != "why"]
        )

    @admin.display(description=_("lifted because"))
    def lifting(self, given: Sanction) -> str:
        return given.lifted_by.note if hasattr(given, "lifted_by") else "–"

    def get_form(  # type: ignore[override]
        self, request: HttpRequest, obj: Sanction | None = None, **kwargs: Any
    ) -> Any:
        kwargs |= {"form": LiftingForm if obj else GivingForm}
        form: Any = super().get_form(request, obj, **kwargs)
        form.by, form.guest = request.user, guest_id(request)
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of one that is lifted, or was only a warning, nothing is left to do; whom one may
        not decide about reads it. Asked often for one page, and found out once."""
        if obj and (obj.measure == Measure.WARN or hasattr(obj, "lifted_by")):
            return False
        if obj and not hasattr(obj, "refusal"):
            person = cast(User, request.user)
            obj.refusal = refusal_to_lift(obj, by=person, guest=guest_id(request))
        return super().has_change_permission(request, obj) and not (obj and obj.refusal)

    def has_delete_permission(self, request: HttpRequest, obj: Sanction | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Sanction, form: Any, change: Any) -> None:
        person = cast(User, request.user)
        if change:
            lift(obj, by=person, note=form.cleaned_data["why"])
            return
        typed = {name: form.cleaned_data[name] for name in ("measure", "reason", "note", "ends_at")}
        obj.pk = sanction(form.cleaned_data["comment"], by=person, **typed).pk
