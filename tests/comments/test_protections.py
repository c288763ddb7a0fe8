"""What an author wishes for all of their stories: held first, members only, closed."""

import re
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from articles.merging import merge
from articles.models import Contribution, Contributor, Role
from articles.publishing import publish
from comments import protecting
from comments.appealing import told_about
from comments.models import Comment, Discussion, ModerationEntry, Protection, Status
from comments.protecting import pages_of
from comments.refusals import Closed, MembersOnly
from comments.voting import Voter, vote
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_contributor, make_site, make_user
from tests.comments.builders import make_guest, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/comments/protection/", "/admin/comments/protection/add/"


@pytest.fixture
def author() -> Contributor:
    return make_contributor(user=make_colleague("reporter"))


@pytest.fixture
def article(author):
    return make_article(slug="ferry", byline=[(author, Role.REPORTER)])


def protect(author: Contributor, policy: str = "held") -> Protection:
    return Protection.objects.create(contributor=author, policy=policy)


def policy_of(article) -> str:
    return Discussion.objects.of_story(article.story_id).authors_policy


def test_comments_wait_below_all_stories_of_an_author_who_asks_for_it(author, article):
    protect(author)
    comment = write(article)
    assert comment.status == Status.HELD
    assert ModerationEntry.objects.get().rule == "author"
    assert not told_about([comment])[comment.pk].may_appeal  # nobody is singled out
    assert write(make_article()).is_public


def test_new_story_follows_and_so_does_one_that_has_a_conversation(author, article):
    write(article)
    protect(author)
    later = make_article(byline=[(author, Role.REPORTER)])
    assert {write(article).status, write(later).status} == {Status.HELD}


def test_members_only_and_closed_are_obeyed_by_posts_and_votes(author, article):
    comment, guest = write(article), Voter(guest_id=make_guest().id)
    wish = protect(author, "members")
    with pytest.raises(MembersOnly):
        write(article)
    assert write(article, author=make_user()).is_public
    Protection.objects.filter(pk=wish.pk).update(policy="closed")
    with pytest.raises(Closed):
        write(article)
    with pytest.raises(Closed):
        vote(Comment.objects.get(pk=comment.pk), voter=guest, value=1)


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.PHOTOGRAPHER, Role.REVIEWER])
def test_only_reporters_protect_a_story(author, role):
    protect(author)
    assert policy_of(make_article(byline=[(author, role)])) == "open"


def test_desks_policy_and_authors_wish_both_hold(author, article):
    protect(author, "members")
    Discussion.objects.update(policy="held")
    assert write(article, author=make_user()).status == Status.HELD
    with pytest.raises(MembersOnly):
        write(article)


def test_strictest_of_several_authors_counts(author, article):
    other = make_contributor()
    Contribution.objects.create(article=article, contributor=other, role=Role.REPORTER)
    wishes = [protect(author, "members"), protect(other, "closed")]
    assert policy_of(article) == "closed"
    wishes[1].delete()
    assert policy_of(article) == "members"
    wishes[0].delete()
    assert policy_of(article) == "open"


def test_wish_follows_the_byline_and_a_merger(author, article):
    protect(author)
    Contribution.objects.all().delete()
    assert policy_of(article) == "open"
    Contribution.objects.create(article=article, contributor=author, role=Role.REPORTER)
    kept = make_contributor()
    merge(kept, author, by=make_user(is_staff=True, is_superuser=True))
    assert (Protection.objects.get().contributor, policy_of(article)) == (kept, "held")


def test_readers_see_it_at_once_and_no_page_costs_more(client, author, article):
    write(article)
    assert 'class="comment-form"' in client.get("/articles/ferry/").text
    protect(author, "closed")
    assert "This conversation is closed." in client.get("/articles/ferry/").text


def test_pages_of_their_stories_are_dropped(monkeypatch, author, article):
    assert pages_of(author) == (f"story:{article.story_id}",)
    make_article(byline=[(author, Role.REPORTER)])
    monkeypatch.setattr(protecting, "MOST_TAGS", 1)
    assert pages_of(author) == ("site",)


