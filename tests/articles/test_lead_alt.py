"""What is read out in place of a picture is said for each use of it."""

import json

import pytest
from django.urls import reverse

from articles import drafts
from articles.models import Article, Status
from tests.builders import make_article, make_editor, make_image, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site()


def make(**fields):
    image = make_image(alts={"en": "A quay", "de": "Ein Kai"})
    return make_article(lead_image=image, **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "A quay"),
        ({"language": "de"}, "Ein Kai"),
        ({"language": "tr"}, "A quay"),
        ({"lead_alt": "The quay in the storm"}, "The quay in the storm"),
        ({"lead_is_decorative": True}, ""),
        ({"lead_alt": "Left over", "lead_is_decorative": True}, ""),
    ],
)
def test_alternative_text_is_that_of_the_use(client, fields, said):
    article = make(**fields)
    assert article.lead_alt_text == said
    page = client.get(article.get_absolute_url()).text
    figure = page.split('<figure class="lead-picture">')[1].split("</figure>")[0]
    assert f'alt="{said}"' in figure
    shared = f'<meta property="og:image:alt" content="{said}">'
    assert (shared in page) == bool(said)
    told = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert told["@graph"][0]["image"][0].get("caption", "") == said
    front = client.get("/" if article.language == "en" else f"/{article.language}/").text
    assert f'alt="{said}"' in front.split('class="teaser-picture"')[1].split("</a>")[0]


def test_article_without_a_picture_says_nothing_of_it():
    assert make_article(lead_alt="Nothing to see").lead_alt_text == ""


def test_desk_writes_it_into_the_draft(client):
    client.force_login(make_editor())
    article = make()
    url = reverse("admin:articles_article_change", args=[article.pk])
    typed = form_of(client, url) | {"lead_alt": "In the storm", "lead_is_decorative": "on"}
    assert client.post(url, typed | {"_save": "1"}).status_code == 302
    waiting = drafts.pending(article).snapshot["lead_image"]
    assert (waiting["alt"], waiting["is_decorative"]) == ("In the storm", True)
    assert Article.objects.get().lead_alt == ""
    assert article.status == Status.PUBLISHED
