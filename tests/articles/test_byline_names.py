"""Whoever stands in public bylines has their name to themselves, among those who sign in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import User
from accounts.names import name_key
from articles import snapshots
from articles.merging import merge
from articles.models import Article, Contribution, Contributor, Role, Status
from tests.builders import make_article, make_contributor, make_site, make_user

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
IN_RUSSIAN = name_key("Каллум Адейеми")
REFUSED = "stands in the paper&#x27;s bylines"


@pytest.fixture(autouse=True)
def paper():
    make_site()


def make_callum(*, credited_as="", user=None, **fields):
    callum = make_contributor(name="Callum Adeyemi", user=user)
    callum.names["ru"] = "Каллум Адейеми"
    callum.save(update_fields=["names"])
    article = make_article(**fields)
    line = {"role": Role.REPORTER, "credited_as": credited_as}
    Contribution.objects.create(article=article, contributor=callum, **line)
    return callum


def take(client, name, *, user=None):
    client.force_login(user or make_user(username="wilma"))
    return client.post("/accounts/", {"first_name": name})


def sign_up(client, name):
    return client.post("/accounts/signup/", {"username": name, "email": "wilma@readers.example"})


@pytest.mark.parametrize(
    "name",
    ["Callum Adeyemi", "callum  ADEYEMI", "Cаllum Аdeyemi", "Caiium Adéyemi", "Каллум Адейеми"],
)
def test_no_member_takes_the_name_of_a_byline(client, name):
    make_callum()
    answer = take(client, name)
    assert answer.status_code == 422 and REFUSED in answer.text
    assert User.objects.get().public_name == "wilma"


@pytest.mark.parametrize("name", ["callumadeyemi", "Callum.Adeyemi", "cal1um-adeyemi"])
def test_nobody_signs_up_by_it(client, name):
    make_callum()
    assert REFUSED in sign_up(client, name).text
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["Callum", "Callum Adeyemis", "Wilma Adeyemi", ""])
def test_other_names_are_free(client, name):
    make_callum()
    assert take(client, name).status_code == 302


def test_contributor_s_own_account_may_bear_it(client):
    user = make_user(username="ca")
    make_callum(user=user)
    assert take(client, "Callum Adeyemi", user=user).status_code == 302
    assert User.objects.get().public_name == "Callum Adeyemi"


def test_account_of_another_contributor_may_not(client):
    user = make_user(username="wilma")
    make_callum(), make_contributor(name="Wilma Aas", user=user)
    assert take(client, "Callum Adeyemi", user=user).status_code == 422


def test_of_two_with_one_name_each_may_bear_it(client):
    user = make_user(username="ca")
    make_callum(), make_callum(user=user)
    assert take(client, "Callum Adeyemi", user=user).status_code == 302


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"status": Status.WITHDRAWN}, 422),
        ({"status": Status.DRAFT}, 302),
        ({"publish_at": LATER, "embargoed_until": LATER}, 302),
    ],
)
@pytest.mark.parametrize("pseudonym", ["", "A. Lantern"])
def test_name_is_kept_once_readers_have_seen_it(client, pseudonym, fields, status):
    make_callum(credited_as=pseudonym, **fields)
    assert take(client, pseudonym or "Callum Adeyemi").status_code == status


def test_nobody_learns_who_is_behind_a_pseudonym(client):
    make_callum(credited_as="A. Lantern")
    assert take(client, "Callum Adeyemi").status_code == 302


def test_keys_of_pseudonyms_come_and_go_with_a_draft():
    make_callum(credited_as="A. Lantern")
    article = Article.objects.get()
    [byline] = [part for part in snapshots.own_parts() if part.key == "byline"]
    written = byline.read(article)
    Contribution.objects.all().delete()
    byline.write(article, written)
    assert Contribution.objects.get().credited_key == "aiantem"


def test_keys_of_a_duplicate_go_to_who_is_kept():
    kept = make_contributor(name="C. Adeyemi")
    merge(kept, make_callum(), by=make_user(is_staff=True, is_superuser=True))
    assert Contributor.objects.get().name_keys == ["cadeyemi", IN_RUSSIAN]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_names_from_before_have_keys_too():
    make_callum(credited_as="A. Lantern")
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", "0023_stories_make_series")])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert Contributor.objects.get().name_keys == ["caiiumadeyemi", IN_RUSSIAN]
    assert Contribution.objects.get().credited_key == "aiantem"