def test_draft_begins_no_row_that_the_desk_lists(client, author):
    protect(author)
    make_article(status="draft", headline="Secret draft", byline=[(author, Role.REPORTER)])
    client.force_login(make_colleague("moderator"))
    page = client.get("/admin/comments/discussion/").text
    assert "Secret draft" not in page and "0 conversations" in page


def test_draft_of_another_edition_makes_nobody_author_of_the_story_before_it_is_published(author):
    make_site()
    protect(author, "closed")
    live = make_article()
    assert write(live).is_public
    line = [(author, Role.REPORTER)]
    draft = make_article(story=live.story, language="de", status="draft", byline=line)
    assert (policy_of(live), pages_of(author)) == ("open", ())
    publish(draft, by=make_colleague("editor"))
    assert (policy_of(live), pages_of(author)) == ("closed", (f"story:{live.story_id}",))


def test_silent_story_is_protected_from_the_moment_it_is_published(author):
    protect(author)
    line = [(author, Role.REPORTER)]
    article = make_article(status="draft", publish_at=database_now(), byline=line)
    assert not Discussion.objects.exists()
    publish(article, by=make_colleague("editor"))
    assert write(article).status == Status.HELD


def test_author_protects_themselves_and_nobody_else(client, author, article):
    other = make_contributor()
    client.force_login(author.user)
    assert re.findall(r'<option value="(\d+)"', client.get(ADD).text) == [str(author.pk)]
    refused = client.post(ADD, {"contributor": other.pk, "policy": "closed"})
    assert refused.status_code == 422 and not Protection.objects.exists()
    assert client.post(ADD, {"contributor": author.pk, "policy": "closed"}).status_code == 302
    assert policy_of(article) == "closed"
    assert client.post(ADD, {"contributor": author.pk, "policy": "held"}).status_code == 422
    theirs = protect(other)
    for page in ("change", "delete"):
        client.post(f"{LIST}{theirs.pk}/{page}/", {"policy": "closed", "post": "yes"})
    assert Protection.objects.get(contributor=other).policy == "held"


def test_author_takes_it_back_and_moderators_set_everybodys(client, author, article):
    wish = protect(author)
    client.force_login(author.user)
    assert client.post(f"{LIST}{wish.pk}/delete/", {"post": "yes"}).status_code == 302
    assert policy_of(article) == "open"
    client.force_login(make_colleague("moderator"))
    assert client.post(ADD, {"contributor": author.pk, "policy": "members"}).status_code == 302
    changed = f"{LIST}{Protection.objects.get().pk}/change/"
    assert client.post(changed, {"policy": "held"}).status_code == 302
    assert policy_of(article) == "held"


@pytest.mark.parametrize("policy", ["open", "dull"])
def test_database_refuses_a_wish_for_nothing(author, policy):
    with pytest.raises(IntegrityError), transaction.atomic():
        protect(author, policy)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_wish_and_publishing_at_once_leave_no_story_behind():
    editor = make_colleague("editor")
    for _round in range(6):
        author, start = make_contributor(), Barrier(2, timeout=30)
        line = [(author, Role.REPORTER)]
        article = make_article(status="draft", headline=f"Ferry {author.pk}", byline=line)

        def act(number, author=author, article=article, start=start):
            start.wait()
            publish(article, by=editor) if number else protect(author)

        at_once(act, range(2))
        assert policy_of(article) == "held"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_wishes_bylines_and_first_comments_at_once_leave_no_story_behind():
    for _round in range(6):
        people = [make_contributor(), make_contributor()]
        article, start = make_article(), Barrier(5, timeout=30)

        def act(number, people=people, article=article, start=start):
            start.wait()
            if number == 4:
                write(article, author=make_user())
            elif number % 2:
                protect(people[number // 2], ("held", "members")[number // 2])
            else:
                line = {"contributor": people[number // 2], "role": Role.REPORTER}
                Contribution.objects.create(article=article, **line)

        at_once(act, range(5))
        assert policy_of(article) == "held"
