"""The form for comments: what the script adds, and that nothing typed is ever lost."""

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment, ModerationEntry
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)


@pytest.fixture
def root() -> Comment:
    return write(make_article(slug="last-winter"), text="The gulls did it. The baker saw them.")


def fill(place: Page | Locator, text: str) -> Locator:
    """Fills in the first form there, as a guest."""
    form = place.locator("form.comment-form").first
    form.get_by_label("Name", exact=True).fill("Wilma Achterberg")
    form.get_by_label("E-mail address", exact=True).fill("wilma@readers.example")
    form.get_by_role("textbox", name="Comment").fill(text)
    return form


def test_reader_previews_before_publishing(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    fill(reader, "It was *not* the gulls.").get_by_role("button", name="Preview").click()
    expect(reader.get_by_text("not", exact=True).last).to_be_visible()
    expect(reader.locator("main em")).to_have_text("not")
    expect(reader.get_by_role("textbox", name="Comment").first).to_have_value(
        "It was *not* the gulls."
    )
    assert Comment.objects.count() == 1


def test_spoiler_opens_on_request(reader: Page, root: Comment) -> None:
    write(root.article, text=">! It was the cat.")
    reader.goto(PAGE)
    expect(reader.get_by_text("It was the cat.")).to_be_hidden()
    reader.get_by_text("Spoiler", exact=True).click()
    expect(reader.get_by_text("It was the cat.")).to_be_visible()


@SCRIPTED
def test_draft_survives_a_closed_tab_and_goes_with_success(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    fill(reader, "A long thought")
    reader.goto("about:blank")
    reader.goto(PAGE)
    text = reader.get_by_role("textbox", name="Comment").first
    expect(text).to_have_value("A long thought")
    fill(reader, "A longer thought").get_by_role("button", name="Publish").click()
    expect(reader.locator(".comments")).to_contain_text("A longer thought")
    reader.goto(PAGE)
    expect(text).to_have_value("")


def send_without_connection(reader: Page, form: Locator) -> None:
    reader.context.set_offline(True)
    with reader.expect_event("requestfailed"):
        form.get_by_role("button").first.click()
    reader.context.set_offline(False)


@SCRIPTED
def test_draft_survives_a_lost_connection(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    send_without_connection(reader, fill(reader, "A long thought"))
    reader.goto(PAGE)
    text = reader.get_by_role("textbox", name="Comment").first
    expect(text).to_have_value("A long thought")
    fill(reader, "A long thought").get_by_role("button", name="Publish").click()
    expect(reader.locator(".comments")).to_contain_text("A long thought")
    assert Comment.objects.filter(text="A long thought").count() == 1
    reader.goto(PAGE)
    expect(text).to_have_value("")


@SCRIPTED
def test_second_draft_survives_a_lost_connection_after_the_first_was_published(
    reader: Page, root: Comment
) -> None:
    reader.goto(PAGE)
    fill(reader, "First").get_by_role("button", name="Publish").click()
    reader.wait_for_url("**?posted=*")
    posted = reader.url
    send_without_connection(reader, fill(reader, "A second thought"))
    reader.goto(posted)
    text = reader.get_by_role("textbox", name="Comment").first
    expect(text).to_have_value("A second thought")


@SCRIPTED
def test_draft_of_a_reply_survives_a_lost_connection(reader: Page, root: Comment) -> None:
    comment = reader.locator(f"#comment-{root.pk}")
    reader.goto(PAGE)
    comment.get_by_role("link", name="Reply").click()
    send_without_connection(reader, fill(comment, "It was the cat."))
    reader.goto(PAGE)
    comment.get_by_role("link", name="Reply").click()
    expect(comment.get_by_role("textbox", name="Comment")).to_have_value("It was the cat.")


@SCRIPTED
def test_draft_of_a_change_survives_a_lost_connection_and_goes_with_success(
    reader: Page, root: Comment
) -> None:
    reader.goto(PAGE)
    fill(reader, "The cat did it.").get_by_role("button", name="Publish").click()
    reader.get_by_role("link", name="Change").click()
    form, text = reader.locator("form.comment-form"), reader.get_by_label("Comment")
    text.fill("The dog did it.")
    send_without_connection(reader, form)
    own = Comment.objects.latest("pk")
    reader.goto(f"/comments/{own.pk}/edit/")
    expect(text).to_have_value("The dog did it.")
    form.get_by_role("button").click()
    reader.wait_for_url("**?posted=*")
    Comment.objects.filter(pk=own.pk).update(text="The mouse did it.")
    reader.goto(f"/comments/{own.pk}/edit/")
    expect(text).to_have_value("The mouse did it.")


@SCRIPTED
def test_each_place_has_its_own_draft(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    fill(reader, "For the story")
    reader.locator(f"#comment-{root.pk}").get_by_role("link", name="Reply").click()
    reply = reader.locator(f"#comment-{root.pk} form.comment-form").get_by_role(
        "textbox", name="Comment"
    )
    expect(reply).to_have_value("")


@SCRIPTED
def test_name_is_kept_on_request_only(reader: Page, root: Comment) -> None:
    for keeps in (False, True):
        reader.goto(PAGE)
        form = fill(reader, f"Asked: {keeps}")
        form.get_by_label("Remember me").set_checked(keeps)
        form.get_by_role("button", name="Publish").click()
        expect(reader.locator(".comments")).to_contain_text(f"Asked: {keeps}")
        name = reader.get_by_label("Name", exact=True).first
        expect(name).to_have_value("Wilma Achterberg" if keeps else "")


@SCRIPTED
def test_control_and_enter_publish_and_the_rest_is_counted(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    form = fill(reader, "By keyboard")
    expect(form.locator(".comment-counter")).to_have_text("4,989 characters left")
    form.get_by_role("textbox", name="Comment").press("Control+Enter")
    expect(reader.locator(".comments")).to_contain_text("By keyboard")


@SCRIPTED
def test_double_click_publishes_once(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    fill(reader, "Twice is once").get_by_role("button", name="Publish").dblclick()
    expect(reader.locator(".comments")).to_contain_text("Twice is once")
    assert Comment.objects.filter(text="Twice is once").count() == 1


@SCRIPTED
def test_marked_words_become_a_quotation(reader: Page, root: Comment) -> None:
    reader.goto(PAGE)
    comment = reader.locator(f"#comment-{root.pk}")
    comment.locator(".comment-text p").select_text()
    comment.get_by_role("link", name="Reply").click()
    text = comment.get_by_role("textbox", name="Comment")
    expect(text).to_have_value("> The gulls did it. The baker saw them.\n\n")


@SCRIPTED
def test_script_tells_how_long_the_form_was_open(
    reader: Page, root: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.screening.form.QUICK", 1000)
    reader.goto(PAGE)
    assert reader.locator(".comment-trap").first.is_hidden()
    fill(reader, "Typed in no time").get_by_role("button", name="Publish").click()
    expect(reader.locator("#posted")).to_contain_text("waits for a moderator")
    rules = [each["rule"] for each in ModerationEntry.objects.get().findings]
    assert rules == ["newcomer", "haste"]
