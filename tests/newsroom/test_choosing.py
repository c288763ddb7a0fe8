"""Related things are chosen from a list where there is no script to search for them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.choosing import LISTED
from articles.models import Contributor, Role, Status, Topic
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_site,
    make_user,
)
from tests.fundraising.builders import make_campaign, make_gift
from tests.translations.builders import make_publication, make_source_work

pytestmark = pytest.mark.django_db
NONE = "- Select an option -"
ADD = reverse("admin:articles_article_add")


def sign_in(client, role):
    make_site()
    client.force_login(make_colleague(role))
    return client


@pytest.fixture
def desk(client):
    return sign_in(client, "editor")


def options(page: str, name: str) -> list[str]:
    """The labels that the select of this name offers; a star stands before those chosen."""
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)[0]
    found = re.findall(r"<option[^>]*?( selected)?>(.*?)</option>", select)
    return ["*" * bool(chosen) + label for chosen, label in found]


def test_every_choice_of_the_article_form_is_listed(desk):
    make_contributor(name="Mina Drost"), make_image(alt="A quay"), make_source_work(title="Winter")
    Topic.objects.create(slug="water", names={"en": "Water"})
    make_article(headline="Ferry")
    page = desk.get(ADD).text
    assert options(page, "contributions-0-contributor") == [NONE, "Mina Drost"]
    assert options(page, "lead_image") == [NONE, "A quay"]
    assert options(page, "topics") == ["Water"]
    assert options(page, "story") == [NONE, "Ferry"]
    assert options(page, "attribution-0-source_work") == [
        NONE, "Winter (Hafenblatt Nordermoor)",
    ]  # fmt: skip
    assert options(page, "attribution-0-source_article") == [NONE, "Ferry"]


def test_source_chooses_among_publications(desk):
    make_publication(name="Kıyı Postası")
    page = desk.get(reverse("admin:translations_sourcework_add")).text
    assert options(page, "publication") == [NONE, "Kıyı Postası"]


def test_ledger_chooses_among_campaigns_and_entries(client):
    fundraiser = sign_in(client, "fundraiser")
    gift = make_gift(campaign=make_campaign(name="A new printing press"))
    page = fundraiser.get(reverse("admin:fundraising_ledgerentry_add")).text
    assert options(page, "campaign") == [NONE, "A new printing press"]
    none, entry = options(page, "reverses")
    assert none == NONE
    assert entry.startswith(f"#{gift.pk}: gift")


def test_what_is_chosen_is_marked_also_beyond_the_list(desk):
    first = make_contributor(slug="a-mina", name="Mina Drost")
    last = make_contributor(slug="zz-last", name="Zoe Last")
    Contributor.objects.bulk_create(
        Contributor(slug=f"b-{number}", names={"en": f"Person {number}"})
        for number in range(LISTED)
    )
    byline = [(first, Role.REPORTER), (last, Role.REVIEWER)]
    article = make_article(status=Status.DRAFT, byline=byline)
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk])).text
    assert "*Mina Drost" in options(page, "contributions-0-contributor")
    assert "*Zoe Last" in options(page, "contributions-1-contributor")
    empty = options(page, "contributions-2-contributor")
    assert (empty[0], len(empty)) == (NONE, LISTED + 1)


def test_lists_cost_the_same_for_few_and_for_many(desk, django_assert_num_queries):
    def grow(number):
        for _n in range(number):
            byline = [(make_contributor(), Role.REPORTER) for _p in range(number)]
            article = make_article(byline=byline, status=Status.DRAFT)
            make_source_work(), make_image()
            article.topics.add(Topic.objects.create(slug=f"t-{article.pk}", names={"en": "T"}))
        return reverse("admin:articles_article_change", args=[article.pk])

    few = grow(1)
    desk.get(few)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(few).status_code == 200
    many = grow(5)
    with django_assert_num_queries(len(queries)):
        assert desk.get(many).status_code == 200


def test_who_may_not_see_things_is_offered_none(client):
    make_site()
    person = make_user(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="add_sourcework"))
    client.force_login(person)
    make_publication(name="Kıyı Postası")
    page = client.get(reverse("admin:translations_sourcework_add")).text
    assert options(page, "publication") == [NONE]
