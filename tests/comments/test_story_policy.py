"""What the desk sets for one story: held first, members only, closed, until when, how fast."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article
from comments.closing import closing_of, keep_closing
from comments.editing import edit
from comments.models import Comment, Discussion, ModerationEntry, Participant, Status
from comments.refusals import Closed, MembersOnly, TooSoon
from comments.tasks import forget_visits
from comments.voting import Voter, vote
from newsroom.moments import next_moment
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, typed, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
SETTINGS = {"policy": "open", "slow_seconds": "0", "closes_after_days": ""}


@pytest.fixture
def article() -> Article:
    return make_article(slug="ferry")


def begin(article: Article, **settings) -> Discussion:
    return Discussion.objects.create(story_id=article.story_id, **settings)


def close(discussion: Discussion, *, days: float) -> None:
    """So many days from now; before now where they are less than none."""
    at = database_now() + timedelta(days=days)
    Discussion.objects.filter(pk=discussion.pk).update(closes_after_days=5, closes_at=at)


def test_story_that_is_held_first_holds_while_others_do_not(article):
    begin(article, policy="held")
    assert write(article).status == Status.HELD
    assert ModerationEntry.objects.get().rule == "held_first"
    assert write(make_article()).is_public


def test_story_cannot_open_what_the_site_has_closed(article):
    begin(article, policy="held")
    make_site(comment_policy="closed")
    with pytest.raises(Closed):
        write(article)


def test_members_only_takes_members_and_tells_guests_to_sign_in(client, article):
    begin(article, policy="members")
    address = "/articles/ferry/comment/"
    for response in (client.get(address), client.post(address, typed())):
        assert response.status_code == 403
        assert "Below this story only members write." in response.text
        assert f"/accounts/login/?next={address}" in response.text
    assert "The bakery opens at five." in response.text
    with pytest.raises(MembersOnly):
        write(article)
    client.force_login(make_user())
    assert client.get(address).status_code == 200
    assert client.post(address, typed()).status_code == 302


def test_members_only_page_has_no_form_that_guests_could_fill_in(client, article):
    discussion = begin(article)
    write(article)
    assert 'id="write"' in client.get("/articles/ferry/").text
    discussion.policy = "members"
    discussion.save(update_fields=["policy"])
    for address in ("/articles/ferry/", f"/comments/{Comment.objects.get().pk}/"):
        page = client.get(address).text
        assert 'class="comment-form"' not in page and 'class="comment-vote"' in page
    assert "only members write" in client.get("/articles/ferry/comments/").text


def test_guest_still_votes_below_what_members_write(article):
    begin(article, policy="members")
    comment = write(article, author=make_user())
    assert vote(comment, voter=Voter(guest_id=make_guest().id), value=1) == 1


def test_guest_still_changes_what_was_written_before(article):
    guest = make_guest()
    comment = write(article, guest=guest)
    Discussion.objects.update(policy="members")
    edit(comment, text="At six.", by=Voter(guest_id=guest.id), now=database_now())
    assert Comment.objects.get().text == "At six."


@pytest.mark.parametrize(("days", "is_open"), [(0.1, True), (-0.1, False)])
def test_conversation_closes_by_itself(client, article, days, is_open):
    comment = write(article)
    close(comment.discussion, days=days)
    comment = Comment.objects.get()
    assert client.get("/articles/ferry/comment/").status_code == (200 if is_open else 403)
    assert ("This conversation is closed." in client.get("/articles/ferry/").text) != is_open
    if is_open:
        write(article)
        vote(comment, voter=Voter(guest_id=make_guest().id), value=1)
        return
    with pytest.raises(Closed):
        write(article, in_reply_to=comment)
    with pytest.raises(Closed):
        vote(comment, voter=Voter(guest_id=make_guest().id), value=1)


def test_no_kept_page_outlives_the_end_of_a_conversation(article):
    before = next_moment(database_now())
    close(begin(article), days=0.01)
    assert next_moment(database_now()) == Discussion.objects.get().closes_at != before


def test_days_count_from_the_first_edition(article):
    first = article.publish_at
    make_article(story=article.story, language="de", publish_at=first - timedelta(days=2))
    make_article(story=article.story, language="tr", status="draft", publish_at=None)
    assert closing_of(article.story_id, 5) == first + timedelta(days=3)
    assert closing_of(article.story_id, None) is None


def test_desk_sets_the_days_and_the_pause(client, article):
    discussion = begin(article)
    client.force_login(make_moderator())
    address = f"/admin/comments/discussion/{discussion.pk}/change/"
    sent = SETTINGS | {"closes_after_days": "3", "slow_seconds": "60"}
    assert client.post(address, sent).status_code == 302
    discussion.refresh_from_db()
    assert discussion.closes_at == article.publish_at + timedelta(days=3)
    assert discussion.slow_seconds == 60
    assert client.post(address, SETTINGS).status_code == 302
    discussion.refresh_from_db()
    assert (discussion.closes_at, discussion.slow_seconds) == (None, 0)


@pytest.mark.parametrize(
    ("field", "value"), [("closes_after_days", "0"), ("slow_seconds", "86401"), ("policy", "mad")]
)
def test_bad_settings_are_refused_beside_their_field(client, article, field, value):
    discussion = begin(article)
    client.force_login(make_moderator())
    address = f"/admin/comments/discussion/{discussion.pk}/change/"
    response = client.post(address, SETTINGS | {field: value})
    assert response.status_code == 422
    assert set(response.context["adminform"].form.errors) == {field}


@pytest.mark.parametrize(
    "wrong",
    [
        {"policy": "mad"},
        {"slow_seconds": 86401},
        {"closes_after_days": 3},
        {"closes_after_days": 0, "closes_at": database_now},
    ],
    ids=["policy", "pause", "days without a moment", "no days"],
)
def test_database_refuses_them_too(article, wrong):
    values = {name: value() if callable(value) else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(article, **values)


def test_moment_moves_with_the_story_when_the_desk_saves(article):
    discussion = begin(article, closes_after_days=2, closes_at=database_now())
    keep_closing(discussion)
    assert discussion.closes_at == article.publish_at + timedelta(days=2)


def test_slow_mode_takes_one_comment_of_a_person_in_a_while(client, article):
    begin(article, slow_seconds=90)
    assert "one comment of a person in 90 seconds" in client.get("/articles/ferry/").text
    client.post("/articles/ferry/comment/", typed())
    response = client.post("/articles/ferry/comment/", typed(text="And at six."))
    assert response.status_code == 429
    assert 85 <= int(response.headers["Retry-After"]) <= 90
    assert "And at six." in response.text and "goes slowly" in response.text
    client.post("/articles/ferry/comment/", typed())  # a double click is no second comment
    assert Comment.objects.count() == 1
    write(article)  # somebody else
    assert Comment.objects.count() == 2


def test_pause_ends_and_other_stories_know_of_none(article):
    begin(article, slow_seconds=90)
    guest = make_guest()
    write(article, guest=guest)
    with pytest.raises(TooSoon):
        write(article, guest=guest)
    write(make_article(), guest=guest)
    Participant.objects.update(wrote_at=database_now() - timedelta(seconds=91))
    assert write(article, guest=guest).is_public


def test_who_takes_a_comment_back_or_is_held_waits_as_long(client, article):
    begin(article, slow_seconds=90, policy="held")
    client.post("/articles/ferry/comment/", typed())
    client.post(f"/comments/{Comment.objects.get().pk}/delete/")
    assert client.post("/articles/ferry/comment/", typed(text="Again")).status_code == 429
    assert Participant.objects.get().comment_count == 0
    assert forget_visits.call() == 0
    Participant.objects.update(wrote_at=database_now() - timedelta(days=100))
    assert forget_visits.call() == 1


def test_own_comment_is_changed_without_a_pause(article):
    begin(article, slow_seconds=90)
    guest = make_guest()
    comment = write(article, guest=guest)
    edit(comment, text="At six.", by=Voter(guest_id=guest.id), now=database_now())
    assert Comment.objects.get().text == "At six."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_one_persons_many_at_once_slow_mode_takes_one():
    article = make_article()
    begin(article, slow_seconds=90)
    guest, root = make_guest(), write(article)

    def try_it(number: int) -> bool:
        answered = Comment.objects.get(pk=root.pk) if number % 2 else None
        try:
            write(article, guest=guest, in_reply_to=answered, text=f"Ahoy {number}")
        except TooSoon:
            return False
        return True

    assert sum(at_once(try_it, range(32))) == 1
    assert Comment.objects.filter(guest_id=guest.id).count() == 1
