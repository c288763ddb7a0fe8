"""Choosing a passage without marking it, and reporting an error in one."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.answering import keep_pace, retry_later, status_of
from comments.asking import report_error
from comments.forms import QUOTED, ErrorReportForm
from comments.fragment import accepts
from comments.models import tags_of_talk
from comments.refusals import Refused, TooOften
from comments.views import asked_selector, gone_or_404, live_articles
from pagecache.marks import keep
from richtext.passages import ArticleText


@require_safe
def passage_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The article's paragraphs, each with links to discuss it and to report an error in it."""
    article = live_articles(request).filter(slug=slug).first()
    if article is None:
        return gone_or_404(request, slug=slug)
    context = {
        "article": article,
        "paragraphs": ArticleText(article.body).paragraphs,
        "accepts": accepts(request, article),
    }
    page = render(request, "comments/passage_list.html", context)
    return keep(page, *tags_of_talk(article))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def error_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tells the desk what is wrong with a passage; a refusal keeps what was typed."""
    article = get_object_or_404(live_articles(request), slug=slug)
    form = ErrorReportForm(
        request.POST if request.method == "POST" else None,
        initial=dict(zip(QUOTED, asked_selector(request, article), strict=True)),
    )
    if not (form.is_bound or form.selector.exact):
        return redirect("comments:passage_list", slug)
    refusal: Refused | None = None
    status = 422 if form.is_bound else 200
    try:
        if form.is_valid():
            keep_pace(request, {"error reports": settings.FORMS_PER_PREFIX})
            report_error(article, form.selector, text=form.cleaned_data["text"])
            return redirect("comments:error_reported", slug)
    except ValidationError as refused:
        form.add_error("exact", refused)
    except TooOften as error:
        refusal, status = error, status_of(error)
    context = {"article": article, "form": form, "refusal": refusal}
    response = render(request, "comments/error_report.html", context, status=status)
    return retry_later(response, refusal)


@require_safe
def error_reported(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(live_articles(request), slug=slug)
    return render(request, "comments/error_reported.html", {"article": article})
