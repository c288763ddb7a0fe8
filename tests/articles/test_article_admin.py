"""The editor's form: saving drafts, publishing, refusing, withdrawing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from articles.checklist import Finding
from articles.models import Article, Revision, Role, Status, Story
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_section,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_article_add")


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(*, byline=(), over=None, **fields):
    """What the form posts: the given fields, everything else empty. `over`: an article's form."""
    newest = over.revisions.first() if over else None
    values = {
        "language": "en", "kicker": "", "headline": "", "standfirst": "", "dateline": "",
        "body": "", "section": "", "topics": [], "story": "", "slug": "", "lead_image": "",
        "lead_caption": "", "publish_at_0": "", "publish_at_1": "", "unpublish_at_0": "",
        "unpublish_at_1": "", "contributions-TOTAL_FORMS": len(byline),
        "contributions-INITIAL_FORMS": 0, "attribution-TOTAL_FORMS": 0,
        "attribution-INITIAL_FORMS": 0, "based_on": newest.pk if newest else "",
    } | fields  # fmt: skip
    for number, (person, role) in enumerate(byline):
        values |= {
            f"contributions-{number}-contributor": person.pk,
            f"contributions-{number}-role": role,
            f"contributions-{number}-position": number,
        }
    return values


def complete(**fields):
    return typed(
        byline=[(make_contributor(), Role.REPORTER)],
        **{
            "headline": "Ein später Fährenplan",
            "body": "<p>Text <script>alert(1)</script></p>",
            "section": make_section().pk,
            "language": "de",
            **fields,
        },
    )


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_editor())
    return client


@pytest.fixture
def reporter(client, desk):
    person = make_user(username="tomas", is_staff=True)
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["add_article", "change_article", "view_article"])
    )
    client.force_login(person)
    return client


def test_an_empty_draft_is_saved_with_a_story_of_its_own(desk):
    response = desk.post(ADD, typed(_continue="1"))
    article = Article.objects.get()
    assert response["Location"] == change(article)
    assert (article.status, article.slug, Story.objects.count()) == (Status.DRAFT, "", 1)


def test_publish_button_saves_and_publishes(desk):
    desk.post(ADD, complete(_publish="1"))
    article = Article.objects.get()
    assert (article.status, article.slug) == (Status.PUBLISHED, "ein-spaeter-faehrenplan")
    assert article.body == "<p>Text </p>"
    assert Revision.objects.get().snapshot["byline"][0]["role"] == "reporter"
    assert "is live" in desk.get(change(article)).text


def test_future_time_schedules(desk):
    tomorrow = timezone.now() + timedelta(days=1)
    desk.post(ADD, complete(
        _publish="1", publish_at_0=f"{tomorrow:%Y-%m-%d}", publish_at_1="06:00:00"
    ))  # fmt: skip
    assert "scheduled" in desk.get(change(Article.objects.get())).text


def test_refused_publication_says_everything_and_saves_nothing(desk):
    response = desk.post(ADD, typed(_publish="1", kicker="Ferries"))
    assert response.status_code == 422
    errors = response.context["adminform"].form.errors
    assert set(errors) == {"headline", "section", "body"}
    assert "Name at least one person" in response.text
    assert 'value="Ferries"' in response.text
    assert not Article.objects.exists()


def test_refusal_by_the_verb_keeps_what_was_typed(desk, monkeypatch):
    monkeypatch.setattr(
        "articles.checklist._checks", [lambda article: [Finding("source", "Name the source.")]]
    )
    article = make_article(status=Status.DRAFT, headline="Old")
    response = desk.post(change(article), complete(_publish="1", language="en", headline="New"))
    assert response.status_code == 422
    assert "Name the source." in response.text
    assert 'value="New"' in response.text
    article.refresh_from_db()
    assert (article.status, article.headline) == (Status.DRAFT, "Old")
    assert not article.contributions.exists()


def test_publishing_a_live_article_publishes_the_changes(desk):
    article = make_article()
    desk.post(change(article), complete(headline="Corrected", _publish="1"))
    article.refresh_from_db()
    assert (article.headline, article.language) == ("Corrected", "en")
    assert article.updated_at is not None
    assert Revision.objects.get().snapshot["headline"] == "Corrected"


def test_minor_change_leaves_the_date(desk):
    article = make_article()
    for _round in range(2):
        desk.post(change(article), complete(over=article, _publish="1", is_minor="on"))
    article.refresh_from_db()
    assert (article.updated_at, article.revisions.count()) == (None, 2)


