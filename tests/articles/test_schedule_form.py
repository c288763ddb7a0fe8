"""The schedule in an article's form: embargo, beginning and end in the newsroom's time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Role, Status
from articles.publishing import NotPublishable, publish
from operations.clock import database_now
from tests.articles.test_article_admin import ADD, change, complete
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    make_site()
    return make_editor()


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def at(name, day, hour):
    return {f"{name}_0": day, f"{name}_1": hour}


def errors(response):
    assert response.status_code == 422
    return response.context["adminform"].form.errors


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_times_are_named_by_their_zone_and_said_in_utc(desk):
    article = make_article(status=Status.DRAFT, publish_at=utc(2199, 7, 1, 4))
    page = desk.get(change(article)).text
    assert "Times are in Europe/Berlin (UTC+02:00)." in page
    assert '<span dir="ltr">2199-07-01 04:00 UTC</span>' in page
    assert 'aria-describedby="id_publish_at_timezone_warning_helptext id_publish_at_zone"' in page


def test_newsroom_in_utc_says_so_once(desk, settings):
    settings.TIME_ZONE = "UTC"
    page = desk.get(change(make_article(publish_at=utc(2026, 7, 1, 4)))).text
    assert "Times are in UTC." in page and "That is" not in page


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("2199-03-31", "02:30", "there is no 02:30 on this day"),
        ("2199-10-27", "02:30", "it is 02:30 twice on this day"),
    ],
)
@pytest.mark.parametrize("name", ["publish_at", "unpublish_at", "embargoed_until"])
def test_time_that_no_clock_shows_once_is_refused_beside_its_field(desk, name, day, hour, said):
    response = desk.post(ADD, complete(_continue="1", **at(name, day, hour)))
    assert said in errors(response)[name][0]
    assert f'value="{hour}' in response.text
    assert not Article.objects.exists()


@pytest.mark.parametrize("hour", [0, 1])  # both are 02:30 in Berlin
def test_moment_that_clocks_show_twice_stays_where_nobody_changes_it(desk, editor, hour):
    begun = datetime(2025, 10, 26, hour, 30, 15, 123456, tzinfo=UTC)
    article = make_draft(publish_at=begun, slug="ferry")
    publish(article, by=editor)
    for button in ("_continue", "_publish"):
        form = form_of(desk, change(article)) | {"headline": f"By {button}", button: "1"}
        assert desk.post(change(article), form).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.publish_at) == ("By _publish", begun)
    form = form_of(desk, change(article)) | {"publish_at_1": "02:31", "_publish": "1"}
    assert "twice on this day" in errors(desk.post(change(article), form))["publish_at"][0]


def test_time_beside_the_change_of_the_clocks_is_kept(desk):
    desk.post(ADD, complete(_continue="1", **at("publish_at", "2199-03-31", "03:00")))
    assert Article.objects.get().publish_at == utc(2199, 3, 31, 1)


def test_beginning_before_the_end_of_the_embargo_is_refused_beside_its_field(desk):
    early = at("publish_at", "2199-01-01", "05:59") | at("embargoed_until", "2199-01-01", "06:00")
    for button in ("_continue", "_publish"):
        response = desk.post(ADD, complete(**early, **{button: "1"}))
        assert errors(response) == {
            "publish_at": ["The article would begin before its embargo ends."]
        }
    desk.post(ADD, complete(_continue="1", **early | {"publish_at_1": "06:00"}))
    assert Article.objects.get().embargoed_until == utc(2199, 1, 1, 5)


def test_publishing_an_embargoed_draft_without_a_date_schedules_it_for_the_end(desk):
    desk.post(ADD, complete(_publish="1", **at("embargoed_until", "2199-07-01", "06:00")))
    article = Article.objects.get()
    assert (article.status, article.publish_at) == (Status.PUBLISHED, utc(2199, 7, 1, 4))
    page = desk.get(change(article)).text
    assert "is scheduled" in page
    assert "Readers see it once its embargo ends: 1 July 2199, 06:00 Europe/Berlin" in page


def test_embargo_that_is_over_delays_nothing(editor):
    past = database_now() - timedelta(days=1)
    article = make_draft(embargoed_until=past)
    publish(article, by=editor)
    assert article.is_live(database_now())


def make_draft(**fields):
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(**{"status": Status.DRAFT, "byline": byline} | fields)


def test_embargo_of_a_scheduled_piece_is_moved_later_only_with_its_beginning(desk, editor):
    begins, later = database_now() + timedelta(days=2), database_now() + timedelta(days=4)
    article = make_draft(embargoed_until=begins, slug="ferry")
    publish(article, by=editor)
    form = complete(over=article, _publish="1", **moment("embargoed_until", later))
    early = moment("publish_at", begins)
    assert set(errors(desk.post(change(article), form | early))) == {"publish_at"}
    assert set(errors(desk.post(change(article), form))) == {
        "publish_at"
    }  # empty: it keeps its own
    desk.post(change(article), form | moment("publish_at", later))
    article.refresh_from_db()
    assert article.publish_at == article.embargoed_until == later.replace(microsecond=0)


def moment(name, value):
    local = value.astimezone(ZoneInfo("Europe/Berlin"))
    return at(name, f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}")


def test_embargo_of_a_public_article_waits_in_no_draft(desk):
    article = make_article()
    form = complete(over=article, _continue="1", language="en")
    response = desk.post(change(article), form | at("embargoed_until", "2020-01-01", "06:00"))
    assert errors(response)["embargoed_until"] == [
        "This changes by publishing: publish, or leave it."
    ]


def test_verb_refuses_a_beginning_before_the_end_of_the_embargo(editor):
    soon = database_now() + timedelta(days=1)
    article = make_draft(embargoed_until=soon)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor, publish_at=soon - timedelta(seconds=1))
    assert list(refused.value.message_dict) == ["publish_at"]
    publish(article, by=editor, publish_at=soon)


def test_database_refuses_a_beginning_before_the_end_of_the_embargo():
    soon = database_now() + timedelta(days=1)
    article = make_article(publish_at=soon, embargoed_until=soon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(publish_at=soon - timedelta(seconds=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(embargoed_until=soon + timedelta(seconds=1))


def test_list_says_that_an_embargoed_article_is_scheduled(desk):
    article = make_draft(embargoed_until=database_now() + timedelta(days=1))
    chosen = {"action": "publish_selected", "_selected_action": article.pk}
    page = desk.post("/admin/articles/article/", chosen, follow=True).text
    assert "Readers see it once its embargo ends" in page
