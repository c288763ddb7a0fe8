"""The form of an article with its source beside it: the same form, laid out in two panes."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import select_template
from django.urls import Resolver404, URLPattern, path, resolve, reverse

from articles.admin import article_views
from articles.models import Article
from translations.beside import ABOVE, BELOW, Source, direction_of, source_beside
from translations.models import Attribution, Origin

NAME = "articles_article_beside"
SOURCE_RIGHTS = ["articles.view_revision", "translations.view_sourcework"]
WRITTEN = (*ABOVE, *BELOW, "dateline", "body")  # in the article's language


class WritesBeside(admin.ModelAdmin):
    """Adds the page `beside` to the articles' admin, before `ArticleAdmin` in the bases.

    Saving, permissions and errors are those of the change form. Where nothing can stand beside
    the form, it leads to the form alone.
    """

    def get_urls(self) -> list[URLPattern]:  # type: ignore[override]
        view = self.admin_site.admin_view
        ours = [
            path("<int:pk>/beside/", view(self.beside), name=NAME),
            path("<int:pk>/translate/", view(self.translate), name="articles_article_translate"),
        ]
        return [*ours, *super().get_urls()]  # type: ignore[list-item]

    def beside(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The change form's own answer; a post is saved even if the source has gone meanwhile."""
        response = self.changeform_view(request, str(pk))
        is_alone = response.status_code == 200 and not hasattr(request, "source_beside")
        if is_alone and request.method != "POST":
            return redirect("admin:articles_article_change", pk)
        return beside_of(response)

    def translate(self, request: HttpRequest, pk: int) -> HttpResponse:
        return beside_of(article_views.translate(request, pk=pk, model_admin=self))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = kwargs.get("obj")
        is_beside = request.resolver_match is not None and request.resolver_match.url_name == NAME
        source = self._source(request, article) if article is not None and is_beside else None
        context["has_source"] = article is not None and has_source(article)
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        if article is not None and source is not None:
            vars(request)["source_beside"] = source
            lay_out(response, source, article)
        return response

    def _source(self, request: HttpRequest, article: Article) -> Source | None:
        """What stands beside the article, for who may see it. Four queries at most."""
        if not request.user.has_perms(SOURCE_RIGHTS):
            return None
        return source_beside(article, known=self.get_queryset(request))


def has_source(article: Article) -> bool:
    credits = Attribution.objects.filter(article=article).exclude(origin=Origin.ORIGINAL)
    return credits.exists()


def beside_of(response: HttpResponse) -> HttpResponse:
    """The same answer, but where it leads to an article's form, to that with its source beside."""
    if response.status_code != 302:
        return response
    address, mark, query = cast(HttpResponseRedirect, response).url.partition("?")
    try:
        match = resolve(address)
    except Resolver404:  # another site's, say
        return response
    if match.url_name != "articles_article_change":
        return response
    beside = reverse(f"admin:{NAME}", args=[match.kwargs["object_id"]])
    elsewhere = HttpResponseRedirect(f"{beside}{mark}{query}")
    elsewhere.cookies = response.cookies
    return elsewhere


def lay_out(response: Any, source: Source, article: Article) -> None:
    """Puts the page's own template around the form's, and says which language is written."""
    context = response.context_data
    context["form_template"] = select_template(response.template_name)
    context["source"] = source
    context["is_nav_sidebar_enabled"] = False  # its room is the source's
    context["written_direction"] = direction_of(article.language)
    context["has_alt"] = source.picture is not None and article.language in source.picture.alts
    fields = context["adminform"].form.fields
    for name in WRITTEN:
        if name in fields:
            fields[name].widget.attrs |= {
                "lang": article.language,
                "dir": context["written_direction"],
            }
    response.template_name = "admin/articles/article/beside.html"