@pytest.mark.parametrize("emptied", ["headline", "section", "body"])
def test_a_live_article_is_never_published_empty(desk, emptied):
    article = make_article()
    response = desk.post(change(article), complete(_publish="1", **{emptied: ""}))
    assert response.status_code == 422
    assert emptied in response.context["adminform"].form.errors
    article.refresh_from_db()
    assert article.headline == "The ferry leaves eight minutes later"


def test_address_and_date_of_a_live_article_are_kept_where_left_empty(desk):
    article = make_article(slug="ferry")
    desk.post(change(article), complete(_publish="1"))
    kept = Article.objects.get()
    assert (kept.slug, kept.publish_at) == ("ferry", article.publish_at)


def test_withdraw_button_makes_it_gone(desk):
    article = make_article(slug="ferry")
    desk.post(change(article), complete(_withdraw="1"))
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN


def test_second_article_of_a_language_is_refused_beside_the_form(desk):
    article = make_article(language="de")
    response = desk.post(ADD, complete(_continue="1", story=article.story_id))
    assert response.status_code == 422
    assert "already has an article in this language" in response.text


def test_end_before_beginning_is_refused(desk):
    response = desk.post(ADD, complete(
        _continue="1", publish_at_0="2030-01-02", publish_at_1="10:00:00",
        unpublish_at_0="2030-01-02", unpublish_at_1="09:00:00",
    ))  # fmt: skip
    assert "unpublish_at" in response.context["adminform"].form.errors


def test_who_may_not_publish_writes_drafts_only(reporter):
    assert 'name="_publish"' not in reporter.get(ADD).text
    assert reporter.post(ADD, complete(_publish="1")).status_code == 403
    assert not Article.objects.exists()
    reporter.post(ADD, complete(_continue="1"))
    assert Article.objects.get().status == Status.DRAFT
    assert Article.objects.get().contributions.count() == 1


def test_person_without_rights_is_refused(client, desk):
    client.force_login(make_user(is_staff=True))
    for url in (ADD, change(make_article())):
        assert client.get(url).status_code == 403


def test_drafts_may_be_deleted_and_public_articles_not(desk):
    draft, live = make_article(status=Status.DRAFT), make_article()
    delete = {a: reverse("admin:articles_article_delete", args=[a.pk]) for a in (draft, live)}
    assert desk.post(delete[live], {"post": "yes"}).status_code == 403
    desk.post(delete[draft], {"post": "yes"})
    assert list(Article.objects.all()) == [live]


@pytest.mark.parametrize("field", ["kicker", "headline", "standfirst", "dateline", "lead_caption"])
@pytest.mark.parametrize("text", ["Ferry \u202enews", "Fer\u0007ry", "Fe\x00rry", "x" * 700])
def test_invisible_signs_and_overlong_texts_are_refused_beside_their_field(desk, field, text):
    response = desk.post(ADD, complete(_continue="1", **{field: text}))
    assert response.status_code == 422
    assert field in response.context["adminform"].form.errors
    assert not Article.objects.exists()


def test_headline_that_nobody_can_see_is_refused_beside_its_field(desk):
    response = desk.post(ADD, complete(_continue="1", headline="\u200b\u200d"))
    assert response.status_code == 422
    assert response.context["adminform"].form.errors["headline"] == [
        "Nothing of this can be seen: write something visible."
    ]


def test_marks_of_right_to_left_scripts_are_kept(desk):
    desk.post(ADD, complete(_continue="1", headline="صباح\u200f <b>هادئ</b>"))
    assert Article.objects.get().headline == "صباح\u200f <b>هادئ</b>"


def test_slug_of_another_article_is_refused_on_a_change_too(desk):
    make_article(slug="taken")
    article = make_article(slug="free")
    response = desk.post(
        reverse("admin:articles_article_change", args=[article.pk]), complete(slug="taken")
    )
    assert response.status_code == 422
    article.refresh_from_db()
    assert article.slug == "free"


@pytest.mark.parametrize("key", ["abc", "-1", "٣", "9" * 40, "1; DROP"])
def test_key_that_no_choice_has_is_refused_beside_its_field(desk, key):
    response = desk.post(ADD, typed(headline="A headline", lead_image=key, topics=[key]))
    assert response.status_code == 422
    assert "A headline" in response.text


def test_form_that_claims_millions_of_people_is_refused_quickly(desk):
    form = typed(headline="A headline") | {"contributions-TOTAL_FORMS": 99_999_999}
    assert desk.post(ADD, form).status_code == 422
