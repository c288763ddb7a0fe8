"""The demo's stories: drafts first, then each with its credit published as an editor would."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from slugify import slugify

from accounts.models import User
from articles.models import (
    Article,
    Contribution,
    Contributor,
    Image,
    Page,
    Section,
    Series,
    Story,
    Topic,
)
from articles.pictures import store_picture
from articles.publishing import publish
from newsroom.demo.content import FIXTURES, Text, folders, texts
from richtext.articles import article_html_from_markdown
from translations.models import Attribution, SourceWork

NAMED_PICTURE = re.compile(r"picture:([a-z0-9-]+)")
PULL_QUOTE = '<aside class="pull-quote">'


@dataclass
class World:
    """What stories refer to by slug."""

    sections: dict[str, Section]
    topics: dict[str, Topic]
    contributors: dict[str, Contributor]
    sources: dict[str, SourceWork]
    editor: User


def load_subjects(model: type[Section] | type[Topic], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Sections or topics by slug, sections in the order of the file."""
    placed = [{"position": n} if model is Section else {} for n in range(len(rows))]
    return {
        row["slug"]: model.objects.create(slug=row["slug"], names=row["name"], **position)
        for row, position in zip(rows, placed, strict=True)
    }


def load_pages() -> None:
    for position, folder in enumerate(folders("pages")):
        for text in texts(folder):
            Page.objects.create(
                slug=folder.name,
                language=text.language,
                title=text.matter["title"],
                body=article_html_from_markdown(text.markdown),
                position=text.matter.get("position", position),
            )


def load_story(folder: Path, world: World) -> Story:
    """One story in all its languages, published."""
    story = Story.objects.create()
    picture = _picture(folder)
    articles = {
        text.language: (_draft(text, story, folder.name, picture, world), text.matter)
        for text in texts(folder)
    }
    siblings = {code: article for code, (article, _matter) in articles.items()}
    # Originals first: a translation covers what was published when its credit is written.
    for article, matter in sorted(articles.values(), key=lambda pair: "attribution" in pair[1]):
        _credit(article, matter, siblings, world)
        publish(article, by=world.editor, publish_at=matter["published_at"])
    return story


def load_series(rows: list[dict[str, Any]], stories: dict[str, Story]) -> None:
    """Series by the stories that make them."""
    for row in rows:
        series = Series.objects.create(
            slug=row["slug"], names=row["name"], standfirsts=row["standfirst"]
        )
        parts = [stories[name].pk for name in row["stories"]]
        Story.objects.filter(pk__in=parts).update(series=series)


def _picture(folder: Path) -> Image:
    """The story's picture, with the alternative text of every language."""
    matters = {text.language: text.matter for text in texts(folder)}
    matter = next(iter(matters.values()))
    path = FIXTURES / "pictures" / matter["picture"]
    return store_picture(
        ContentFile(path.read_bytes(), path.name),
        alts={language: matter["picture_alt"] for language, matter in matters.items()},
        credit=matter["picture_credit"],
    )


def _draft(text: Text, story: Story, name: str, picture: Image, world: World) -> Article:
    matter = text.matter
    article = Article.objects.create(
        story=story,
        language=text.language,
        slug=name if text.language == "en" else slugify(matter["headline"], max_length=80),
        kicker=matter.get("kicker", ""),
        headline=matter["headline"],
        standfirst=matter["standfirst"],
        dateline=matter.get("dateline", ""),
        body=_body(text),
        section=world.sections[matter["section"]],
        lead_image=picture,
        lead_caption=matter.get("picture_caption", ""),
    )
    article.topics.set(world.topics[slug] for slug in matter.get("topics", []))
    for position, line in enumerate(matter["bylines"]):
        Contribution.objects.create(
            article=article,
            contributor=world.contributors[line["contributor"]],
            role=line["role"],
            position=position,
        )
    return article


def _body(text: Text) -> str:
    """The text as the desk would have it: what stands alone between `>` repeats what was said.

    A picture is named as `picture:<file>`, which an earlier story has brought.
    """
    markdown = NAMED_PICTURE.sub(lambda found: f"/images/{_library(found[1]).pk}/", text.markdown)
    html = article_html_from_markdown(markdown)
    return html.replace("<blockquote>", PULL_QUOTE).replace("</blockquote>", "</aside>")


def _library(name: str) -> Image:
    return Image.objects.get(file__regex=rf"/{name}-\w+[.]")  # kept under a name nobody guesses


def _credit(
    article: Article, matter: dict[str, Any], siblings: dict[str, Article], world: World
) -> None:
    """The article's attribution, where it is no original of ours."""
    if not (credit := matter.get("attribution")):
        return
    source, reviewer = credit.get("source"), credit.get("reviewer")
    Attribution.objects.create(
        article=article,
        origin=credit["origin"],
        treatment=credit.get("treatment", "full"),
        source_work=world.sources[source] if source else None,
        source_article=None if source else siblings[credit["source_language"]],
        exclusive_for=credit.get("exclusive_for", ""),
        method=credit.get("method", "human"),
        tool=credit.get("tool", ""),
        reviewer=world.contributors[reviewer] if reviewer else None,
        reviewed_on=credit.get("reviewed_on"),
    )
