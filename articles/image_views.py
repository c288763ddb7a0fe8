"""The address of a picture that outlives its files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from articles.models import Article, Contributor, Image
from articles.picture_uses import is_public
from operations.clock import end_of_day, request_now, site_day

SECONDS = 60  # so long others may follow to a file that was replaced meanwhile


@require_safe
def image_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the picture as it is now, about 1200 pixels wide.

    404 for one whose licence has ended, and for one that nothing shows to readers yet, unless who
    asks may see pictures at the desk.
    """
    now = request_now(request)
    image = Image.objects.licensed_on(site_day(now)).filter(pk=pk).first()
    if image is None or not image.file:
        raise Http404
    live, known = Article.objects.live(now), Contributor.objects.known(now)
    if is_public(image, live=live, known=known):
        response = _leading_to(image)
        left = (end_of_day(site_day(now)) - now).total_seconds()
        patch_cache_control(response, public=True, max_age=int(min(SECONDS, left)))
        return response
    if not request.user.has_perm("articles.view_image"):
        raise Http404
    response = _leading_to(image)
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _leading_to(image: Image) -> HttpResponse:
    response = HttpResponseRedirect(image.middling)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
