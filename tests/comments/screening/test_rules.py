"""Each rule by itself, the order of all, and what is written down of it."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article
from comments import screening
from comments.editing import edit
from comments.models import Comment, ModerationEntry, Status
from comments.moderating import approve, reject_spam, remove
from comments.posting import Guest, post
from comments.refusals import Closed, TooOften
from comments.screening.facts import Facts
from comments.screening.submission import Finding, Submission
from comments.signs import Signs
from comments.trust import Record
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import hours_pass, make_guest, make_moderator, write

pytestmark = pytest.mark.django_db
LINKED = "Read more at https://tides.example/today"
KNOWN, TRUSTED = Facts(Record(stood=3)), Facts(Record(stood=20))


def sent(text: str = "Ahoy", *, facts: Facts | None = None, **fields) -> Submission:
    comment = Comment(guest_name="Ines", guest_id=uuid4())
    site = make_site(comment_policy="open")
    sender = Voter(guest_id=comment.guest_id)
    return Submission(comment, text, sender, site, database_now(), facts=facts or Facts(), **fields)


def type_in(article: Article, guest: Guest) -> Comment:
    """Into a form."""
    now = database_now()
    return post(article, text="Ahoy", guest=guest, now=now, signs=Signs(seconds=60))


def entry() -> ModerationEntry:
    return ModerationEntry.objects.get()


def test_newcomers_link_waits_and_says_why():
    comment = write(make_article(), text=LINKED)
    assert comment.status == Status.HELD
    assert (entry().rule, entry().before, entry().after) == ("newcomer", "", "held")
    assert entry().findings == [{"rule": "newcomer", "reason": "", "detail": "1"}]
    assert write(make_article(), text="Read more on page five").is_public


@pytest.mark.parametrize(
    ("facts", "links", "rule"),
    [
        (KNOWN, 3, None),
        (KNOWN, 4, "links"),
        (TRUSTED, 10, None),
        (TRUSTED, 11, "links"),
        (Facts(Record(rejected=2)), 1, "links"),
        (Facts(), 5, None),  # the newcomer's rule says it
    ],
)
def test_links_are_as_many_as_the_record_allows(facts, links, rule):
    found = screening.links.judge(sent("https://a.example " * links, facts=facts))
    assert (found and found.rule) == rule


def test_who_was_read_without_complaint_may_set_links():
    article, guest = make_article(), make_guest()
    for _number in range(3):
        write(article, guest=guest)
    assert write(article, guest=guest, text=LINKED).status == Status.HELD
    hours_pass(25)
    assert write(article, guest=guest, text=f"{LINKED}?now").is_public


def test_moderators_word_makes_known_at_once():
    article, member, moderator = make_article(), make_user(), make_moderator()
    for _number in range(3):
        approve(write(article, author=member), by=moderator)
    assert write(article, author=member, text=LINKED).is_public


def test_of_whom_much_was_taken_away_the_next_waits():
    article, guest, moderator = make_article(), make_guest(), make_moderator()
    remove(write(article, guest=guest), by=moderator)
    assert write(article, guest=guest).is_public
    reject_spam(write(article, guest=guest), by=moderator)
    with pytest.raises(TooOften):  # three in ten minutes are enough of them
        type_in(article, guest)
    hours_pass(1)
    held = write(article, guest=guest)
    assert held.status == Status.HELD
    written = ModerationEntry.objects.get(comment=held)
    assert (written.rule, written.findings[0]["detail"]) == ("history", "2 / 2")


def test_same_long_text_below_another_story_waits():
    guest, text = make_guest(), "The harbour board should have asked us all before."
    first = make_article()
    assert write(first, guest=guest, text=text).is_public
    assert write(first, guest=guest, text=text).is_public  # its repeat is noticed elsewhere
    assert write(make_article(), text=text).is_public  # by somebody else
    held = write(make_article(), guest=guest, text=text)
    assert held.status == Status.HELD
    assert (entry().rule, entry().reason) == ("repeated", "spam")
    assert write(make_article(), guest=guest, text="Thank you!").is_public


def test_so_many_comments_in_ten_minutes_and_no_more():
    article, guest = make_article(), make_guest()
    for _number in range(20):
        type_in(article, guest)
    with pytest.raises(TooOften):
        type_in(article, guest)
    assert type_in(article, make_guest()).is_public
    hours_pass(0.2)
    assert type_in(article, guest).is_public


def test_what_no_form_has_sent_keeps_no_pace():
    article, guest = make_article(), make_guest()
    assert all(write(article, guest=guest).is_public for _number in range(21))


def test_all_findings_are_kept_and_the_first_decisive_one_decides():
    make_site(comment_policy="held")
    comment = write(make_article(), text=LINKED)
    assert comment.status == Status.HELD
    assert entry().rule == "newcomer"
    assert [each["rule"] for each in entry().findings] == ["newcomer", "held_first"]


def test_small_doubts_hold_together_what_none_holds_alone(monkeypatch):
    def doubt(rule: str, weight: int):
        return lambda _sent: Finding(rule, weight=weight)

    monkeypatch.setattr(screening, "RULES", (doubt("one", 4), doubt("two", 5)))
    assert not screening.screen(sent()).holds
    monkeypatch.setattr(screening, "RULES", (doubt("one", 4), doubt("two", 6)))
    verdict = screening.screen(sent())
    assert (verdict.rule, [each.rule for each in verdict.findings]) == ("doubts", ["one", "two"])


def test_what_refuses_stands_before_what_holds():
    """Else a held comment could be refused after all."""
    site = make_site(comment_policy="closed")
    with pytest.raises(Closed):
        write(make_article(), text=LINKED)
    assert site and not ModerationEntry.objects.exists()


def test_edit_is_screened_like_a_new_comment():
    guest = make_guest()
    comment = write(make_article(), guest=guest)
    by = Voter(guest_id=guest.id)
    edit(comment, text=LINKED, by=by, now=database_now())
    comment.refresh_from_db()
    assert comment.status == Status.HELD
    assert (entry().rule, entry().before) == ("newcomer", "public")
    with pytest.raises(ValidationError):
        edit(comment, text="[" * 151, by=by, now=database_now())


def test_own_text_is_no_repeat_of_itself():
    guest = make_guest()
    text = "The harbour board should have asked us all before."
    comment = write(make_article(), guest=guest, text=text)
    write(make_article(), guest=guest)
    edit(comment, text=f"{text} All of us.", by=Voter(guest_id=guest.id), now=database_now())
    edit(comment, text=text, by=Voter(guest_id=guest.id), now=database_now())
    assert Comment.objects.get(pk=comment.pk).is_public


def test_desk_writes_as_it_likes():
    staff = make_user(is_staff=True)
    assert write(make_article(), author=staff, text=LINKED).is_public
