"""Which copies each verb takes away at once, and which may be old for a moment."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from articles.editions import begin_edition
from articles.models import Role
from articles.publishing import publish, withdraw
from comments.asking import ask, report_error
from comments.editing import edit, erase
from comments.models import Passage
from comments.moderating import approve, hold, remove
from comments.voting import Voter, vote
from fundraising.recording import record_correction, record_gift, record_refund
from operations.models import CommentPolicy
from richtext.passages import Selector
from tests.builders import make_article, make_colleague, make_contributor, make_site, make_user
from tests.comments.builders import write
from tests.fundraising.builders import make_campaign, make_gift
from tests.newsroom.kept_copies import NOTHING, copies, fates

pytestmark = pytest.mark.django_db
STORY, TALK, OLD_TALK = {"story": "gone"}, {"talk": "gone"}, {"talk": "stale"}
NEWS, CAMPAIGN = dict.fromkeys(("story", "headline", "lists"), "gone"), {"campaign": "gone"}


@pytest.fixture
def paper():
    """A live article with a comment that a member wrote, a held one, a draft, a campaign."""
    make_site()
    maren, priya = make_contributor(), make_user(username="priya")
    article = make_article(byline=[(maren, Role.REPORTER)], body="<p>Lamps were lit at dusk.</p>")
    held, chief, campaign = write(article), make_colleague("chief"), make_campaign()
    hold(held, by=chief)
    return SimpleNamespace(
        article=article,
        comment=write(article, author=priya),
        held=held,
        campaign=campaign,
        gift=make_gift(campaign=campaign),
        writer=Voter(user=priya),
        chief=chief,
    )


def change(paper, *, text="Earlier than ever."):
    edit(paper.comment, text=text, by=paper.writer, now=timezone.now())


def change_where_comments_wait(paper):
    make_site(comment_policy=CommentPolicy.HELD)
    change(paper)


def post_where_comments_wait(paper):
    make_site(comment_policy=CommentPolicy.HELD)
    write(paper.article)


def question(paper):
    return Passage(article=paper.article, exact="at dusk", question="Who lit them?")


BY, ON = {"note": "Twice", "occurred_on": date(2026, 3, 2)}, {"occurred_on": date(2026, 3, 2)}
VERBS = {
    "publish": (lambda p: publish(p.article, by=p.chief), NEWS),
    "withdraw": (lambda p: withdraw(p.article, by=p.chief), NEWS),
    "begin an edition": (lambda p: begin_edition(p.article, language="de", by=p.chief), NOTHING),
    "post": (lambda p: write(p.article), OLD_TALK),
    "reply": (lambda p: write(p.article, in_reply_to=p.comment), OLD_TALK),
    "post where comments wait": (post_where_comments_wait, NOTHING),
    "approve": (lambda p: approve(p.held, by=p.chief), OLD_TALK),
    "approve again": (lambda p: approve(p.comment, by=p.chief), NOTHING),
    "hold": (lambda p: hold(p.comment, by=p.chief), TALK),
    "hold again": (lambda p: hold(p.held, by=p.chief), NOTHING),
    "remove": (lambda p: remove(p.comment, by=p.chief), TALK),
    "edit": (change, OLD_TALK),
    "edit without a change": (lambda p: change(p, text=p.comment.text), NOTHING),
    "edit where comments wait": (change_where_comments_wait, TALK),
    "erase": (lambda p: erase(p.comment, by=p.writer), TALK),
    "vote": (lambda p: vote(p.comment, voter=Voter(user=p.chief), value=1), OLD_TALK),
    "ask": (lambda p: ask(question(p), by=p.chief), STORY),
    "report an error": (
        lambda p: report_error(p.article, Selector("at dusk"), text="At dawn."), NOTHING
    ),
    "record a gift": (
        lambda p: record_gift(p.campaign, amount_minor=1, by=p.chief, **ON), CAMPAIGN
    ),
    "record a refund": (lambda p: record_refund(p.gift, by=p.chief, **BY), CAMPAIGN),
    "record a correction": (
        lambda p: record_correction(p.campaign, amount_minor=-1, by=p.chief, **BY), CAMPAIGN
    ),
}  # fmt: skip


def kept(paper):
    return copies(
        story=f"story:{paper.article.story_id}",
        talk=f"talk:{paper.article.story_id}",
        headline=f"headline:{paper.article.story_id}",
        another_story="story:0",
        another_talk="talk:0",
        lists="lists",
        campaign=f"campaign:{paper.campaign.pk}",
        another_campaign="campaign:0",
    )


NAMES = ("story", "talk", "headline", "another_story", "another_talk", "lists", "campaign",
         "another_campaign")  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_verb_takes_away_what_it_changes(paper, django_capture_on_commit_callbacks, name):
    act, expected = VERBS[name]
    with kept(paper) as store:
        with django_capture_on_commit_callbacks(execute=True):
            act(paper)
            assert fates(store, *NAMES) == NOTHING  # nothing before the commit
        assert fates(store, *NAMES) == expected


@pytest.mark.parametrize("name", [name for name, (_act, fate) in VERBS.items() if fate])
def test_verb_that_is_undone_takes_nothing_away(paper, django_capture_on_commit_callbacks, name):
    with kept(paper) as store:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            VERBS[name][0](paper)
            transaction.set_rollback(True)
        assert fates(store, *NAMES) == NOTHING
