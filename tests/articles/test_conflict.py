"""Two people write one article: whoever saves second decides, and no word is lost."""

import pytest

from articles import drafts
from articles.models import Article, Revision, Status
from tests.articles.revisions import (
    LIVE,
    address,
    again,
    conflict,
    make_live,
    newest,
    opened,
    save,
    sent,
)
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_section,
    make_site,
)
from tests.newsroom.desk_world import form_of
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomas():
    make_site()
    return make_colleague("reporter", username="tomas")


@pytest.fixture
def desk(client, tomas):
    client.force_login(make_colleague("editor", username="ines"))
    return client


@pytest.fixture
def live(tomas):
    return make_live(by=make_colleague("editor"), kicker="Ferries")


def test_screen_shows_both_texts_and_what_each_changed(desk, live, tomas):
    mine = opened(desk, live, headline="The ferry leaves nine minutes later")
    save(live, by=tomas, headline="The ferry never leaves")
    page = sent(desk, live, mine)
    assert (page.status_code, Revision.objects.count()) == (422, 2)
    assert conflict(page) == {"mine": [], "theirs": [], "both": ["headline"]}
    assert "tomas saved revision 2 on" in page.text
    assert "<del>eight</del><ins>nine</ins>" in page.text
    assert "<ins>never" in page.text
    assert 'value="The ferry leaves nine minutes later"' in page.text
    assert address(live, "preview", "?revision=2") in page.text


