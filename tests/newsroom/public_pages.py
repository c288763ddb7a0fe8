"""The site's public pages, each with its status, and a small paper that has them all."""

from datetime import UTC, datetime

from articles.models import Article, Contributor, Page, Role, Story, Topic
from comments.models import Comment
from tests.builders import make_article, make_contributor, make_section, make_series, make_site
from tests.comments.builders import make_question, write
from tests.fundraising.builders import make_campaign
from tests.translations.builders import make_attribution, make_licence
from tests.translations.versions import make_revision

PUBLIC = {
    "/": 200,
    "/de/": 200,
    "/articles/ferry/": 200,
    "/articles/ferry/?sort=oldest": 200,
    "/articles/ferry/comments/": 200,
    "/articles/ferry/comments/?show=all&sort=best": 200,
    "/articles/ferry/comments/?after=x": 404,
    "/articles/ferry/comments/?lang=de": 200,
    "/articles/ferry/comments/?show=inline": 200,
    "/articles/ferry/comments/?passage={question}": 200,
    "/articles/ferry/comments/?passage=x": 404,
    "/articles/ferry/comments/?show=new&since=2026-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/?show=new&since=2226-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/?show=new": 404,
    "/articles/ferry/comments/latest/?since=2026-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/latest/": 200,
    "/articles/ferry/comments/most-reacted/": 302,
    "/articles/ferry/comments/hottest/": 302,
    "/articles/ferry/passages/": 200,
    "/articles/ferry/republish/": 200,
    "/articles/draft/republish/": 404,
    "/articles/ferry/with/de/": 200,
    "/de/articles/faehre/with/en/": 200,
    "/articles/ferry/with/tr/": 404,
    "/articles/faehre/passages/": 404,
    "/articles/ferry/changes/": 200,
    "/articles/ferry/changes/?from=1": 200,
    "/articles/ferry/changes/?from=2": 404,
    "/articles/faehre/changes/": 404,
    "/articles/ferry/error/sent/": 200,
    "/comments/{comment}/": 200,
    "/de/comments/{comment}/": 302,
    "/feeds/latest.rss": 200,
    "/de/feeds/latest.atom": 200,
    "/feeds/latest.json": 200,
    "/contributors/maren/feeds/latest.atom": 200,
    "/sections/harbour/feeds/latest.rss": 200,
    "/sections/gone/feeds/latest.rss": 410,
    "/topics/weather/feeds/latest.atom": 200,
    "/de/topics/weather/feeds/latest.json": 200,
    "/topics/nothing/feeds/latest.rss": 404,
    "/series/letters/feeds/latest.json": 200,
    "/contributors/nobody/feeds/latest.atom": 404,
    "/feeds/latest.xml": 404,
    "/search/": 200,
    "/de/search/?q=hafen": 200,
    "/search/?q=ferry&lang=all": 200,
    "/search/?q=ferry&after=x": 404,
    "/images/999999/": 404,
    "/cards/1-000000000000000000000000.png": 404,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/news-sitemap.xml": 200,
    "/sitemaps/pages.xml": 200,
    "/sitemaps/articles-999999999999.xml": 404,
    "/de/sitemap.xml": 404,
    "/sections/harbour/": 200,
    "/topics/weather/": 200,
    "/series/letters/": 200,
    "/de/series/letters/": 200,
    "/series/nothing/": 404,
    "/contributors/maren/": 200,
    "/translators/": 200,
    "/de/translators/": 200,
    "/pages/about/": 200,
    "/corrections/": 200,
    "/de/corrections/?page=1": 200,
    "/corrections/?page=2": 404,
    "/moderation/": 200,
    "/de/moderation/": 200,
    "/moderation/notice/X/": 404,
    "/archive/": 200,
    "/de/archive/": 200,
    "/archive/2026/03/": 200,
    "/archive/2026/03/?page=2": 404,
    "/de/archive/2026/03/": 404,
    "/archive/2026/04/": 404,
    "/archive/2026/13/": 404,
    "/archive/2226/01/": 404,
    "/support/": 200,
    "/support/press/": 200,
    "/support/press.json": 200,
    "/support/press/embed/": 200,
    "/en/articles/ferry/": 302,
    "/articles/faehre/": 302,
    "/articles/once/": 301,
    "/articles/once/comments/": 301,
    "/contributors/once/feeds/latest.atom": 301,
    "/sections/gone/": 410,
    "/articles/withdrawn/": 410,
    "/articles/withdrawn/comments/": 410,
    "/articles/withdrawn/passages/": 410,
    "/articles/withdrawn/changes/": 404,
    "/articles/draft/": 404,
    "/articles/draft/passages/": 404,
    "/articles/draft/changes/": 404,
    "/articles/draft/comments/": 404,
    "/no-such-page/": 404,
    "/tr/": 404,
    "/sections/harbour/?page=9": 404,
    "/articles/ferry/?sort=funniest": 404,
}


def make_paper() -> Comment:
    """What PUBLIC names; returns its comment, which answers its question."""
    make_site(editions=("en", "de"))
    make_campaign(slug="press", is_featured=True)
    maren = make_contributor(slug="maren")
    letters = Story.objects.create(series=make_series(slug="letters"))
    article = make_article(slug="ferry", story=letters, byline=[(maren, Role.REPORTER)])
    article.topics.add(Topic.objects.create(slug="weather", names={"en": "Weather"}))
    make_revision(article)
    make_licence(is_house=True)
    german = make_article(slug="faehre", language="de", story=article.story)
    make_attribution(article=german, source_article=article)
    make_article(slug="withdrawn", status="withdrawn")
    make_article(slug="draft", status="draft")
    Article.objects.filter(pk=make_article(slug="once").pk).update(slug="renamed")
    person = make_contributor(slug="once")
    make_article(byline=[(person, "reporter")])
    Contributor.objects.filter(pk=person.pk).update(slug="renamed")
    make_section(slug="gone", name="Gone").delete()
    make_article(publish_at=datetime(2026, 3, 9, tzinfo=UTC))
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")
    return write(article, passage=make_question(article))
