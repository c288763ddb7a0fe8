"""Links by which people without an account see what is not published."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from articles import drafts
from articles.models import PreviewLink, Role, Status
from articles.previewing import revoke, share
from articles.publishing import publish
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_image,
    make_site,
    make_user,
)
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def make_live(editor):
    article = make_article(
        headline="What readers see", byline=[(make_contributor(), Role.REPORTER)]
    )
    publish(article, by=editor)
    return article


def save(article, editor, headline):
    content = drafts.snapshot(article) | {"headline": headline}
    return drafts.save_draft(article, content, by=editor, based_on=drafts.newest(article))


def address(link):
    return f"/preview/{link.token}/"


def test_link_shows_the_newest_text_whatever_is_saved(client, editor):
    article = make_live(editor)
    link = share(article, by=editor)
    for headline in ("First draft", "Second draft"):
        save(article, editor, headline)
        assert headline in client.get(address(link)).text
    article.refresh_from_db()
    assert article.headline == "What readers see"
    assert "What readers see" in client.get(article.get_absolute_url()).text


def test_pinned_link_shows_its_revision_for_good(client, editor):
    article = make_live(editor)
    first = save(article, editor, "First draft")
    link = share(article, by=editor, revision=first)
    save(article, editor, "Second draft")
    publish(article, by=editor)
    assert "First draft" in client.get(address(link)).text


def test_draft_of_a_right_to_left_edition_is_shown_in_its_own_language(client, editor):
    draft = make_article(status=Status.DRAFT, language="ar", headline="صباح هادئ", slug="")
    page = client.get(address(share(draft, by=editor))).text
    assert "صباح هادئ" in page and '<html lang="ar" dir="rtl"' in page


def test_page_behind_a_link_is_kept_and_listed_by_nobody(client, editor):
    article = make_article(
        status=Status.DRAFT, slug="the-secret-slug", lead_image=make_image(), standfirst="Short."
    )
    page = client.get(address(share(article, by=editor)))
    wanted = {
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
    }
    assert wanted.items() <= page.headers.items()
    assert not page.cookies and not hasattr(page, "page_tags")
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    told = ("og:", "canonical", "ld+json", "hreflang=", "<form", "the-secret-slug", "description")
    assert [word for word in told if word in page.text.partition("<footer")[0]] == [
        "hreflang="  # the way to the other editions
    ]


def test_robots_are_kept_out_of_previews(client, editor):
    assert "Disallow: /preview/" in client.get("/robots.txt").text


def test_link_that_is_over_or_never_was_leads_nowhere(client, editor):
    article = make_article(status=Status.DRAFT)
    good, expired, revoked = (share(article, by=editor) for _n in range(3))
    PreviewLink.objects.filter(pk=expired.pk).update(
        created_at=F("created_at") - timedelta(days=8),
        expires_at=F("expires_at") - timedelta(days=7),
    )
    revoke(revoked, by=editor)
    assert client.get(address(good)).status_code == 200
    assert client.get(address(expired)).status_code == 404
    assert client.get(address(revoked)).status_code == 404
    for token in ("x" * 43, "x", "%00", "é" * 43, "x" * 5000):
        assert client.get(f"/preview/{token}/").status_code == 404
    assert client.post(address(good)).status_code == 405
    assert client.get(f"/de{address(good)}").status_code == 404


def test_tokens_cannot_be_guessed(editor):
    article = make_article()
    tokens = {share(article, by=editor).token for _n in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_link_is_revoked_once(editor):
    link = share(make_article(), by=editor)
    revoke(link, by=editor)
    first = PreviewLink.objects.get().revoked_at
    revoke(link, by=editor)
    assert PreviewLink.objects.get().revoked_at == first


@pytest.mark.parametrize("days", [0, -1, 91])
def test_link_is_good_for_one_to_ninety_days(editor, days):
    with pytest.raises(ValidationError):
        share(make_article(), by=editor, days=days)


def test_link_is_good_for_ninety_days_and_no_longer_by_any_way(editor):
    link = share(make_article(), by=editor, days=90)
    longer = PreviewLink.objects.filter(pk=link.pk)
    with pytest.raises(IntegrityError, match="most_days"), transaction.atomic():
        longer.update(expires_at=F("expires_at") + timedelta(seconds=1))


def test_link_shows_no_other_article_by_any_way(editor):
    article, other = make_live(editor), make_article()
    revision, link = drafts.newest(article), share(other, by=editor)
    with pytest.raises(IntegrityError, match="another article"), transaction.atomic():
        PreviewLink.objects.filter(pk=link.pk).update(revision=revision)
    pinned = share(article, by=editor, revision=revision)
    with pytest.raises(IntegrityError, match="another article"), transaction.atomic():
        PreviewLink.objects.filter(pk=pinned.pk).update(article=other)
    with pytest.raises(IntegrityError, match="another article"), transaction.atomic():
        PreviewLink.objects.create(
            article=other, revision=revision, created_by=editor, expires_at=link.expires_at
        )


def test_revision_of_another_article_is_refused(editor):
    revision = save(make_live(editor), editor, "Theirs")
    with pytest.raises(ValidationError):
        share(make_article(), by=editor, revision=revision)


def test_only_who_may_write_shares_and_revokes(editor):
    article, moderator = make_article(), make_colleague("moderator")
    link = share(article, by=make_colleague("reporter"))
    with pytest.raises(PermissionDenied):
        share(article, by=moderator)
    with pytest.raises(PermissionDenied):
        revoke(link, by=moderator)


def test_reporter_makes_and_revokes_a_link_beside_the_form(client, editor):
    article = make_article(status=Status.DRAFT, headline="A quiet morning")
    client.force_login(make_colleague("reporter"))
    url = reverse("admin:articles_article_share", args=[article.pk])
    form = reverse("admin:articles_article_change", args=[article.pk])
    answer = client.post(url, {"what": "latest", "days": 3})
    link = PreviewLink.objects.get()
    assert (answer["Location"], link.revision) == (form, None)
    assert address(link) in client.get(form).text
    take = reverse("admin:articles_article_revoke_preview", args=[article.pk])
    assert client.post(take, {"link": link.pk})["Location"] == form
    assert address(link) not in client.get(form).text
    assert client.get(url).status_code == client.get(take).status_code == 405


def test_link_pins_what_was_saved_last(client, editor):
    article = make_live(editor)
    seen = save(article, editor, "Pinned")
    client.force_login(make_colleague("editor"))
    form = form_of(client, reverse("admin:articles_article_change", args=[article.pk]))
    save(article, editor, "Saved meanwhile")
    url = reverse("admin:articles_article_share", args=[article.pk])
    client.post(url, {"what": "pinned", "days": 3, "seen": form["seen"]})
    assert PreviewLink.objects.get().revision == seen


def test_form_of_a_link_comes_back_with_what_was_typed(client, editor):
    article = make_article()
    client.force_login(make_colleague("reporter"))
    url = reverse("admin:articles_article_share", args=[article.pk])
    answer = client.post(url, {"what": "pinned", "days": "900"})
    assert answer.status_code == 422
    assert 'value="900"' in answer.text
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "0"])
def test_link_that_is_not_the_article_s_is_not_revoked(client, editor, key):
    client.force_login(make_colleague("reporter"))
    link = share(make_article(), by=editor)
    other = reverse("admin:articles_article_revoke_preview", args=[make_article().pk])
    assert client.post(other, {"link": key or link.pk}).status_code == 404
    client.force_login(make_user())
    assert client.post(other, {"link": link.pk}).status_code in (302, 403)
    assert PreviewLink.objects.get().revoked_at is None


def test_any_revision_is_shared_from_the_list_of_revisions(client, editor):
    article = make_live(editor)
    save(article, editor, "First draft")
    save(article, editor, "Second draft")
    client.force_login(editor)
    page = client.get(reverse("admin:articles_article_revisions", args=[article.pk])).text
    assert "Make a preview link to revision 2" in page
    first = article.revisions.get(number=2)
    sent = {"what": "pinned", "seen": first.pk, "days": "7"}
    url = reverse("admin:articles_article_share", args=[article.pk])
    assert client.post(url, sent).status_code == 302
    shown = client.get(address(PreviewLink.objects.get())).text
    assert "First draft" in shown and "Second draft" not in shown
    other = make_article(headline="Elsewhere", byline=[(make_contributor(), Role.REPORTER)])
    elsewhere = save(other, editor, "A draft of another article")
    assert client.post(url, sent | {"seen": elsewhere.pk}).status_code == 422
