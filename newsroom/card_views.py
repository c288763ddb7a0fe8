"""The address of an article's card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.models import Article
from newsroom.cards import Card
from operations.clock import request_now
from operations.models import SiteSettings

SECONDS = 24 * 3600  # what is taken back shall not be shown elsewhere for longer


@require_safe
def article_card(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The card as the article's page names it; 404 for another one, and while it is not live."""
    site = SiteSettings.of(request)
    live = Article.objects.live(request_now(request)).filter(language__in=site.editions)
    article = get_object_or_404(live.select_related("section").defer("body"), pk=pk)
    card = Card.of(article, paper=site.name)
    if card is None or card.digest != digest:
        raise Http404
    response = HttpResponse(card.read(), content_type="image/png")
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response
