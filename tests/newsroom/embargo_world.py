"""A paper with pieces under embargo, and words that give each away."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from accounts.models import User
from articles.models import Article, Page, Role, Slot, Status, Story, Topic
from articles.publishing import publish
from comments.models import Comment
from newsroom.cards import Card
from operations.models import SiteSettings
from pagecache.drops import drop
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_section,
    make_series,
    make_site,
)
from tests.comments.builders import make_question, make_quote, write
from tests.translations.builders import make_attribution, make_licence
from tests.translations.versions import make_revision

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
EDITIONS = ("en", "de", "ru")


@dataclass
class Embargoed:
    """One article that nobody may know of, and what would tell of it wherever it is read."""

    article: Article
    words: set[str] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.article.get_absolute_url()

    @property
    def picture(self) -> str:
        """The address of its picture, else of its card."""
        if image := self.article.lead_image_id:
            return f"/images/{image}/"
        card = Card.of(self.article, paper=SiteSettings.load().name)
        return urlsplit(card.url).path


@dataclass
class World:
    editor: User
    secrets: dict[str, Embargoed]
    topic: Topic

    @property
    def words(self) -> set[str]:
        return set().union(*(secret.words for secret in self.secrets.values()))

    def embargo(self, until: datetime) -> None:
        """Publishes them all, for the end of their embargo."""
        secrets = Article.objects.filter(pk__in=[s.article.pk for s in self.secrets.values()])
        secrets.update(publish_at=None, status=Status.DRAFT)
        # one has none of its own: its story's holds for it
        secrets.exclude(pk=self.secrets["sibling"].article.pk).update(embargoed_until=until)
        for secret in self.secrets.values():
            publish(secret.article, by=self.editor)
            assert secret.article.publish_at == until
        drop("lists")


def make_world() -> World:
    """Two stories that are new, one edition of a live story, a piece that was live before and one
    more language of it, whose own row knows of no embargo."""
    make_site(editions=EDITIONS)
    make_licence(is_house=True)
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")
    topic = Topic.objects.create(slug="tides", names={"en": "Tides"})
    known = make_contributor(slug="maren", name="Maren Okafor")
    ferry = make_article(slug="ferry", headline="The ferry", byline=[(known, Role.REPORTER)])
    make_revision(ferry)
    ferry.topics.add(topic)
    write(ferry)
    secrets = {
        "source": _secret("zqsealcount", "en"),
        "german": _secret("zqrobben", "de", translates="source"),
        "of_live": _secret("zqfaehre", "de"),
        "again": _secret("zqreturn", "en"),
        "sibling": _secret("zqvozvrat", "ru"),
    }
    again = secrets["again"].article
    Article.objects.filter(pk=secrets["sibling"].article.pk).update(story=again.story)
    secrets["sibling"].article.refresh_from_db()
    _translate(secrets["german"].article, secrets["source"].article)
    Article.objects.filter(pk=secrets["of_live"].article.pk).update(story=ferry.story)
    secrets["of_live"].article.refresh_from_db()
    _translate(secrets["of_live"].article, ferry)
    _live_translation_of(secrets["source"].article)
    _was_live(secrets["again"])
    for secret in secrets.values():
        secret.article.topics.add(topic)
        Slot.objects.create(language=secret.article.language, article=secret.article)
    Story.objects.update(series=make_series(slug="letters"))
    return World(make_editor(username="bertil"), secrets, topic)


def _secret(word: str, language: str, *, translates: str = "") -> Embargoed:
    """Everything of it has the word, which is nowhere else."""
    person = make_contributor(slug=f"person-{word}", name=f"Vesna {word.title()}")
    role = Role.TRANSLATOR if language == "de" else Role.REPORTER
    story = Article.objects.get(slug="zqsealcount").story if translates else None
    article = make_article(
        story=story, status=Status.DRAFT, language=language, slug=word, byline=[(person, role)],
        headline=f"Headline {word}", kicker=f"Kicker {word}", standfirst=f"Standfirst {word}",
        body=f"<p>The harbour board agreed on Tuesday, {word}.</p>", section=make_section(),
        lead_image=make_image(alt=f"A harbour, {word}") if language == "en" else None,
    )  # fmt: skip
    return Embargoed(article, {word})


def _translate(article: Article, source: Article) -> None:
    make_attribution(article=article, source_article=source)


def _live_translation_of(source: Article) -> None:
    """In Russian, and before its source: its credit must say nothing of that."""
    person = make_contributor(slug="mina", name="Mina Drost")
    russian = make_article(
        story=source.story, language="ru", slug="tyuleni", headline="Тюлени",
        byline=[(person, Role.TRANSLATOR)],
    )  # fmt: skip
    make_revision(russian)
    _translate(russian, source)
    write(russian)


def _was_live(secret: Embargoed) -> None:
    """With a conversation and a question, before it was put back under embargo."""
    article = secret.article
    Article.objects.filter(pk=article.pk).update(status=Status.PUBLISHED, publish_at=LONG_AGO)
    article.refresh_from_db()
    make_revision(article)
    question = make_question(article, question="Were you there, zqquestion?")
    comment = write(article, text="I stood there, zqcomment.", passage=question)
    quote = make_quote(article, text="So was I, zqquote.")
    secret.comments = [comment, quote, write(article, text="zqreply", in_reply_to=comment)]
    secret.words |= {"zqquestion", "zqcomment", "zqquote", "zqreply"}
