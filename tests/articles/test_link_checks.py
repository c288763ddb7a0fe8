"""Links to other sites were seen to answer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.link_checks import REMEMBERED, elsewhere, other_sites_answer
from articles.models import LinkCheck
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def test_addresses_of_other_sites_are_told_once_without_their_fragment():
    html = "".join(
        f'<a href="{url}">x</a>'
        for url in ("https://a.example/#1", "https://a.example/#2", "/own/", "mailto:a@b.example",
                    "ftp://a.example/", settings.SITE_URL, "http://[x",
                    f"https://b.example/{'x' * 2000}")
    )  # fmt: skip
    assert elsewhere(html) == ["https://a.example/"]


@pytest.mark.parametrize(
    ("status", "age", "is_warned_of"),
    [
        (200, 0, False),
        (404, 0, True),
        (410, 0, True),
        (500, 0, True),
        (0, 0, True),
        (403, 0, False),
        (429, 0, False),
        (404, 8, False),
    ],
)
def test_link_that_was_seen_to_be_dead_is_warned_of(status, age, is_warned_of):
    url = "https://other.example/page"
    checked_at = timezone.now() - timedelta(days=age)
    LinkCheck.objects.create(url=url, status=status, checked_at=checked_at)
    found = list(other_sites_answer(make_article(body=f'<p><a href="{url}#part">x</a></p>')))
    assert [finding.code for finding in found] == ["link_dead"] * is_warned_of
    assert all(finding.is_warning and url in finding.message for finding in found)


def test_link_that_nobody_has_tried_is_not_warned_of(django_assert_num_queries):
    article = make_article(body='<p><a href="https://other.example/">x</a></p>')
    assert not list(other_sites_answer(article))
    article.body = "<p>No link</p>"
    with django_assert_num_queries(0):
        assert not list(other_sites_answer(article))
    assert timedelta(days=7) == REMEMBERED
