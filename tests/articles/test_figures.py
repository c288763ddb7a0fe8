"""Our pictures within a text: described, credited, in sizes, and gone once they are not ours."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.figures import with_pictures
from articles.models import Article, Image, Page
from richtext.reading import for_readers
from tests.builders import make_article, make_image, make_site
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db


def figure(key: int, *, alt: str = ' alt="A boat"', caption: str = "At dawn") -> str:
    return f'<figure><img src="/images/{key}/"{alt}><figcaption>{caption}</figcaption></figure>'


def shown(html: str) -> str:
    return with_pictures(for_readers(html))[0]


def test_picture_is_shown_in_sizes_with_its_caption_and_credit():
    image = make_image(credit="Oona <Pellinen>")
    html = shown(figure(image.pk, caption="At <em>dawn</em>"))
    for part in (' alt="A boat"', ' width="', ' height="', 'loading="lazy"', "srcset="):
        assert part in html
    assert '<span class="caption">At <em>dawn</em></span>' in html
    assert '<span class="picture-credit">Oona &lt;Pellinen&gt;</span>' in html
    assert "/images/" not in html


@pytest.mark.parametrize(
    ("alt", "read_out"), [(' alt="Here &quot;x&quot;"', "Here &quot;x&quot;"), (' alt=""', ""),
                          ("", "A ferry at the quay")]
)  # fmt: skip
def test_what_the_text_says_of_a_picture_goes_before_the_library(alt, read_out):
    image = make_image(alt="A ferry at the quay")
    assert f' alt="{read_out}"' in shown(figure(image.pk, alt=alt))


def test_unknown_picture_is_left_out_with_its_caption():
    assert shown(f"<p>a</p>{figure(999)}<p>b</p>") == "<p>a</p><p>b</p>"


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (1, True)])
def test_picture_is_shown_until_the_last_day_of_its_licence(days, is_shown):
    image = make_image(licence_ends_on=timezone.localdate() + timedelta(days=days))
    assert ("<img" in shown(figure(image.pk))) is is_shown


def test_all_pictures_of_a_text_take_one_query(django_assert_num_queries):
    one, other = make_image(), make_image()
    html = for_readers(figure(one.pk) + figure(other.pk) + figure(one.pk))
    with django_assert_num_queries(1):
        assert with_pictures(html, html)[1].count("<img") == 3
    with django_assert_num_queries(0):
        with_pictures(for_readers("<p>words</p>"))


def test_article_page_and_feed_show_the_picture(client: Client):
    make_site()
    image: Image = make_image(credit="Oona Pellinen")
    article = make_article(body=figure(image.pk))
    assert '<figure class="figure">' in client.get(article.get_absolute_url()).text
    feed = client.get("/feeds/latest.json").json()["items"][0]["content_html"]
    assert 'src="http://localhost' in feed
    assert 'alt="A boat"' in feed
    assert "srcset" not in feed


@pytest.mark.parametrize("html", ["<p onclick='x()'>a</p>", "<script>x</script><p>a</p>"])
def test_whatever_writes_it_only_clean_text_is_stored(html):
    article = make_article(body=html)
    assert article.body == "<p>a</p>"
    Article.objects.update(body=html)
    article.refresh_from_db()
    assert article.body == "<p>a</p>"
    Page.objects.bulk_create([Page(slug="about", language="en", title="About", body=html)])
    assert Page.objects.get().body == "<p>a</p>"


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        text = client.get(address).text
    assert "/images/" in text or "/media/" in text
    return len(asked)


@pytest.mark.parametrize("address", ["/feeds/latest.json", "/articles/winter/with/de/"])
def test_licences_that_end_cost_no_query_for_each_text(client, address):
    make_site(editions=("en", "de"))
    shown = figure(make_image(licence_ends_on=timezone.localdate() + timedelta(days=3)).pk)
    german = make_article(language="de", body=shown)
    english = make_article(story=german.story, slug="winter", body=shown)
    make_attribution(article=english, source_article=german)
    before = cost(client, address)
    Article.objects.update(body=f"<p>a</p>{shown}" * 5)
    for _each in range(3):
        make_article(body=shown)
    assert cost(client, address) == before
