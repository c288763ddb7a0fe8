"""What every request passes: the edition that its path names, and protection from other sites."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware import csrf
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject

from articles.moved import moved
from fundraising.moved import moved as campaign_moved
from newsroom.moments import page_ends_at
from operations.clock import request_now
from operations.composed import asking_ahead
from operations.models import SiteSettings
from pagecache import marks
from pagecache.shells import shelf_of

# Below these the language is the person's own, and forms carry a token.
PERSONAL_PATHS = ("/admin/", "/accounts/", "/me/")


class EditionMiddleware:
    """Activates the language that the path's prefix names; never looks at Accept-Language.

    `/<default>/…` redirects to the bare path; the prefix of a language that is no edition is 404.
    Sets `request.site_settings`, which costs a query where it is looked at: liveness is asked of a
    process whose database may be gone. Sets `request.preview`, which a preview's page fills: what a
    request lacks costs a template as much as ten things that it has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"  # as our forms are; what a request says may be no text codec
        vars(request)["site_settings"] = SimpleLazyObject(SiteSettings.load)
        vars(request)["preview"] = None
        language, rest = split_prefix(request.path_info)
        if language == settings.LANGUAGE_CODE:
            bare, query = escape_uri_path(rest), request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(
                f"{bare}?{query}" if query else bare, preserve_request=request.method != "GET"
            )
        if language and language not in SiteSettings.of(request).editions:
            request.path_info, language = "/no-such-edition/", ""
        if request.path_info.startswith(PERSONAL_PATHS):
            language = personal_language(request)
        language = language or settings.LANGUAGE_CODE
        with translation.override(language), SiteSettings.answering(request):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Leads on from a slug that once was, wherever it stands in the address that is missing."""
        if not isinstance(exception, Http404):
            return None
        return moved(request) or campaign_moved(request)


def split_prefix(path: str) -> tuple[str, str]:
    """('de', '/articles/x/') for /de/articles/x/; ('', path) where no language stands first."""
    first, slash, rest = path.lstrip("/").partition("/")
    if slash and first in dict(settings.LANGUAGES) and path.startswith(f"/{first}/"):
        return first, "/" + rest.lstrip("/")  # one slash: `//host/` would lead to another site
    return "", path


def personal_language(request: HttpRequest) -> str:
    """The signed-in person's language of the desk, else what the browser asks for."""
    chosen = getattr(request.user, "language", "")
    return chosen or translation.get_language_from_request(request)


class KeptPagesMiddleware:
    """Tells the page cache until when a public page stays true. One query, none with a shell.

    An article has asked it ahead: what was asked so is kept until then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with asking_ahead():
            return self._marked(request)

    def _marked(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if marks.is_wanted(request, response):
            shelf = shelf_of(request)
            if shelf and (shell := shelf.found):
                left, age = shell.ends_at - shelf.begun, shelf.begun - shell.built_at
            else:
                now, age = request_now(request), 0.0
                left = (page_ends_at(now) - now).total_seconds()
            marks.write(request, response, left=left, age=age)
        return response


class CsrfViewMiddleware(csrf.CsrfViewMiddleware):
    """Django's protection, with another token step for the forms in cached public pages.

    Those carry no token. Browsers say where a request comes from: `Sec-Fetch-Site: same-origin`
    passes; without that header an Origin that Django has verified passes; anything else needs
    the token. Personal pages always need it.
    """

    def _check_token(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(PERSONAL_PATHS):
            site = request.headers.get("Sec-Fetch-Site")
            if site == "same-origin" or (site is None and "Origin" in request.headers):
                return
        super()._check_token(request)  # type: ignore[misc]  # private, and tested
