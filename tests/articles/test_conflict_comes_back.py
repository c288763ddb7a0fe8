"""Whatever refuses a save in a conflict, all that was typed comes back."""

import pytest

from articles.models import Article, Revision, Status
from tests.articles.revisions import (
    LIVE,
    again,
    conflict,
    make_live,
    opened,
    save,
    sent,
)
from tests.builders import (
    make_article,
    make_colleague,
    make_site,
)

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


def test_undecided_save_is_asked_again(desk, live, tomas):
    mine = opened(desk, live, headline="Mine", kicker="My kicker")
    save(live, by=tomas, headline="Theirs", kicker="Their kicker")
    form = again(sent(desk, live, mine), **{"take-headline": "theirs", "take-kicker": "nobody"})
    page = sent(desk, live, form)
    assert (page.status_code, Revision.objects.count()) == (422, 2)
    assert "Choose whose is to be saved" in page.text
    assert conflict(page)["both"] == ["kicker", "headline"]
    assert page.context["conflict"].chosen["headline"] == "theirs"
    assert again(page)["headline"] == ["Mine"]


def test_form_that_cannot_be_saved_comes_back_with_all_its_words(desk, live, tomas):
    mine = opened(desk, live, headline="x" * 201, body="<p>My words.</p>", publish_at_0="never")
    save(live, by=tomas, headline="Theirs", body="<p>Their words.</p>", topics=[])
    page = sent(desk, live, mine)
    assert page.status_code == 422
    assert conflict(page)["both"] == ["headline", "body"]
    shown = again(page)
    assert (shown["headline"], shown["body"]) == (["x" * 201], ["<p>My words.</p>"])


def test_refused_publication_of_what_was_chosen_comes_back_as_it_was_typed(desk, live, tomas):
    mine = opened(desk, live, body="<p>My words.</p>", headline="Mine")
    save(live, by=tomas, body="", headline="Theirs")
    choices = {"take-body": "theirs", "take-headline": "theirs", "_publish": "1"}
    page = sent(desk, live, again(sent(desk, live, mine), **choices))
    assert (page.status_code, Article.objects.get().headline) == (422, LIVE)
    assert page.context["adminform"].form.errors.keys() == {"body"}
    shown = again(page)
    assert (shown["headline"], shown["body"]) == (["Mine"], ["<p>My words.</p>"])
    assert page.context["conflict"].chosen == {"body": "theirs", "headline": "theirs"}


JUNK = [
    {"seen": "x"},
    {"based_on": "9" * 30},
    {"seen": ["0", "-1"]},
    {"contributions-INITIAL_FORMS": "9" * 5000},
    {"decide": ["nothing", "headline"], "take-headline": "mine"},
]


@pytest.mark.parametrize("junk", JUNK, ids=["seen", "base", "many", "rows", "decide"])
def test_hostile_forms_are_answered_with_the_screen(desk, live, tomas, junk):
    mine = opened(desk, live, headline="Mine", **junk)
    save(live, by=tomas, headline="Theirs")
    page = sent(desk, live, mine)
    assert (page.status_code, Revision.objects.count()) == (422, 2)
    assert again(page)["headline"] == ["Mine"]


def test_choices_about_an_article_without_revisions_choose_nothing(desk):
    make_site()
    article = make_article(status=Status.DRAFT)
    form = opened(desk, article, headline="Mine", decide="headline")
    assert sent(desk, article, form | {"take-headline": "theirs"}).status_code == 302
    assert Article.objects.get().headline == "Mine"
