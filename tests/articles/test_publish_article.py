"""`manage.py publish_article`: the desk's own checklist, from a terminal."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from articles.models import Revision, Role, Status
from tests.builders import make_article, make_contributor, make_editor, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    make_site()
    make_editor(username="ines")
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(status=Status.DRAFT, slug="ferry", byline=byline)


def run(*words, capsys=None, by="ines"):
    call_command("publish_article", *words, "--by", by)


@pytest.mark.parametrize("is_by_number", [True, False])
def test_article_is_published_by_slug_or_number(article, capsys, is_by_number):
    run(str(article.pk) if is_by_number else "en/ferry")
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED
    assert Revision.objects.get().created_by.username == "ines"
    assert capsys.readouterr().out == "en/ferry is live.\n"


def test_time_is_read_in_the_newsroom_s_time_zone(article, capsys, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    run("en/ferry", "--at", "2199-07-01T06:00")
    article.refresh_from_db()
    assert article.publish_at == datetime(2199, 7, 1, 4, tzinfo=UTC)
    assert "Europe/Berlin (2199-07-01 04:00 UTC)" in capsys.readouterr().out


def test_what_is_lacking_is_said_and_nothing_is_published(article):
    article.body = '<h3>Skipped</h3><p>Text</p><p><a href="/articles/nowhere/">x</a></p>'
    article.headline = "long " * 30
    article.save()
    with pytest.raises(CommandError) as refused:
        run("en/ferry", "--because", "It must go out")
    lines = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == ["needed", "needed", "warning"]
    assert not Revision.objects.exists()


def test_warning_is_overridden_with_a_reason(article):
    article.headline = "long " * 30
    article.save()
    with pytest.raises(CommandError, match="Give a reason with --because"):
        run("en/ferry")
    run("en/ferry", "--because", "The name is that long")
    assert Revision.objects.get().warnings_reason == "The name is that long"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["en/nowhere"], "no article"),
        (["en/"], "no article"),
        (["99999999"], "no article"),
        (["de/ferry"], "no article"),
        (["en/ferry", "--at", "tomorrow"], "no time"),
        (["en/ferry", "--at", "2026-13-01T00:00"], "no time"),
        (["en/ferry", "--because", "x" * 301], "300"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(article, words, said):
    article.headline = "long " * 30
    article.save()
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_time_that_the_clocks_leave_out_is_refused(article, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    with pytest.raises(CommandError, match="there is no 02:30 on this day"):
        run("en/ferry", "--at", "2027-03-28T02:30")


def test_who_may_not_publish_is_refused(article):
    make_user(username="wilma", is_staff=True)
    for name in ("wilma", "nobody"):
        with pytest.raises(CommandError, match=name):
            run("en/ferry", by=name)
    article.refresh_from_db()
    assert article.status == Status.DRAFT
