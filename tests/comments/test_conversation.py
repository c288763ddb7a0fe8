"""What readers see of a conversation."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from comments import reading
from comments.models import Comment, Discussion, Reason
from comments.moderating import hold, remove
from operations.models import SiteSettings
from tests.builders import make_article, make_contributor, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write

pytestmark = pytest.mark.django_db


def page(client, article, query: str = "", prefix: str = "") -> str:
    response = client.get(f"{prefix}/articles/{article.slug}/comments/{query}")
    assert response.status_code == 200
    return response.text


def shown(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="comment[^>]* id="comment-(\d+)"', html)]


def skeleton(html: str) -> str:
    """The nesting of comments: each an id, its replies in brackets."""
    pattern = r'id="comment-(\d+)"|(<div class="replies">)|(</div></article>)'
    parts = re.findall(pattern, html[html.index('<div class="comments">') :])
    return " ".join(pk or ("(" if opens else ")") for pk, opens, _closes in parts)


def test_replies_are_inside_of_what_they_answer(client):
    article = make_article()
    root = write(article)
    reply = write(article, in_reply_to=root)
    deep = write(article, in_reply_to=reply)
    second = write(article, in_reply_to=root)
    other = write(article)
    html = page(client, article, "?sort=oldest")
    nested = f"{root.pk} ( {reply.pk} ( {deep.pk} ) {second.pk} ) {other.pk}"
    assert skeleton(html) == nested
    assert html.count("<article") == html.count("</article>")


def test_sorts_order_threads_and_never_replies(client):
    article = make_article()
    first, second, third = (write(article) for _number in range(3))
    replies = [write(article, in_reply_to=second) for _number in range(2)]
    Comment.objects.filter(pk=third.pk).update(ups=1)
    Comment.objects.filter(pk=second.pk).update(ups=5)
    Comment.objects.filter(pk=replies[1].pk).update(ups=9)
    talk = [second.pk, replies[0].pk, replies[1].pk]
    assert shown(page(client, article)) == [third.pk, *talk, first.pk]
    assert shown(page(client, article, "?sort=newest")) == [third.pk, *talk, first.pk]
    assert shown(page(client, article, "?sort=oldest")) == [first.pk, *talk, third.pk]
    assert shown(page(client, article, "?sort=most-voted")) == [*talk, third.pk, first.pk]


@pytest.mark.parametrize("query", ["?sort=loudest", "?sort=", "?after=x", "?after=WzEsMiwzXQ:abc"])
def test_unknown_sort_and_forged_cursor_are_not_found(client, query):
    article = make_article()
    assert client.get(f"/articles/{article.slug}/comments/{query}").status_code == 404


@pytest.mark.parametrize("hide", [hold, remove])
def test_hidden_comment_leaves_a_place_only_where_it_is_answered(client, hide):
    article = make_article()
    root = write(article, text="The gulls did it", guest=make_guest(name="Odo Brandt"))
    reply = write(article, in_reply_to=root)
    lonely = write(article, text="Buy my boats", in_reply_to=reply)
    for comment in (root, lonely):
        hide(comment, by=make_moderator())
    html = page(client, article)
    assert shown(html) == [root.pk, reply.pk]
    assert "The gulls did it" not in html and "Odo Brandt" not in html
    assert "Buy my boats" not in html
    hide(reply, by=make_moderator())
    assert shown(page(client, article)) == []


@pytest.mark.parametrize(
    ("reason", "tombstone"),
    [
        (Reason.ABUSE, "This comment was removed: insult or threat."),
        (Reason.OTHER, "This comment was removed."),
    ],
)
def test_tombstone_tells_readers_why(client, reason, tombstone):
    article = make_article()
    root = write(article)
    write(article, in_reply_to=root)
    remove(root, by=make_moderator(), reason=reason)
    assert f'<p class="tombstone">{tombstone}</p>' in page(client, article)


def test_hidden_talk_within_a_public_thread_leaves_nothing(client):
    article = make_article()
    root = write(article)
    reply = write(article, in_reply_to=root)
    answer = write(article, in_reply_to=reply)
    for comment in (reply, answer):
        remove(comment, by=make_moderator())
    assert shown(page(client, article)) == [root.pk]


def test_answer_below_the_deepest_level_names_whom_it_answers(client):
    article = make_article()
    last = write(article)
    for number in range(5):
        last = write(article, in_reply_to=last, guest=make_guest(name=f"Reader {number}"))
    answer = write(article, in_reply_to=last)
    html = page(client, article)
    assert f'class="comment-answered" href="#comment-{last.pk}"' in html
    assert html.count("comment-answered") == 2
    assert answer.level == 4


def test_contributors_carry_their_role(client):
    member = make_user(first_name="Maren", last_name="Okafor")
    author = make_contributor()
    author.user = member
    author.save()
    article = make_article(byline=[(author, "reporter")])
    write(article, author=member)
    write(article, author=make_user(first_name="Somebody"))
    html = page(client, article)
    assert html.count('<span class="badge">reporter</span>') == 1
    assert "Maren Okafor" in html


def test_names_and_texts_cannot_become_markup(client):
    article = make_article()
    write(article, guest=make_guest(name="<b>Ines</b>"), text="<script>alert(1)</script>")
    html = page(client, article)
    assert "&lt;b&gt;Ines&lt;/b&gt;" in html and "&lt;script&gt;" in html
    assert "<b>Ines" not in html and "<script>" not in html


def test_comment_keeps_its_language_in_every_edition(client):
    article = make_article()

    make_site()
    edition = make_article(story=article.story, language="de")
    write(edition)
    html = page(client, article)
    assert 'lang="de" dir="auto"' in html
    assert f'action="/de/comments/{Comment.objects.get().pk}/vote/"' in page(
        client, edition, prefix="/de"
    )


def test_article_shows_the_first_threads_and_leads_to_all(rf: RequestFactory, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", reading.Size(2, 20, 11))
    article = make_article()
    for _number in range(3):
        write(article)
    request = rf.get(f"/articles/{article.slug}/")
    request.site_settings = SiteSettings.load()
    template = Template("{% load conversation %}{% conversation article %}")
    html = template.render(Context({"article": article, "request": request}))
    assert len(shown(html)) == 2
    assert f'href="/articles/{article.slug}/comments/?sort=newest&amp;show=all"' in html
    assert "View all comments" in html


def test_conversation_costs_the_same_however_long(client, django_assert_num_queries):
    article = make_article()
    member = make_user()
    last = None
    for number in range(200):
        author = member if number % 3 else None
        last = write(article, in_reply_to=last if number % 5 else None, author=author)
    # article with site settings and clock, its topics, byline (nobody is named) and corrections,
    # discussion, comments; and the masthead's sections and the footer's pages
    with django_assert_num_queries(8):
        assert len(shown(page(client, article, "?show=all"))) == 200


def test_lists_take_their_counts_at_once(django_assert_num_queries):
    articles = [make_article() for _number in range(3)]
    for _number in range(2):
        write(articles[1])
    template = Template(
        "{% load conversation %}{% load_comment_counts articles %}"
        "{% for article in articles %}{{ article.comment_count }} {% endfor %}"
    )
    with django_assert_num_queries(1):
        assert template.render(Context({"articles": articles})) == "0 2 0 "
    assert Discussion.objects.counts_for(articles) == {articles[1].story_id: 2}


def test_page_is_the_same_for_everybody_and_sets_nothing(client):
    article = make_article()
    write(article)
    stranger = client.get(f"/articles/{article.slug}/comments/")
    client.force_login(make_user())
    member = client.get(f"/articles/{article.slug}/comments/")
    assert stranger.content == member.content
    assert not stranger.cookies and not member.cookies
    assert "Cookie" not in member.headers.get("Vary", "")


def test_withdrawn_conversation_is_gone(client):
    article = make_article(status="withdrawn")
    assert client.get(f"/articles/{article.slug}/comments/").status_code == 410
    draft = make_article(status="draft")
    assert client.get(f"/articles/{draft.slug}/comments/").status_code == 404
