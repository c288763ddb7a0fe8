"""A reader's path through one story: the credit, the goal, a reply and a vote."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Role
from comments.models import Comment
from fundraising.models import Campaign
from fundraising.recording import record_gift
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.comments.builders import write
from tests.fundraising.builders import make_campaign
from tests.translations.builders import make_attribution

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"


@pytest.fixture
def campaign() -> Campaign:
    campaign = make_campaign(goal_minor=500000, is_featured=True)
    give(campaign, 235500)
    return campaign


def give(campaign: Campaign, amount_minor: int) -> None:
    day = date(2026, 10, 1)
    record_gift(
        campaign, amount_minor=amount_minor, occurred_on=day, by=make_colleague("fundraiser")
    )


@pytest.fixture
def article(campaign: Campaign) -> Article:
    make_site(name="The Quillmere Courier")
    byline = [(make_contributor(slug="mina-drost", name="Mina Drost"), Role.TRANSLATOR)]
    article = make_article(slug="last-winter", headline="Last winter", byline=byline)
    make_attribution(article=article, exclusive_for="The Quillmere Courier")
    return article


@pytest.fixture
def comment(article: Article) -> Comment:
    return write(article, text="Who will write the logbook?")


def test_reader_finds_the_story_and_its_credit(reader: Page, article: Article) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="Last winter").first.click()
    credit = reader.locator(".credit")
    expect(credit).to_contain_text("translated by Mina Drost exclusively for The Quillmere Courier")
    credit.get_by_role("link", name="Mina Drost").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Mina Drost")


def test_bar_moves_when_money_is_recorded(
    reader: Page, article: Article, campaign: Campaign
) -> None:
    reader.goto(PAGE)
    bar = reader.get_by_role("progressbar").first
    expect(bar).to_have_attribute("aria-valuenow", "2355")
    expect(bar).to_have_attribute("aria-valuemax", "5000")
    give(campaign, 10000)
    reader.reload()
    expect(bar).to_have_attribute("aria-valuenow", "2455")


def test_support_button_leads_to_giving(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    reader.locator(".goal").first.get_by_role("link", name="Support").click()
    expect(reader.get_by_label("Amount, in USD")).to_be_visible()


def fill_in(page: Page, *, text: str, within: str = "") -> None:
    form = page.locator(f"{within} form.comment-form").first
    form.get_by_label("Name").fill("Wilma Achterberg")
    form.get_by_label("E-mail").fill("wilma@readers.example")
    form.get_by_label("Comment").fill(text)
    form.get_by_role("button", name="Publish comment").click()


def test_reader_replies_and_sees_the_reply(
    reader: Page, comment: Comment, has_scripts: bool
) -> None:
    reader.goto(PAGE)
    place = f"#comment-{comment.pk}"
    reader.locator(place).get_by_role("link", name="Reply").click()
    fill_in(reader, text="The boy with the tin!", within=place if has_scripts else "")
    expect(reader.locator(f"{place} .comment")).to_contain_text("The boy with the tin!")
    assert Comment.objects.get(in_reply_to=comment).guest_name == "Wilma Achterberg"


def test_mistake_is_named_and_nothing_typed_is_lost(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    fill_in(reader, text="\u202eA text that runs backwards")
    expect(reader.get_by_label("Comment")).to_have_value("\u202eA text that runs backwards")
    expect(reader.locator(".errorlist")).to_be_visible()
    assert not Comment.objects.exists()


def test_reader_votes_and_takes_the_vote_back(
    reader: Page, comment: Comment, has_scripts: bool
) -> None:
    reader.goto(PAGE)
    votes = reader.locator(f"#comment-{comment.pk}")
    up = votes.get_by_role("button", name="Vote for this comment")
    up.click()
    expect(reader.locator(".comment-score").first).to_have_text("1")
    if has_scripts:
        up.click()
    else:
        reader.get_by_role("button", name="Take the vote back").click()
    expect(reader.locator(".comment-score").first).to_have_text("0")
    comment.refresh_from_db()
    assert (comment.ups, comment.downs) == (0, 0)
