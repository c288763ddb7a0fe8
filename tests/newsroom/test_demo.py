"""The demo newsroom, loaded once for all of these tests through the verbs that people use."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Image, Section, Slot, Story
from comments.checking import check_trees
from comments.models import (
    Appeal,
    Comment,
    Discussion,
    Flag,
    ModerationEntry,
    Notice,
    Passage,
)
from fundraising.models import Campaign
from operations.clock import site_day
from richtext.passages import ArticleText
from translations.expiring import concerned, ending_soon
from translations.models import Assignment, Attribution, Licence, Origin, Permission
from translations.permitting import problems

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
GLOBE = "/articles/librarys-missing-globe/"


def linked_addresses(html: str) -> set[str]:
    """The pages that a page links to, without fragments and without those of one comment."""
    found = {href.partition("#")[0] for href in re.findall(r'<a [^>]*href="(/[^"]*)"', html)}
    found -= {href for href in found if "/comments/" in href}
    return {href.replace("&amp;", "&") for href in found} - {"/accounts/login/"}


def test_paper_is_full():
    assert Story.objects.count() == 25
    assert Section.objects.count() == 5
    assert Article.objects.values("language").distinct().count() == 5
    assert not Article.objects.exclude(status="published").exists()


def test_every_picture_says_what_it_shows_in_every_language_it_appears_in():
    for article in Article.objects.select_related("lead_image"):
        assert article.lead_image.alts.get(article.language), article
    assert not Image.objects.filter(credit="").exists()


def test_every_outside_source_has_terms_and_one_permission_ends_soon():
    today = site_day(timezone.now())
    credits = Attribution.objects.with_terms().exclude(source_work=None)
    assert credits.count() == 12
    assert not [text for credit in credits for text in problems(credit, on=today)]
    assert Licence.objects.get(is_house=True).allows_translation
    soon = Permission.objects.filter(ending_soon(today))
    assert [len(articles) for articles in concerned(soon, now=timezone.now()).values()] == [1]


def test_campaign_stands_where_the_page_says(client):
    campaign = Campaign.objects.with_raised().get()
    assert (campaign.raised_minor, campaign.goal_minor) == (235_500, 500_000)
    assert 'aria-valuenow="2355"' in client.get(GLOBE).text


def test_paper_shows_each_way_in_which_a_piece_comes_about(client):
    credits = Attribution.objects.values_list("origin", "method")
    assert {origin for origin, _method in credits} == set(Origin.values) - {Origin.ORIGINAL}
    assert {"human", "machine-assisted", "machine-reviewed"} == {how for _origin, how in credits}
    seals = Article.objects.get(language="tr", story__articles__slug="harbour-seals-return")
    shown = client.get(seals.get_absolute_url()).text
    assert "Makine çevirisi, bir insan tarafından gözden geçirilmiş</strong>" in shown
    assert re.search(r"Gözden geçiren: <a [^>]*><bdi>Selin Karaca</bdi></a> \(\d", shown)


def test_desk_has_put_some_stories_where_readers_find_them(client):
    main = client.get("/").text.partition("<main")[2]
    assert re.search(r'href="/articles/([^/]+)/', main)[1] == "last-winter-at-the-lighthouse"
    assert Slot.objects.filter(section__slug="harbour", ends_at__isnull=False).exists()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_edition_says_what_is_read_most(client, language):
    shown = client.get("/" if language == "en" else f"/{language}/").text
    listed = shown.partition('id="most-read"')[2].partition("</section>")[0]
    assert 4 <= listed.count("<li") <= 5
    assert "/librarys-missing-globe/" in listed or language != "en"


def test_some_translations_are_wanted_and_some_taken_on():
    wanted = Assignment.objects.filter(owner=None)
    assert wanted.filter(due_on__gt=timezone.localdate()).exists()
    assert Assignment.objects.filter(owner__username="mina").count() == 2
    assert wanted.count() == 3


def test_long_thread_is_long_lively_and_sound():
    discussion = Discussion.objects.get(story__articles__slug="librarys-missing-globe")
    comments = Comment.objects.filter(discussion=discussion)
    assert discussion.comment_count == comments.count() > 200
    assert comments.values("language").distinct().count() == 5
    assert comments.filter(level=4, ups__gt=0).exists()
    assert not check_trees()


def test_queues_and_pages_of_moderating_have_something_in_them(client):
    held = Comment.objects.filter(status="held")
    assert {rule for each in held for rule in rules_of(each)} == {"newcomer", ""}
    assert Flag.objects.still_open().count() == 3
    assert Appeal.objects.filter(decided_at=None).count() == 1
    assert Notice.objects.get(answered_at=None).reference == "QMNXGATE27"
    bakery = client.get("/articles/bakery-at-four/comments/").text
    assert "insult or threat" in bakery and "everybody who queues" not in bakery
    ferry = Comment.objects.filter(discussion__story__articles__slug="ferry-timetable")
    assert ferry.exclude(pinned_at=None).exists() and ferry.exclude(pick_note=None).exists()
    assert Comment.objects.exclude(closed_at=None).count() == 5
    assert ">Insult or threat</th><td>1</td>" in client.get("/moderation/").text


def rules_of(comment):
    return ModerationEntry.objects.filter(comment=comment).values_list("rule", flat=True)


def test_passages_that_are_spoken_of_stand_in_their_texts():
    questions = Passage.objects.exclude(question="")
    assert set(questions.values_list("article__language", flat=True)) == {"en", "de"}
    quoted = Comment.objects.exclude(passage=None)
    assert quoted.filter(passage__question="").exists()
    for passage in Passage.objects.select_related("article", "revision"):
        text = ArticleText(passage.article.body)
        place = text.find(passage.selector)
        assert place and text.selector_at(place) == passage.selector
        assert passage.revision.article_id == passage.article_id
        assert quoted.filter(passage=passage).exists(), passage


def test_reader_of_the_demo_finds_questions_with_answers(client):
    html = client.get("/articles/last-winter-at-the-lighthouse/").text
    assert html.count('class="question-bubble"') == 1 and "questions-homeless" not in html
    answers = html.partition('class="question"')[2].partition("</aside>")[0]
    assert answers.count('class="question-answer"') == 3
    assert int(re.findall(r"(\d+) comments", answers)[0]) > 3
    assert html.count('<mark id="passage-') == 2
    assert "Inline feedback (" in html


def test_every_link_of_the_site_leads_somewhere(client):
    seen, ahead = set(), {"/"}
    while ahead:
        address = ahead.pop()
        seen.add(address)
        response = client.get(address)
        assert response.status_code in (200, 301, 302), address
        if response.status_code == 200 and "html" in response["Content-Type"]:
            found = linked_addresses(response.text)
            ahead |= {
                a for a in found - seen if not re.match(r"(/\w\w)?/(comments|media|static)/", a)
            }
    assert len(seen) > 120


@pytest.mark.parametrize("address", ["/", "/de/", GLOBE, "/ar/support/", "/sections/harbour/"])
def test_page_is_the_same_for_a_stranger_and_for_the_chief(address):
    stranger, chief = Client(), Client()
    chief.force_login(User.objects.get(username="imogen"))
    one, other = stranger.get(address), chief.get(address)
    assert one.content == other.content
    assert not other.cookies and "Vary" not in other.headers


def test_demo_sign_in_works(client):
    form = {"login": "imogen", "password": "quillmere"}
    assert client.post("/accounts/login/", form)["Location"] == "/admin/"


def test_second_load_is_refused():
    with pytest.raises(CommandError, match="articles already"):
        call_command("load_demo", verbosity=0)


def test_public_site_never_gets_the_demos_passwords():
    with override_settings(IS_LOCAL=False), pytest.raises(CommandError, match="local site only"):
        call_command("load_demo", verbosity=0)
