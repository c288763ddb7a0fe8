"""Licences and permissions at the desk."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.builders import make_article, make_colleague, make_image, make_site
from tests.newsroom.desk_world import form_of
from tests.translations.builders import (
    make_attribution,
    make_licence,
    make_permission,
    make_publication,
    make_source_work,
)
from tests.translations.test_ending import EARLIER, LAST, make_permitted
from translations.models import Licence, Permission, PermissionKind, Publication

pytestmark = pytest.mark.django_db

LIST = "/admin/translations/permission/"
ADD = "/admin/translations/permission/add/"


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("editor", username="bertil"))
    return client


def change_of(row) -> str:
    return reverse(f"admin:translations_{row._meta.model_name}_change", args=[row.pk])


def send(desk, page, **fields):
    return desk.post(page, form_of(desk, page) | fields)


def errors_of(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["adminform"].form.errors)


def test_licence_is_added_and_a_second_one_of_the_house_refused(desk):
    url = "/admin/translations/licence/add/"
    licence = {"name": "CC BY 4.0", "slug": "cc-by", "is_house": "on"}
    licence["url"] = "https://creativecommons.org/licenses/by/4.0/"
    assert send(desk, url, **licence).status_code == 302
    answer = send(desk, url, **licence | {"slug": "house"})
    assert errors_of(answer) == {"__all__": ["Another licence is already the house's own."]}
    answer = send(desk, url, name="X", slug="x", url="javascript:alert(1)")
    assert list(errors_of(answer)) == ["url"]
    assert Licence.objects.count() == 1


def test_publication_gets_licence_wording_logo_and_country(desk):
    publication, licence, logo = make_publication(), make_licence(), make_image()
    fields = {"licence": licence.pk, "logo": logo.pk, "country": "DE"}
    answer = send(desk, change_of(publication), credit_wordings_0="From the harbour.", **fields)
    assert answer.status_code == 302, answer.context["errors"]
    publication = Publication.objects.get()
    assert (publication.licence, publication.logo, publication.country) == (licence, logo, "DE")


def test_language_that_nobody_knows_is_named(desk):
    answer = send(desk, ADD, source_work=make_source_work().pk, languages="en, klingon-x")
    (told,) = errors_of(answer)["languages"]
    assert told.startswith("“klingon-x” is not a language code.")


def test_permission_is_added_with_its_languages_in_one_spelling(desk):
    work = make_source_work()
    answer = send(desk, ADD, source_work=work.pk, kind="written", languages="EN, pt_BR,en")
    assert answer.status_code == 302, answer.context["errors"]
    assert Permission.objects.get().languages == ["en", "pt-br"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, ""),
        ({"publication": "{publication}"}, "source_work"),
        ({"source_work": ""}, "source_work"),
        ({"kind": "licence"}, "licence"),
        ({"licence": "{licence}"}, "licence"),
        ({"kind": "licence", "licence": "{licence}"}, ""),
        ({"kind": "borrowed"}, "kind"),
        ({"begins_on": "2026-03-02", "ends_on": "2026-03-01"}, "ends_on"),
        ({"begins_on": "2026-03-01", "ends_on": "2026-03-01"}, ""),
        ({"ends_publication": "on"}, "ends_on"),
        ({"ends_publication": "on", "ends_on": "2026-03-01"}, ""),
        ({"languages": "german"}, "languages"),
        ({"granted_by": "Wiebke\u202e"}, "granted_by"),
        ({"notes": "\u202e"}, "notes"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(desk, fields, field):
    work = make_source_work()
    keys = {"{publication}": work.publication_id, "{licence}": make_licence().pk}
    sent = {"source_work": work.pk, "kind": "written"}
    sent |= {name: keys.get(value, value) for name, value in fields.items()}
    answer = send(desk, ADD, **sent)
    assert (list(errors_of(answer)) if field else answer.status_code) == ([field] if field else 302)
    assert Permission.objects.exists() is not bool(field)


def test_changed_last_day_moves_the_article(desk):
    article, permission = make_permitted()
    publish_by_desk(desk, article)
    assert send(desk, change_of(permission), ends_on="2126-05-31").status_code == 302
    assert Article.objects.get().unpublish_at == datetime(2126, 6, 1, tzinfo=UTC)


def publish_by_desk(desk, article):
    url = reverse("admin:articles_article_change", args=[article.pk])
    answer = desk.post(url, form_of(desk, url) | {"_publish": "1"})
    assert answer.status_code == 302, answer.context["errors"]


def test_last_day_before_a_scheduled_article_is_refused(desk):
    article, permission = make_permitted(publish_at=EARLIER)
    publish_by_desk(desk, article)
    answer = send(desk, change_of(permission), ends_on="2126-05-31")
    assert "it would end before it begins" in errors_of(answer)["ends_on"][0]
    permission.refresh_from_db()
    assert permission.ends_on == LAST


def make_dependent(*, days, count=1):
    """A permission that ends in so many days, and live articles that depend on it."""
    work = make_source_work(publication=make_publication(licence=None))
    day = timezone.now().date() + timedelta(days=days)
    permission = make_permission(source_work=work, ends_on=day)
    for _number in range(count):
        make_attribution(article=make_article(headline=f"In {days} days"), source_work=work)
    return permission


def test_list_tells_what_ends_and_which_articles_depend_on_it(desk):
    for days in (-1, 0, 30, 31):
        make_dependent(days=days)
    make_permission()
    shown = {end: desk.get(LIST, {"end": end} if end else {}) for end in ("", "soon", "ended")}
    counts = {end: answer.context["cl"].result_count for end, answer in shown.items()}
    assert counts == {"": 5, "soon": 2, "ended": 1}
    assert "In 0 days" in shown["soon"].text and "In 30 days" in shown["soon"].text
    assert "In -1 days" in shown["ended"].text


def test_list_costs_the_same_for_many(desk):
    make_dependent(days=3)
    desk.get(LIST)
    with CaptureQueriesContext(connection) as few:
        desk.get(LIST)
    for days in range(5, 15):
        make_dependent(days=days, count=2)
        make_permission(publication=make_publication(), kind=PermissionKind.CONTRACT)
    with CaptureQueriesContext(connection) as many:
        desk.get(LIST)
    assert len(many) == len(few)


def test_who_may_only_look_changes_nothing(client):
    permission = make_permission(granted_by="Wiebke Harmsen")
    client.force_login(make_colleague("translator"))
    page = client.get(change_of(permission))
    assert page.status_code == 200 and "Wiebke Harmsen" in page.text
    assert client.post(change_of(permission), {"granted_by": "Me"}).status_code == 403
    assert client.get(ADD).status_code == 403


def test_permission_by_which_something_is_published_is_not_deleted(desk):
    article, permission = make_permitted(ends_on=date(2126, 1, 1))
    publish_by_desk(desk, article)
    desk.post(f"{LIST}{permission.pk}/delete/", {"post": "yes"})
    assert Permission.objects.filter(pk=permission.pk).exists()
