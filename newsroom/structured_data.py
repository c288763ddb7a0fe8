"""What pages tell machines in the terms of schema.org, as JSON-LD."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from articles.models import Article, Contribution, Contributor, Correction, Role
from articles.series import Instalment
from newsroom.alternates import Version
from newsroom.provenance import Provenance
from operations.addresses import address
from operations.clock import site_day
from operations.models import SiteSettings
from richtext.comments import text_without_spoilers
from richtext.elsewhere import script_data
from translations.models import Licence, Method, Origin, Publication, SourceWork

Node = dict[str, Any]

BASED_ON_ITS_SOURCE = (Origin.ADAPTATION, Origin.REPUBLICATION, Origin.CO_PUBLICATION)
# What each role of a byline is to the work.
PROPERTIES = {
    Role.REPORTER: "author",
    Role.TRANSLATOR: "translator",
    Role.EDITOR: "editor",
    Role.REVIEWER: "contributor",
    Role.PHOTOGRAPHER: "contributor",
    Role.ILLUSTRATOR: "contributor",
}
# The codes of the IPTC for what a model had a part in, as schema.org names them.
DIGITAL_SOURCES = {
    Method.MACHINE_ASSISTED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    Method.MACHINE_REVIEWED: "TrainedAlgorithmicMediaDigitalSource",
    Method.MACHINE_RAW: "TrainedAlgorithmicMediaDigitalSource",
}


def json_ld(nodes: list[Node]) -> SafeString:
    """The nodes as the text of a script element, whatever stands in them."""
    return script_data({"@context": "https://schema.org", "@graph": nodes})


def of_article(
    provenance: Provenance, *, instalment: Instalment | None, site: SiteSettings
) -> list[Node]:
    """The article and the way to it. No query but for the licence of our own pieces."""
    with override(provenance.article.language):
        article = news_article(provenance, site=site) | _series(instalment)
        return [article, breadcrumbs(provenance.article)]


def news_article(provenance: Provenance, *, site: SiteSettings) -> Node:
    """The article in the active language."""
    return (
        _about(provenance, site)
        | _people(provenance)
        | _terms(provenance)
        | _source(provenance, site)
        | _translations(provenance)
    )


def breadcrumbs(article: Article) -> Node:
    """The way from the front page to the article."""
    return way_to(article.headline, article.get_absolute_url(), above=article.section)


def way_to(name: str, url: str, *, above: Any = None) -> Node:
    """The way from the edition's front page, by what stands above it if anything does."""
    steps = [(gettext("Front page"), address("front_page"))]
    if above:
        steps.append((above.name, above.get_absolute_url()))
    steps.append((name, url))
    items = [
        {"@type": "ListItem", "position": place, "name": name,
         "item": {"@type": "WebPage", "@id": _absolute(url), "url": _absolute(url)}}
        for place, (name, url) in enumerate(steps, start=1)
    ]  # fmt: skip
    return {"@type": "BreadcrumbList", "itemListElement": items}


def web_site(site: SiteSettings, *, language: str) -> Node:
    """The edition, and how to search it."""
    return _node(
        "WebSite",
        name=site.name,
        url=_absolute(address("front_page", language=language)),
        inLanguage=language,
        publisher=publisher(site),
        potentialAction=_search(),
    )


def _search() -> Node:
    address = f"{_absolute(reverse('search'))}?q={{search_term_string}}"
    question = {"query-input": "required name=search_term_string"}
    return _node("SearchAction", target=_node("EntryPoint", urlTemplate=address)) | question


def person(contributor: Contributor, *, on: date) -> Node:
    """Somebody with a page, as it shows them on the day."""
    url = _absolute(contributor.get_absolute_url())
    portrait = contributor.portrait
    is_shown = portrait and portrait.file and portrait.is_licensed_on(on)
    return _node(
        "Person",
        name=contributor.name,
        url=url,
        mainEntityOfPage=url,
        jobTitle=contributor.role_line,
        description=contributor.bio,
        image=_absolute(portrait.cropped("square").url) if portrait and is_shown else "",
    )


def conversation(article: Article, lines: Iterable[dict[str, Any]], *, count: int) -> Node:
    """The article with what readers see at once of the comments that `comments.lines` shows."""
    shown = [_comment(line) for line in lines if "html" in line]
    url = _absolute(article.get_absolute_url())
    return _node(
        "NewsArticle", url=url, headline=article.headline, commentCount=count, comment=shown
    )


def _comment(line: dict[str, Any]) -> Node:
    return _node(
        "Comment",
        url=_absolute(reverse("comments:comment_detail", args=[line["id"]])),
        text=text_without_spoilers(line["html"]),
        author=_node("Person", name=unescape(line["name"])),
        datePublished=str(line["written"]),
        inLanguage=str(line["language"]),
    )


def publisher(site: SiteSettings) -> Node:
    """The paper."""
    logo = {"@type": "ImageObject", "url": _absolute(site.logo.url)} if site.logo else None
    paper = {"name": site.name, "url": f"{settings.SITE_URL}/", "logo": logo}
    return _node("NewsMediaOrganization", **paper)


