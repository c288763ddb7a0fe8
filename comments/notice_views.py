"""Telling the paper that something on it is against the law; nobody needs an account for it."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.answering import keep_pace, retry_later, status_of
from comments.models import Notice
from comments.models.notices import MAX_ADDRESS
from comments.noticing import check_named, found, is_ours, link, receive
from comments.refusals import Refused, TooOften
from richtext.plain import plain_text, unpiled_text


class NoticeForm(forms.ModelForm):
    """What the law asks of a notice. `website` is a trap: people do not see it."""

    address = forms.CharField(
        label=_("Address of the page or comment"),
        max_length=MAX_ADDRESS,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    is_in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I write here is right and complete.")
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = Notice
        fields = ["address", "why", "name", "email"]
        labels = {"why": _("Why is it against the law?")}
        widgets = {
            "why": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {"email": _("Where we answer. Without it you read the answer by a link.")}

    def clean(self) -> dict[str, Any]:
        """Asks no constraint, as Django's own does: one that waits already is no mistake."""
        return self.cleaned_data

    def clean_name(self) -> str:
        unpiled_text(self.cleaned_data["name"])
        return self.cleaned_data["name"]

    def clean_address(self) -> str:
        address = self.cleaned_data["address"]
        if not is_ours(address):
            raise forms.ValidationError(_("This is no page of ours."))
        try:
            check_named(address)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return address

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty."))
        return ""

    @property
    def asked_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name != "website"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_create(request: HttpRequest) -> HttpResponse:
    """The form; a refusal keeps what was typed. Leads to the notice, by its secret link."""
    data = request.POST if request.method == "POST" else None
    form = NoticeForm(data, initial={"address": request.GET.get("address", "")[:MAX_ADDRESS]})
    refusal: Refused | None = None
    status = 422 if form.is_bound else 200
    try:
        if form.is_valid():
            keep_pace(request, {"notices": settings.FORMS_PER_PREFIX})
            form.instance.language = get_language()
            return redirect(link(receive(form.instance)))
    except TooOften as error:
        refusal, status = error, status_of(error)
    context = {"form": form, "refusal": refusal}
    response = render(request, "comments/notice_create.html", context, status=status)
    return retry_later(response, refusal)


@never_cache
@require_safe
def notice_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice and its answer, for whoever has the link; else 404."""
    notice = found(reference, request.GET.get("key", ""))
    response = render(request, "comments/notice_detail.html", {"notice": notice})
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
