"""The library of pictures: found, narrowed, and kept while anything uses them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import drafts
from articles.models import Autosave, Image, Page, Status
from operations.clock import database_now, site_day
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_site,
    make_user,
    picture_file,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_image_changelist")


@pytest.fixture
def editor():
    make_site(editions=("en", "de"))
    return make_colleague("editor")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def text_with(image):
    return f'<figure><img src="/images/{image.pk}/" alt=""></figure>'


def use_as_lead(image, editor):
    make_article(lead_image=image, headline="The user")


def use_in_text(image, editor):
    make_article(body=text_with(image), headline="The user", status=Status.DRAFT)


def use_in_waiting_draft(image, editor):
    article = make_article(headline="The user")
    content = drafts.snapshot(article) | {"lead_image": {"id": image.pk}}
    drafts.save_draft(article, content, by=editor, based_on=None)


def use_in_text_of_waiting_draft(image, editor):
    article = make_article(headline="The user")
    content = drafts.snapshot(article) | {"body": text_with(image)}
    drafts.save_draft(article, content, by=editor, based_on=None)


def use_as_portrait(image, editor):
    make_contributor(name="The user", portrait=image)


def use_on_page(image, editor):
    Page.objects.create(slug="about", language="en", title="The user", body=text_with(image))


def use_while_writing(image, editor):
    article = make_article(headline="The user")
    fields = {"lead_image": [str(image.pk)], "body": ["<p>Text</p>"]}
    Autosave.objects.create(article=article, user=make_user(), fields=fields)


USES = [
    use_as_lead,
    use_in_text,
    use_in_waiting_draft,
    use_in_text_of_waiting_draft,
    use_as_portrait,
    use_on_page,
    use_while_writing,
]


@pytest.mark.parametrize("use", USES)
def test_used_picture_says_where_and_cannot_be_deleted(desk, editor, use):
    image, unused = make_image(alt="Used"), make_image(alt="Unused")
    use(image, editor)
    form = desk.get(reverse("admin:articles_image_change", args=[image.pk])).text
    assert "The user</a>" in form
    gone = reverse("admin:articles_image_delete", args=[image.pk])
    assert "The user</a>" in desk.get(gone).text
    assert "The user</a>" in desk.post(gone, {"post": "yes"}).text
    chosen = {"action": "delete_selected", "_selected_action": [image.pk, unused.pk], "post": "yes"}
    assert "The user</a>" in desk.post(LIST, chosen).text
    assert Image.objects.count() == 2
    assert shown(desk, used="yes") == ["Used"]
    assert shown(desk, used="no") == ["Unused"]


def test_unused_picture_is_deleted(desk):
    image = make_image()
    assert "Nowhere." in desk.get(reverse("admin:articles_image_change", args=[image.pk])).text
    desk.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert not Image.objects.exists()


def test_what_was_used_once_is_not_used(desk, editor):
    image, article = make_image(), make_article()
    lead = drafts.snapshot(article) | {"lead_image": {"id": image.pk}}
    first = drafts.save_draft(article, lead, by=editor, based_on=None)
    drafts.save_draft(article, lead | {"lead_image": None}, by=editor, based_on=first)
    assert shown(desk, used="no") == [str(image)]


def shown(desk, **asked):
    return sorted(str(image) for image in desk.get(LIST, asked).context["cl"].result_list)


@pytest.mark.parametrize("words", ["seagull", "Möwen", "Tom Wilk", "agency", "quay"])
def test_library_is_searched_by_words_credit_licence_and_file(desk, words):
    make_image(alt="x", file=picture_file(name="cranes.jpg"))
    alts = {"en": "Seagulls", "de": "Möwen"}
    make_image(alts=alts, credit="Tom Wilk", licence="agency, web only")
    assert shown(desk, q=words) == ["Seagulls"]


def test_library_is_narrowed_by_the_end_of_licences(desk):
    today = site_day(database_now())
    for days in (-1, 0, 30, 31):
        make_image(alt=f"{days}", licence="x", licence_ends_on=today + timedelta(days=days))
    make_image(alt="free")
    assert shown(desk, licence="ended") == ["-1"]
    assert shown(desk, licence="soon") == ["0", "30"]
    assert shown(desk, licence="none") == ["free"]


def test_library_is_narrowed_by_what_is_not_described(desk):
    make_image(alts={"en": "Quay", "de": "Kai"}), make_image(alts={"en": "Ferry"})
    assert shown(desk, undescribed="de") == ["Ferry"]
    assert shown(desk, undescribed="en") == []


def count_queries(desk, **asked):
    with CaptureQueriesContext(connection) as asked_for:
        assert desk.get(LIST, asked).status_code == 200
    return len(asked_for)


@pytest.mark.parametrize("asked", [{}, {"q": "quay"}, {"used": "no"}, {"licence": "none"}])
def test_library_takes_as_many_queries_for_many_pictures(desk, asked):
    make_image(alt="A quay")
    desk.get(LIST)
    few = count_queries(desk, **asked)
    Image.objects.bulk_create(
        Image(file=f"pictures/quay-{n}.jpg", width=2000, height=1000, alts={"en": f"Quay {n}"})
        for n in range(150)
    )
    assert count_queries(desk, **asked) == few
