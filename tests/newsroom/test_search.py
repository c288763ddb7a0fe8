"""The search as a reader meets it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Role, Status
from tests.builders import make_article, make_contributor, make_section, make_site
from tests.comments.builders import write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# What of a result is in its own language: its language's name, headline and text.
SPOKEN = {
    "articles": [("span", ""), ("a", ""), ("p", "found-excerpt")],
    "comments": [("p", "found-excerpt"), ("span", "found-below")],
}


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de", "tr", "ru", "ar"))


def found(client, address):
    """The headlines on the page, in its order."""
    response = client.get(address)
    assert response.status_code == 200
    return [article.headline for article, *_shown in response.context.get("results") or ()]


def test_word_is_found_and_marked(client):
    make_article(headline="The ferry", body="<p>The board spoke of ferries on Tuesday.</p>")
    page = client.get("/search/?q=ferry").content.decode()
    assert "The <mark>ferry</mark></a>" in page
    assert "spoke of <mark>ferries</mark> on Tuesday" in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    ("status", "begins", "ends", "is_found"),
    [
        (Status.PUBLISHED, -HOUR, None, True),
        (Status.PUBLISHED, -HOUR, HOUR, True),
        (Status.PUBLISHED, HOUR, None, False),
        (Status.PUBLISHED, -2 * HOUR, -HOUR, False),
        (Status.WITHDRAWN, -HOUR, None, False),
        (Status.DRAFT, None, None, False),
        (Status.DRAFT, -HOUR, None, False),
    ],
)
def test_only_what_is_live_now_is_found(client, status, begins, ends, is_found):
    now = timezone.now()
    make_article(
        headline="Walrus", status=status, publish_at=begins and now + begins,
        unpublish_at=ends and now + ends,
    )  # fmt: skip
    assert found(client, "/search/?q=walrus") == ["Walrus"] * is_found
    page = client.get("/search/?q=walruz").content.decode()
    assert ("?q=walrus" in page) == is_found


def test_embargoed_article_is_hidden(client):
    later = timezone.now() + HOUR
    make_article(headline="Walrus", publish_at=later, embargoed_until=later)
    assert found(client, "/search/?q=walrus") == []


def test_headline_counts_more_than_standfirst_text_and_credits(client):
    walrus = make_contributor(name="Wanda Walrus")
    make_article(headline="By a name", byline=[(walrus, Role.REPORTER)])
    make_article(headline="In the text", body=f"<p>{'A walrus. ' * 50}</p>")
    make_article(headline="Above it", standfirst="About a walrus.")
    make_article(headline="A walrus", publish_at=timezone.now() - timedelta(days=900))
    best = ["A walrus", "Above it", "In the text", "By a name"]
    assert found(client, "/search/?q=walrus") == best
    assert found(client, "/search/?q=walrus&sort=newest") == [
        "Above it", "In the text", "By a name", "A walrus"
    ]  # fmt: skip


def test_edition_is_searched_in_its_language_unless_others_are_asked_for(client):
    make_article(headline="A radio")
    make_article(headline="Ein Radio", language="de")
    make_article(headline="Un radio", language="fr")
    assert found(client, "/search/?q=radio") == ["A radio"]
    assert found(client, "/de/search/?q=radio") == ["Ein Radio"]
    assert found(client, "/search/?q=radio&lang=de") == ["Ein Radio"]
    assert set(found(client, "/search/?q=radio&lang=all")) == {"A radio", "Ein Radio"}
    assert 'lang="de" dir="ltr">Ein ' in client.get("/search/?q=radio&lang=de").text


def test_only_what_is_in_another_language_says_so(client):
    make_site(editions=("en", "ar"))
    write(make_article(headline="Ferry بيت", language="ar"), text="Ferry")
    for kind, expected in SPOKEN.items():
        page = client.get(f"/search/?q=ferry&lang=all&in={kind}").text
        shown = page.partition('<ol class="listing">')[2].partition("</ol>")[0]
        assert '<li class="found">' in shown and '<p class="teaser-foot">' in shown
        assert re.findall(r'<([a-z]+)(?: class="([a-z-]+)")?[^>]* lang="ar"', shown) == expected


def test_results_are_narrowed_by_section_name_and_days(client):
    maren = [(make_contributor(name="Maren Okafor"), Role.REPORTER)]
    day = timezone.now().replace(year=2026, month=5, day=2, hour=12)
    make_article(headline="Ferry", publish_at=day, section=make_section(slug="town"), byline=maren)
    for narrowed in ("section=town", "by=okafor", "since=2026-05-02", "until=2026-05-02"):
        assert found(client, f"/search/?q=ferry&{narrowed}") == ["Ferry"], narrowed
    for narrowed in ("section=harbour", "by=mina", "since=2026-05-03", "until=2026-05-01"):
        make_section(slug="harbour")
        assert found(client, f"/search/?q=ferry&{narrowed}") == [], narrowed


def test_pseudonym_is_not_found_by_the_name_of_the_person(client):
    article = make_article(headline="Ferry", byline=[(make_contributor(), Role.REPORTER)])
    article.contributions.update(credited_as="The Gull")
    assert found(client, "/search/?q=ferry&by=gull") == ["Ferry"]
    assert found(client, "/search/?q=ferry&by=okafor") == []
    assert found(client, "/search/?q=okafor") == []


def test_name_is_found_as_readers_see_it_in_whatever_language_it_is(client):
    person = make_contributor()
    type(person).objects.update(names={"tr": "Zeynep Kaya", "ru": "Зейнеп Кая"})
    make_article(headline="Ferry", byline=[(person, Role.REPORTER)])
    seen = type(person).objects.get().name.split()[0]
    assert seen == "Зейнеп"
    assert found(client, f"/search/?q=ferry&by={seen}") == ["Ferry"]
    assert found(client, "/search/?q=ferry&by=zeynep") == []


def test_what_was_deleted_meanwhile_is_left_out(client, monkeypatch):
    make_article(headline="Ferry")
    monkeypatch.setattr("newsroom.search_views.excerpts", lambda _articles, _words: {})
    assert found(client, "/search/?q=ferry") == []


@pytest.mark.parametrize("sort", ["best", "newest"])
def test_pages_are_not_shifted_by_what_comes_meanwhile(client, sort):
    before = timezone.now() - HOUR
    for number in range(45):
        times = 1 + number % 3
        make_article(headline=f"{'Ferry ' * times}{number}", publish_at=before)
    met, address = [], f"/search/?q=ferry&sort={sort}"
    while address:
        shown = client.get(address).context
        met += [article.headline for article, *_marked in shown["results"]]
        make_article(headline="Ferry Ferry Ferry new")
        after = shown["after"]
        address = after and f"/search/?q=ferry&sort={sort}&after={after}"
    assert len(met) == 45 and len(set(met)) == 45
    assert "Ferry Ferry Ferry new" not in met


def test_place_that_is_not_ours_is_404(client):
    assert client.get("/search/?q=ferry&after=x").status_code == 404


@pytest.mark.parametrize(
    ("said", "asked", "meant"),
    [("The ferry sails", "fery", "ferry"), ("A new timetable", "timetabel", "timetable"),
     ("The library", "libary", "library"),
     ("The ferry's timetable", "fery timetabel", "ferry timetable")],
)  # fmt: skip
def test_word_written_almost_right_is_offered_rightly(client, said, asked, meant):
    make_article(headline=said)
    response = client.get("/search/", {"q": asked})
    assert response.context["suggestion"] == meant
    assert found(client, f"/search/?q={meant}") == [said]


def test_nothing_is_offered_that_would_find_nothing(client):
    make_article(headline="The ferry", section=make_section(slug="town"))
    make_section(slug="harbour")
    assert client.get("/search/?q=fery&section=harbour").context["suggestion"] == ""
    assert client.get("/search/?q=orchard").context["suggestion"] == ""


def test_queries_are_constant(client):
    people = [(make_contributor(), Role.REPORTER), (make_contributor(), Role.TRANSLATOR)]
    make_article(byline=people)
    costs = []
    for number in (0, 30):
        for _each in range(number):
            make_article(byline=people)
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/?q=ferry")
        costs.append(len(captured))
    assert costs == [14, 14]
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/?q=fery")
    assert len(captured) <= 21
    assert Article.objects.count() == 31
