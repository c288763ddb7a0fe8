"""Pages of the desk around one article: its preview, and the start of a translation."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from articles import drafts
from articles.editions import begin_edition, missing_languages
from articles.models import Article
from operations.clock import request_now


@require_safe
def preview(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """The newest draft as readers would see it if it were published now. Never cached.

    Who may not write sees what readers know of.
    """
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    known: Any = model_admin.get_queryset(request)
    article = get_object_or_404(known, pk=pk)
    draft = drafts.pending(article) if model_admin.has_change_permission(request) else None
    if draft is None:
        return _page(request, known.for_reading().get(pk=pk))
    with drafts.applied(article, draft):
        return _page(request, known.for_reading().get(pk=pk))


def _page(request: HttpRequest, article: Article) -> HttpResponse:
    now = request_now(request)
    siblings = Article.objects.live(now).siblings_of(article)
    article.slug = article.slug or f"preview-{article.pk}"
    article.publish_at = article.publish_at or now
    request.LANGUAGE_CODE = article.language
    with override(article.language):
        response = render(
            request,
            "articles/article_detail.html",
            {"article": article, "siblings": siblings, "is_preview": True},
        )
    response["Content-Language"] = article.language
    return response


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
def translate(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin) -> HttpResponse:
    """Asks for a language and begins the story's edition in it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    form = LanguageForm(request.POST or None, languages=missing_languages(article))
    if form.is_valid():
        try:
            language, editor = form.cleaned_data["language"], cast(User, request.user)
            draft = begin_edition(article, language=language, by=editor)
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
