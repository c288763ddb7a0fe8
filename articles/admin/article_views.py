"""Pages of the desk around one article: corrections, and the start of a translation."""

from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles import drafts
from articles.admin.article_form import reason_field
from articles.admin.checklist_panel import warnings_in_the_way
from articles.admin.drafting import posted_revision
from articles.correcting import correct, may_correct
from articles.editions import missing_languages
from articles.models import Article, Correction
from articles.remits import holds_at, is_within


class CorrectionForm(forms.ModelForm):
    overriding = reason_field()

    class Meta:
        model = Correction
        fields = ["kind", "text"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "auto"}


@require_http_methods(["GET", "HEAD", "POST"])
def correct_article(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Asks what was wrong, and publishes it with the newest draft."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    if not is_within(request.user, article):
        raise PermissionDenied
    if not may_correct(article):
        raise Http404
    form = CorrectionForm(request.POST or None, language=article.language)
    newest, warnings = drafts.newest(article), []
    if form.is_valid():
        seen = posted_revision(request, article.revisions.all(), "seen")
        try:
            if newest and seen is None:
                raise drafts.StaleDraft(newest)
            correct(article, **form.cleaned_data, by=cast(User, request.user), seen=seen)
            model_admin.message_user(request, _("The correction is published."))
            return redirect("admin:articles_article_change", article.pk)
        except ValidationError as refused:
            warnings = warnings_in_the_way(refused)
            form.add_error(
                "overriding" if warnings else None,
                [_("Say why it is published all the same.")] if warnings else refused.messages,
            )
    context = {
        **model_admin.admin_site.each_context(request),
        "warnings": warnings,
        "title": _("Correct “%(headline)s”") % {"headline": article},
        "opts": model_admin.opts,
        "original": article,
        "form": form,
        "newest": newest,
        "unpublished": drafts.changes(article),
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/article/correct.html", context, status=status)


class LanguageForm(forms.Form):
    def __init__(self, *args, languages: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            widget=forms.RadioSelect,
            choices=[(code, names[code]) for code in languages],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Asks for a language and begins the story's edition in it, as the admin's verb does."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    holds = partial(holds_at, request.user, section_id=article.section_id)
    form = LanguageForm(
        request.POST or None,
        initial={"language": request.GET.get("language")},
        languages=[code for code in missing_languages(article) if holds(language=code)],
    )
    if form.is_valid():
        try:
            language, editor = form.cleaned_data["language"], cast(User, request.user)
            draft = model_admin.begin_edition(article, language=language, by=editor)
            return redirect("admin:articles_article_change", draft.pk)
        except ValidationError as refused:
            form.add_error("language", refused)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Translate “%(headline)s”") % {"headline": article},
        "opts": model_admin.opts,
        "original": article,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/article/translate.html", context, status=status)
