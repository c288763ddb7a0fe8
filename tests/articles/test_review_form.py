"""The review's buttons beside the form: what was typed is saved, then judged."""

import pytest

from accounts.models import User
from articles import drafts
from articles.models import Article, Remit, ReviewEntry, Role, Section, Status
from articles.models.standing import review_state
from articles.publishing import publish
from tests.articles.review import bring_to, newest, save
from tests.articles.test_article_admin import ADD, complete
from tests.articles.test_draft_form import address, send
from tests.builders import make_colleague, make_contributor, make_section, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def desk(client):
    def come(role):
        person = make_colleague(role)
        client.force_login(person)
        return client

    return come


def press(client, article, button, *, says="", **typed):
    return send(client, article, **{button: "1", "review_text": says, **typed})


@pytest.mark.parametrize("is_live", [False, True])
def test_submitting_saves_what_was_typed_and_hands_it_over(desk, is_live):
    article = bring_to("draft", is_live=is_live)
    answer = press(desk("reporter"), article, "_submit", says="Please look.", headline="Typed")
    assert answer.status_code == 302
    entry = ReviewEntry.objects.get()
    assert (entry.kind, entry.text) == ("submitted", "Please look.")
    assert entry.revision.snapshot["headline"] == "Typed"
    assert entry.revision == newest(article)


@pytest.mark.parametrize("is_live", [False, True])
@pytest.mark.parametrize("button", ["_approve", "_request_changes", "_note"])
def test_judging_an_unchanged_text_writes_no_further_draft(desk, button, is_live):
    article = bring_to("in_review", is_live=is_live)
    client, count = desk("editor"), article.revisions.count()
    press(client, article, button, says="Whose minutes?")
    assert article.revisions.count() == count
    assert article.review.last().text == "Whose minutes?"
    assert "Whose minutes?" in client.get(address(article)).text


def test_reviewer_mends_and_approves_in_one_go(desk):
    article = bring_to("in_review", is_live=True)
    press(desk("editor"), article, "_approve", headline="Mended")
    assert (review_state(article), newest(article).snapshot["headline"]) == ("approved", "Mended")


def test_new_article_is_submitted_at_once(desk):
    answer = desk("reporter").post(ADD, complete(_submit="1"))
    article = Article.objects.get()
    assert (answer["Location"], review_state(article)) == (address(article), "in_review")


@pytest.mark.parametrize(
    ("button", "says", "complaint"),
    [
        ("_request_changes", "", "Say what is to be changed."),
        ("_note", " ", "Write the note first."),
        ("_approve", "x" * 2001, "at most 2000 characters"),
    ],
)
def test_refusal_stands_beside_the_note_and_keeps_all_that_was_typed(desk, button, says, complaint):
    article = bring_to("in_review", is_live=True)
    count = article.revisions.count()
    answer = press(desk("editor"), article, button, says=says, headline="Typed by hand")
    panel = answer.text.partition('id="review"')[2]
    assert answer.status_code == 422
    assert complaint in panel
    assert 'value="Typed by hand"' in answer.text
    assert says.strip() in panel
    assert article.revisions.count() == count


def test_who_wrote_it_is_told_that_somebody_else_approves(desk):
    Section.objects.filter(pk=make_section().pk).update(requires_approval=True)
    article, client = bring_to("draft"), desk("editor")
    press(client, article, "_submit", headline="Written by the editor")
    answer = press(client, article, "_approve")
    assert answer.status_code == 422
    assert "somebody who did not write it" in answer.text.partition('id="review"')[2]


def test_text_that_changed_meanwhile_is_not_approved(desk):
    article, client = bring_to("in_review"), desk("editor")
    form = form_of(client, address(article)) | {"_approve": "1"}
    save(article, by=make_colleague("reporter"), headline="Changed meanwhile")
    assert client.post(address(article), form).status_code == 422
    assert review_state(article) == "in_review"


BUTTONS = """
state              reporter               editor
draft              _submit                _submit
in_review          -                      _approve,_request_changes
changes_requested  _submit                _approve,_submit
approved           -                      _request_changes
"""


@pytest.mark.parametrize("role", ["reporter", "editor"])
@pytest.mark.parametrize("line", BUTTONS.strip().splitlines()[1:])
def test_form_offers_what_makes_sense(desk, line, role):
    state, *cells = line.split()
    expected = set(cells[["reporter", "editor"].index(role)].replace("-", "").split(",")) - {""}
    page = desk(role).get(address(bring_to(state))).text
    found = {n for n in ("_submit", "_approve", "_request_changes") if f'name="{n}"' in page}
    assert found == expected
    assert 'name="_note"' in page


def test_publishing_from_the_form_takes_the_approved_text(desk):
    Section.objects.filter(pk=make_section().pk).update(requires_approval=True)
    article = bring_to("approved", byline=[(make_contributor(), Role.REPORTER)])
    client = desk("editor")
    refused = send(client, article, _publish="1", headline="One more word")
    assert refused.status_code == 422
    assert "somebody else&#x27;s approval" in refused.text
    send(client, article, _publish="1")
    assert Article.objects.get().status == Status.PUBLISHED


def test_article_outside_of_the_remit_is_for_reading(desk):
    article, client = bring_to("in_review", is_live=True), desk("editor")
    form = form_of(client, address(article)) | {"headline": "Not theirs", "_approve": "1"}
    Remit.objects.create(user=make_reader_of(client), languages=["de"])
    page = client.get(address(article)).text
    assert 'name="_note"' not in page and 'name="_continue"' not in page
    assert client.post(address(article), form).status_code == 403
    assert review_state(article) == "in_review"


def make_reader_of(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_moving_out_of_the_remit_is_refused_beside_the_field(desk):
    article, client = bring_to("draft"), desk("reporter")
    remit = Remit.objects.create(user=make_reader_of(client), languages=["en"])
    remit.sections.add(make_section())
    town = make_section(slug="town", name="Town")
    for changed in ({"section": town.pk}, {"language": "de"}):
        answer = send(client, article, _continue="1", **changed)
        assert answer.status_code == 422
        assert set(answer.context["adminform"].form.errors) == set(changed)
    assert client.post(ADD, complete(_continue="1", language="de")).status_code == 422
    assert send(client, article, _continue="1", headline="Here").status_code == 302


def test_list_submits_and_approves_what_it_may_and_names_the_rest(client):
    chief = make_colleague("chief")
    client.force_login(chief)
    ready, live = bring_to("in_review"), bring_to("draft", is_live=True)
    publish(live, by=chief)
    keys = {"_selected_action": [ready.pk, live.pk], "action": "approve_selected"}
    page = client.post("/admin/articles/article/", keys, follow=True).text
    assert "1 article changed." in page
    assert "Nothing waits here" in page
    assert review_state(ready) == "approved"
    assert drafts.pending(live) is None
