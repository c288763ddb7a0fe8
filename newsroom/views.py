"""Pages that show several apps at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models import Article
from operations.clock import request_now


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """The edition's front page: its latest articles."""
    live = Article.objects.live(request_now(request)).in_edition(get_language())
    articles = live.newest_first().for_listing()[:30]
    return render(request, "newsroom/front_page.html", {"articles": articles})
