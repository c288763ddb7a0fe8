"""Votes as the site wants them: none against, or with scores that are hidden for a while."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment
from comments.voting import Voter, vote
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize(
    "window", [("phone", True), ("desktop", True)], ids=str, indirect=True
)
FOR, AGAINST = "Vote for this comment", "Vote against this comment"


@pytest.fixture
def comment() -> Comment:
    return write(make_article(slug="last-winter"), text="Who will write the logbook?")


def test_site_without_votes_against_offers_only_the_others(reader: Page, comment: Comment) -> None:
    make_site()
    reader.goto(PAGE)
    expect(reader.get_by_role("button", name=AGAINST)).to_have_count(1)
    make_site(allows_down_votes=False)
    for address in (f"/comments/{comment.pk}/", PAGE):
        reader.goto(address)
        expect(reader.get_by_role("button", name=FOR)).to_have_count(1)
        expect(reader.get_by_role("button", name=AGAINST)).to_have_count(0)
    reader.get_by_role("button", name=FOR).click()
    expect(reader.locator(".comment-score")).to_have_text("1")


def test_vote_is_taken_without_telling_a_hidden_score(
    reader: Page, comment: Comment, has_scripts: bool
) -> None:
    make_site(hides_scores_minutes=30)
    for _reader in range(6):
        vote(comment, voter=Voter(user=make_user()), value=1)
    reader.goto(PAGE)
    score, button = reader.locator(".comment-score"), reader.get_by_role("button", name=FOR)
    expect(score).to_have_text("– score still hidden")
    button.click()
    if has_scripts:
        expect(reader.locator("#conversation-status")).to_have_text("You voted for this comment.")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(score).to_have_text("– score still hidden")
    else:
        page = reader.locator(".comment-page")
        expect(page).to_contain_text("You voted for this comment. Its score is still hidden.")
        expect(page).not_to_contain_text("7")
    comment.refresh_from_db()
    assert comment.score == 7


def test_score_is_told_once_its_time_is_over(
    reader: Page, comment: Comment, has_scripts: bool
) -> None:
    make_site(hides_scores_minutes=30)
    reader.goto(PAGE)
    make_site(hides_scores_minutes=0)
    reader.get_by_role("button", name=FOR).click()
    expect(reader.locator(".comment-score")).to_have_text("1")
    if has_scripts:
        expect(reader.locator("#conversation-status")).to_have_text("You voted for this comment. 1")


def look_of(button: Locator, name: str) -> str:
    return button.evaluate("(button, name) => getComputedStyle(button)[name]", name)


@SCRIPTED
def test_own_vote_is_told_by_a_shape_where_there_are_no_colours(
    reader: Page, comment: Comment
) -> None:
    reader.emulate_media(forced_colors="active")
    reader.goto(PAGE)
    given, other = (reader.get_by_role("button", name=name) for name in (FOR, AGAINST))
    given.click()
    expect(given).to_have_attribute("aria-pressed", "true")
    assert look_of(given, "textDecorationLine") == "underline"
    assert look_of(other, "textDecorationLine") == "none"


@SCRIPTED
def test_own_comment_shows_that_it_takes_no_vote(
    reader: Page, comment: Comment, sign_in: Callable[..., Any]
) -> None:
    write(comment.article, author=sign_in(reader))
    reader.goto(PAGE)
    own, other = reader.locator(".vote-up:disabled"), reader.locator(".vote-up:enabled")
    expect(own).to_have_count(1)
    assert float(look_of(own, "opacity")) < float(look_of(other, "opacity"))
    assert (look_of(own, "cursor"), look_of(other, "cursor")) == ("default", "pointer")
