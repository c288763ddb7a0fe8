"""The fundraiser's and the moderator's desk, seen from the page that readers see."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Role
from fundraising.models import Campaign
from fundraising.recording import record_gift
from tests.browser.desk import DeskPage
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.fundraising.builders import make_campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TALK = "The lamp still turns at four."


@pytest.fixture
def article() -> Article:
    make_site(name="The Quillmere Courier")
    make_campaign(goal_minor=500_000, raised_minor=235_500, is_featured=True)
    return make_article(slug="winter", byline=[(make_contributor(), Role.REPORTER)])


@pytest.fixture
def desk_of(
    colleague: Callable[[str], Page], has_scripts: bool, article: Article
) -> Callable[[str], DeskPage]:
    return lambda role: DeskPage(colleague(role), has_scripts=has_scripts)


def test_bar_moves_when_the_fundraiser_records_a_gift(
    desk_of: Callable[[str], DeskPage], reader: Page
) -> None:
    desk = desk_of("fundraiser")
    desk.open("fundraising/ledgerentry", "add")
    desk.choose("campaign", "A new printing press")
    desk.fill(amount="0", note="In the tin at the counter")
    desk.press("Save")
    expect(desk.page.locator(".field-amount .errorlist")).to_be_visible()
    expect(desk.page.locator("[name='note']")).to_have_value("In the tin at the counter")
    desk.fill(amount="100.00")
    desk.save()
    reader.goto("/articles/winter/")
    bar = reader.get_by_role("progressbar").first
    expect(bar).to_have_attribute("aria-valuenow", "2455")


def test_ways_to_take_an_entry_back_are_in_sight(desk_of: Callable[[str], DeskPage]) -> None:
    note = "The tin at the counter, counted by two of us after the fair. " * 4
    record_gift(
        Campaign.objects.get(), amount_minor=99_999_999, occurred_on=timezone.localdate(),
        note=note, by=make_colleague("fundraiser"),
    )  # fmt: skip
    desk = desk_of("fundraiser")
    desk.page.set_viewport_size({"width": 1200, "height": 800})
    desk.open("fundraising/ledgerentry")
    edge = right_of(desk.page.locator(".results"))
    for link in desk.page.locator(".field-counter_entry a").all():
        assert right_of(link) <= edge


def right_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"]


def test_comment_that_is_held_appears_once_a_moderator_approves_it(
    desk_of: Callable[[str], DeskPage], reader: Page, newcomer: Callable[[], Page]
) -> None:
    settings = desk_of("chief")
    settings.open("operations/sitesettings")
    settings.page.locator("[name='comment_policy']").select_option("held")
    settings.save()
    reader.goto("/articles/winter/")
    post_comment(reader)
    stranger = newcomer()
    stranger.goto("/articles/winter/")
    expect(stranger.locator("body")).not_to_contain_text(TALK)
    approve(desk_of("moderator"))
    stranger.reload()
    expect(stranger.locator(".comment")).to_contain_text(TALK)


def post_comment(reader: Page) -> None:
    form = reader.locator("form.comment-form").first
    form.get_by_label("Name").fill("Wilma Achterberg")
    form.get_by_label("E-mail").fill("wilma@readers.example")
    form.get_by_label("Comment").fill(TALK)
    form.get_by_role("button", name="Publish comment").click()
    expect(reader.locator("[role='status']").first).to_be_visible()


def approve(desk: DeskPage) -> None:
    desk.open("comments/comment/queue/held")
    desk.press("Approve")
    desk.expect_message("1 comment changed.")