@pytest.mark.parametrize(("side", "headline"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_is_chosen_is_saved_and_theirs_stays_a_revision(desk, live, tomas, side, headline):
    mine = opened(desk, live, headline="Mine", standfirst="My own")
    save(live, by=tomas, headline="Theirs", kicker="Boats")
    form = again(sent(desk, live, mine), **{"take-headline": side})
    assert sent(desk, live, form).status_code == 302
    saved = newest(live)
    assert (saved["headline"], saved["kicker"], saved["standfirst"]) == (
        headline, "Boats", "My own",
    )  # fmt: skip
    assert Revision.objects.get(number=2).snapshot["headline"] == "Theirs"
    assert Article.objects.get().headline == LIVE


def test_parts_that_one_side_changed_are_put_together(desk, live, tomas):
    town, other = make_section(slug="town"), make_contributor(slug="other")
    mine = opened(desk, live, body="<p>My words.</p>")
    line = {"id": None, "contributor": {"id": other.pk, "slug": "other"}, "role": "editor",
            "credited_as": ""}  # fmt: skip
    byline = [line, *newest(live)["byline"]]
    save(live, by=tomas, byline=byline, section={"id": town.pk, "slug": "town"})
    page = sent(desk, live, mine)
    assert conflict(page) == {"mine": ["body"], "theirs": ["section", "byline"], "both": []}
    assert sent(desk, live, again(page)).status_code == 302
    saved = newest(live)
    assert (saved["body"], saved["section"]["slug"]) == ("<p>My words.</p>", "town")
    assert [each["role"] for each in saved["byline"]] == ["editor", "reporter"]


def test_line_that_they_removed_from_the_byline_does_not_come_back(desk, live, tomas):
    mine = opened(desk, live, headline="Mine")
    save(live, by=tomas, byline=[])
    assert sent(desk, live, again(sent(desk, live, mine))).status_code == 302
    assert (newest(live)["byline"], newest(live)["headline"]) == ([], "Mine")


def test_both_bylines_are_shown_and_theirs_can_be_taken(desk, live, tomas):
    mine = opened(desk, live, **{"contributions-0-role": "editor"})
    line = newest(live)["byline"][0] | {"role": "photographer"}
    save(live, by=tomas, byline=[line])
    page = sent(desk, live, mine)
    assert conflict(page)["both"] == ["byline"]
    assert sent(desk, live, again(page, **{"take-byline": "theirs"})).status_code == 302
    assert [each["role"] for each in newest(live)["byline"]] == ["photographer"]


def test_second_conflict_in_between_keeps_all_that_was_typed(desk, live, tomas):
    mine = opened(desk, live, headline="Mine", body="<p>My words.</p>")
    save(live, by=tomas, headline="Theirs")
    form = again(sent(desk, live, mine), **{"take-headline": "theirs"})
    save(live, by=tomas, headline="Theirs, later", body="<p>Their words.</p>")
    page = sent(desk, live, form)
    assert (page.status_code, Revision.objects.count()) == (422, 3)
    assert conflict(page)["both"] == ["headline", "body"]
    assert page.context["conflict"].chosen == {}  # it was about another text of theirs
    shown = again(page)
    assert (shown["headline"], shown["body"]) == (["Mine"], ["<p>My words.</p>"])
    last = again(page, **{"take-headline": "theirs", "take-body": "mine"})
    assert sent(desk, live, last).status_code == 302
    assert (newest(live)["headline"], newest(live)["body"]) == (
        "Theirs, later", "<p>My words.</p>",
    )  # fmt: skip


def test_publishing_what_was_chosen_shows_it_to_readers(desk, live, tomas):
    mine = opened(desk, live, headline="Mine")
    save(live, by=tomas, headline="Theirs")
    form = again(sent(desk, live, mine), **{"take-headline": "theirs", "_publish": "1"})
    assert sent(desk, live, form).status_code == 302
    assert Article.objects.get().headline == "Theirs"


def test_draft_that_was_never_public_meets_the_same_screen(desk, tomas):
    article = make_article(status=Status.DRAFT, headline="Begun", slug="begun")
    drafts.save_draft(article, by=tomas, based_on=None)
    mine = opened(desk, article, headline="Mine", slug="mine")
    save(article, by=tomas, headline="Theirs", kicker="Boats")
    page = sent(desk, article, mine)
    assert conflict(page) == {"mine": ["slug"], "theirs": ["kicker"], "both": ["headline"]}
    assert Article.objects.get().headline == "Theirs"
    sent(desk, article, again(page, **{"take-headline": "mine"}))
    stored = Article.objects.get()
    assert (stored.headline, stored.kicker, stored.slug) == ("Mine", "Boats", "mine")


def test_discarding_on_the_screen_goes_back_to_what_readers_see(desk, live, tomas):
    mine = opened(desk, live, headline="Mine")
    save(live, by=tomas, headline="Theirs")
    sent(desk, live, again(sent(desk, live, mine), _discard="1"))
    assert newest(live)["headline"] == LIVE


def test_source_stays_beside_the_form_in_a_conflict(desk, tomas):
    article = make_live(by=make_colleague("editor"))
    make_attribution(article=article)
    page = address(article, "beside")
    mine = form_of(desk, page) | {"_continue": "1", "headline": "Mine"}
    save(article, by=tomas, headline="Theirs")
    refused = desk.post(page, mine)
    assert refused.status_code == 422
    assert 'class="beside"' in refused.text
    saved = desk.post(page, again(refused, **{"take-headline": "mine"}))
    assert (saved["Location"], newest(article)["headline"]) == (page, "Mine")


def test_credit_that_only_they_changed_is_taken_over(desk, live, tomas):
    make_attribution(article=live)
    drafts.save_draft(live, by=tomas, based_on=drafts.newest(live))
    mine = opened(desk, live, headline="Mine")
    credit = newest(live)["attribution"]
    changed = credit | {"fields": credit["fields"] | {"exclusive_for": "The Courier"}}
    save(live, by=tomas, attribution=changed)
    page = sent(desk, live, mine)
    assert conflict(page)["theirs"] == ["attribution"]
    assert "<ins>Exclusively for: The Courier</ins>" in page.text
    assert sent(desk, live, again(page)).status_code == 302
    assert newest(live)["attribution"]["fields"]["exclusive_for"] == "The Courier"
