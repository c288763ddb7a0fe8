"""Choosing a picture for a text: a page of its own, and JSON for the text editor's dialog."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.models import Image
from articles.pictures import save_picture
from operations.clock import request_now, site_day
from operations.names import in_language
from pictures.reencoding import PictureField
from pictures.storing import NOT_STORED, logger
from richtext.plain import plain_text, visible_text

IMAGES_A_PAGE = 24


class UploadForm(forms.Form):
    """A new picture, described in one language."""

    file = PictureField(label=_("Picture"))
    alt = forms.CharField(
        label=_("Alternative text"),
        max_length=500,
        required=False,
        validators=[plain_text, visible_text],
    )
    credit = forms.CharField(
        label=pgettext_lazy("of a picture", "Credit"),
        max_length=200,
        required=False,
        validators=[plain_text],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """The pictures that readers may see today, newest first; a POST adds one.

    JSON where `format=json` is asked for: {images: [{id, alt, thumbnail, width, height, credit}],
    next}, where `next` is the number of the next page or null; 201 and {image} for a new one, 422
    and {errors: {field: [message]}} for one that is refused. `language` says of which language the
    alternative texts are.
    """
    if not request.user.has_perms(["articles.view_image", "articles.change_article"]):
        raise PermissionDenied
    language = _language(request)
    form = UploadForm()
    if request.method == "POST":
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES)
        if image := _added(form, language):
            model_admin.log_addition(request, image, [{"added": {}}])
            return _answer(request, image, language)
        if _wants_json(request):
            return JsonResponse({"errors": form.errors}, status=422)
    page = _found(request, model_admin)
    if _wants_json(request):
        following = page.next_page_number() if page.has_next() else None
        found = [_told(image, language) for image in page.object_list]
        return JsonResponse({"images": found, "next": following})
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Choose a picture"),
        "opts": model_admin.opts,
        "images": [_with_code(_told(image, language)) for image in page.object_list],
        "page": page,
        "query": request.GET.get("q", ""),
        "language": language,
        "form": form if model_admin.has_add_permission(request) else None,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/image/choose.html", context, status=status)


def _found(request: HttpRequest, model_admin: Any) -> Page:
    images = Image.objects.licensed_on(site_day(request_now(request)))
    words = request.GET.get("q", "").replace("\0", " ")  # no text in the database has this sign
    found, _has_doubles = model_admin.get_search_results(request, images, words)
    return Paginator(found, IMAGES_A_PAGE).get_page(request.GET.get("page"))


def _added(form: UploadForm, language: str) -> Image | None:
    if not form.is_valid():
        return None
    alt = form.cleaned_data["alt"]
    image = Image(
        file=form.cleaned_data["file"],
        credit=form.cleaned_data["credit"],
        alts={language: alt} if alt else {},
    )
    try:
        save_picture(image)
    except OSError:
        logger.exception("A picture could not be stored.")
        form.add_error("file", cast(str, NOT_STORED))
        return None
    return image


def _answer(request: HttpRequest, image: Image, language: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"image": _told(image, language)}, status=201)
    query = urlencode({"language": language})
    return HttpResponseRedirect(f"{reverse('admin:articles_image_choose')}?{query}")


def _told(image: Image, language: str) -> dict[str, Any]:
    return {
        "id": image.pk,
        "alt": in_language(image.alts, language),
        "thumbnail": image.small,
        "width": image.width,
        "height": image.height,
        "credit": image.credit,
    }


def _with_code(told: dict[str, Any]) -> dict[str, Any]:
    """With what somebody without scripts pastes into a text."""
    figure = '<figure><img src="/images/{id}/" alt="{alt}"></figure>'
    return told | {"code": format_html(figure, id=told["id"], alt=told["alt"])}


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language()


def _wants_json(request: HttpRequest) -> bool:
    is_asked = request.GET.get("format") == "json"
    return is_asked or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )
