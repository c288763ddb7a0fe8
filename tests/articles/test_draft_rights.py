"""Who reads, writes and publishes an article at the desk, by role and status."""

import pytest

from articles import drafts
from articles.models import Article, Role, Status
from articles.publishing import publish, withdraw
from tests.articles.test_draft_form import address, send
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
# What pressing a button does: `row` changes what is stored, `draft` writes one over it, `-` nothing
RIGHTS = [
    (role, status, button, outcome)
    for role, may_write, may_publish in [
        ("reporter", True, False),
        ("translator", True, False),
        ("editor", True, True),
        ("chief", True, True),
        ("moderator", False, False),
        ("fundraiser", False, False),
    ]
    for status in Status
    for button, outcome in [
        ("_continue", ("row" if status == Status.DRAFT else "draft") if may_write else "-"),
        ("_publish", "row" if may_publish else "-"),
        ("_discard", "draft" if may_write and status != Status.DRAFT else "-"),
    ]
]


def make_in(status, *, by):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)], status=Status.DRAFT)
    if status != Status.DRAFT:
        publish(article, by=by)
        content = drafts.snapshot(article) | {"headline": "Waiting"}
        drafts.save_draft(article, content, by=by, based_on=drafts.newest(article))
    if status == Status.WITHDRAWN:
        withdraw(article, by=by)
    return article


@pytest.mark.parametrize(("role", "status", "button", "outcome"), RIGHTS)
def test_buttons_do_what_the_role_may(client, role, status, button, outcome):
    make_site()
    chief = make_colleague("chief")
    article = make_in(status, by=chief)
    client.force_login(chief)
    form = form_of(client, address(article)) | {"headline": "Pressed", button: "1"}
    before, revisions = Article.objects.values().get(), article.revisions.count()
    client.force_login(make_colleague(role))
    client.post(address(article), form)
    changed = "row" if Article.objects.values().get() != before else "-"
    written = article.revisions.count() > revisions
    assert ("draft" if written and changed == "-" else changed) == outcome


@pytest.mark.parametrize(("role", "sees"), [("reporter", "Waiting"), ("moderator", "The ferry")])
@pytest.mark.parametrize("page", ["change", "preview"])
def test_drafts_are_for_who_writes(client, role, sees, page):
    make_site()
    article = make_in(Status.PUBLISHED, by=make_colleague("chief"))
    client.force_login(make_colleague(role))
    text = client.get(address(article, page)).text
    assert sees in text
    assert ("Waiting" in text) == (sees == "Waiting")


def test_address_and_times_of_a_public_article_are_the_publishers(client):
    make_site()
    article = make_in(Status.PUBLISHED, by=make_colleague("chief"))
    client.force_login(make_colleague("reporter"))
    form = form_of(client, address(article))
    assert not {"slug", "publish_at_0", "unpublish_at_0"} & form.keys()
    send(client, article, slug="stolen", unpublish_at_0="2050-01-01", unpublish_at_1="06:00:00")
    stored = Article.objects.get()
    assert (stored.slug, stored.unpublish_at) == (article.slug, None)
