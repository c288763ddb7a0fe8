"""The page from which others copy an article that is offered under a licence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import Role
from articles.reading import find_article
from newsroom.provenance import Provenance
from operations.models import SiteSettings
from pagecache.marks import depend, keep
from richtext.elsewhere import links_with_host
from richtext.reading import for_elsewhere
from richtext.text import text_from_article_html
from translations.models import Licence


@dataclass(frozen=True)
class Offer:
    """An article ready to be copied, as HTML and as plain text. Pictures are not part of it."""

    licence: Licence
    html: str
    text: str


@require_safe
def article_republish(request: HttpRequest, slug: str) -> HttpResponse:
    """What to copy, and on what terms; 404 for what is offered under no licence, or retracted."""
    article = find_article(request, slug)
    if article is None:
        raise Http404
    provenance = Provenance.of(request, article)
    if provenance.licence is None or article.retractions:
        raise Http404
    depend(request, *(provenance.credit.tags if provenance.credit else ()))
    offer = make_offer(provenance, provenance.licence, paper=SiteSettings.of(request).name)
    page = render(request, "newsroom/article_republish.html", {"article": article, "offer": offer})
    return keep(page, article.tag)


def make_offer(provenance: Provenance, licence: Licence, *, paper: str) -> Offer:
    """The article with where it appeared and its credit at the top, as licences ask for."""
    article = provenance.article
    body = for_elsewhere(article.body, base_url=provenance.url, pictures=False)
    head = [
        format_html("<h1>{}</h1>", article.headline),
        format_html("<p>{}</p>", article.standfirst) if article.standfirst else "",
        format_html("<p>{}</p>", _appeared(provenance, licence, paper, _HTML)),
    ]
    texts = [article.headline, article.standfirst, _appeared(provenance, licence, paper, _TEXT)]
    if provenance.credit:
        head.append(
            format_html("<p>{}</p>", links_with_host(provenance.credit.html, settings.SITE_URL))
        )
        texts.append(provenance.credit.text)
    html = format_html_join("\n", "{}", ((part,) for part in (*head, body) if part))
    texts.append(text_from_article_html(body))
    return Offer(licence, html=html, text="\n\n".join(filter(None, texts)))


@dataclass(frozen=True)
class _Form:
    """How the sentence about the article is written: `fill` puts values into a pattern."""

    fill: Callable[..., str]
    link: str

    def linked(self, words: str, address: str) -> str:
        return self.fill(self.link, words=words, address=address) if address else words


_TEXT = _Form(fill=str.format, link="{words} ({address})")
_HTML = _Form(fill=format_html, link='<a href="{address}">{words}</a>')


def _appeared(provenance: Provenance, licence: Licence, paper: str, form: _Form) -> str:
    """Where the article appeared, by whom, and under what it is offered."""
    article = provenance.article
    names = [line.name for line in article.contributions.all() if line.role == Role.REPORTER]
    sentence = (
        gettext("“{headline}” by {names} appeared in {paper} on {date}. Licence: {licence}.")
        if names
        else gettext("“{headline}” appeared in {paper} on {date}. Licence: {licence}.")
    )
    return form.fill(
        sentence,
        headline=form.linked(article.headline, provenance.canonical_url),
        names=", ".join(names),
        paper=form.linked(paper, f"{settings.SITE_URL}/"),
        date=date_format(cast(datetime, article.publish_at)),
        licence=form.linked(licence.name, licence.url),
    )