def _about(provenance: Provenance, site: SiteSettings) -> Node:
    article = provenance.article
    return _node(
        "NewsArticle",
        url=provenance.url,
        mainEntityOfPage=provenance.url,
        headline=article.headline,
        description=article.standfirst,
        inLanguage=article.language,
        datePublished=_date(article.publish_at),
        dateModified=_date(article.updated_at),
        articleSection=article.section.name if article.section else "",
        timeRequired=f"PT{minutes}M" if (minutes := article.reading_minutes) else "",
        image=_image(article, on=site_day(provenance.now)),
        publisher=publisher(site),
        isAccessibleForFree=True,
        correction=[_correction(each) for each in article.corrections.all()],
    )


def _correction(told: Correction) -> Node:
    said = f"{told.get_kind_display()}: {told.text}"
    return _node("CorrectionComment", text=said, datePublished=_date(told.created_at))


def _people(provenance: Provenance) -> Node:
    """Everybody of the byline by what they did. Somebody or some paper is always the author."""
    people: dict[str, list[Node]] = {}
    for line in provenance.article.contributions.all():
        people.setdefault(PROPERTIES[Role(line.role)], []).append(_person(line))
    if "author" not in people and provenance.attribution and provenance.attribution.source_work:
        people["author"] = [_author(provenance.attribution.source_work)]
    return dict(people)


def _terms(provenance: Provenance) -> Node:
    attribution, credit = provenance.attribution, provenance.credit
    digital_source = DIGITAL_SOURCES.get(Method(attribution.method)) if attribution else None
    return _filled(
        creditText=credit.text if credit else "",
        license=_licence(provenance.licence),
        digitalSourceType=f"https://schema.org/{digital_source}" if digital_source else "",
    )


def _source(provenance: Provenance, site: SiteSettings) -> Node:
    """What the article was made from, and whether by translating it."""
    attribution = provenance.attribution
    if attribution is None or provenance.is_original:
        return {}
    if attribution.source_work:
        source = _work(attribution.source_work)
    else:
        source = _own_source(provenance, site, language=attribution.source_language)
    is_based = attribution.origin in BASED_ON_ITS_SOURCE
    return {"isBasedOn" if is_based else "translationOfWork": source}


def _work(work: SourceWork) -> Node:
    return _node(
        "NewsArticle",
        url="" if work.withdrawn_at else work.url,
        headline=work.title,
        inLanguage=work.language,
        datePublished=_date(work.published_on),
        dateModified=_date(work.modified_on),
        author=_author(work) if work.byline else None,
        publisher=_outlet(work.publication),
    )


def _own_source(provenance: Provenance, site: SiteSettings, *, language: str) -> Node:
    """Our own source; while readers may not see it, nothing of it but its language.

    Its reporters are those of what was made from it.
    """
    ours = provenance.readable_source
    if ours is None:
        return _node("NewsArticle", inLanguage=language)
    return _node(
        "NewsArticle",
        url=_absolute(ours.get_absolute_url()),
        headline=ours.headline,
        inLanguage=ours.language,
        datePublished=_date(ours.publish_at),
        dateModified=_date(ours.updated_at),
        author=_people(provenance).get("author"),
        publisher=publisher(site),
    )


def _translations(provenance: Provenance) -> Node:
    made = provenance.alternates.translations_of(provenance.article)
    return _filled(workTranslation=[_translation(version) for version in made])


def _series(instalment: Instalment | None) -> Node:
    if instalment is None:
        return {}
    series, url = instalment.series, _absolute(instalment.series.get_absolute_url())
    told = _node("CreativeWorkSeries", name=series.name, url=url)
    return {"isPartOf": told, "position": instalment.number}


def _translation(version: Version) -> Node:
    return _node(
        "NewsArticle",
        url=version.url,
        headline=version.article.headline,
        inLanguage=version.language,
        datePublished=_date(version.article.publish_at),
    )


def _person(line: Contribution) -> Node:
    url = _absolute(line.person.get_absolute_url()) if line.person else ""
    return _node("Person", name=line.name, url=url)


def _author(work: SourceWork) -> Node:
    """Whom the source names as its author, else the publication."""
    return _node("Person", name=work.byline) if work.byline else _outlet(work.publication)


def _outlet(publication: Publication) -> Node:
    return _node("NewsMediaOrganization", name=publication.name, url=publication.url)


def _image(article: Article, *, on: date) -> list[Node]:
    """The picture as it is and cut wide; nothing for none that readers may see on the day."""
    image = article.lead_image
    if image is None or not image.file or not image.is_licensed_on(on):
        return []
    caption = article.lead_caption or article.lead_alt_text
    said = {"caption": caption, "creditText": image.credit}
    return [
        _node("ImageObject", url=_absolute(url), **said)
        for url in (image.file.url, image.cropped("wide").url)
    ]


def _licence(licence: Licence | None) -> str | Node | None:
    if licence is None:
        return None
    return licence.url or _node("CreativeWork", name=licence.name)


def _node(kind: str, **properties: Any) -> Node:
    return {"@type": kind} | _filled(**properties)


def _filled(**properties: Any) -> Node:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _date(value: date | None) -> str:
    return value.isoformat() if value else ""


def _absolute(url: str) -> str:
    return _joined(settings.SITE_URL, url)


@lru_cache(maxsize=10_000)
def _joined(site: str, url: str) -> str:
    return urljoin(site, url)
