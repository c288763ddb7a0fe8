"""The editor of a text: what is stored comes back as it was, and everything goes by keyboard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from articles import drafts
from articles.models import Article, Image, Role
from comments.models import Passage
from richtext.articles import clean_article_html
from tests.browser.conftest import WINDOWS
from tests.browser.desk import until
from tests.builders import make_article, make_contributor, make_image, make_site, picture_file
from tests.richtext.test_shapes import KEPT, TABLE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True),
]
CLIPBOARD = Path(__file__).parent / "clipboard"
PASTE = """(editor, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "plain");
  editor.focus();
  editor.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
  );
}"""
FROM_WORD = (
    "<h2>The mole</h2><p>Fourteen <strong>blocks</strong> have <em>moved</em>"
    '<span class="footnote">Most by less than a hand.</span>, says'
    ' <a href="https://harbour.example/works" rel="noopener">the harbour</a>.</p>'
    "<h3>What to do</h3><ul><li><p>Count</p><ul><li><p>by day</p></li></ul></li>"
    "<li><p>Wait</p></li></ul><p>Then:</p><ol><li><p>Lift</p></li><li><p>Turn</p></li></ol>"
    "<table><tbody><tr><th><p>Block</p></th><th><p>Metres</p></th></tr>"
    "<tr><td><p>388</p></td><td><p>3.2</p></td></tr></tbody></table>"
)
FROM_DOCS = (
    "<h2>The bench</h2><p>It had <strong>four bolts</strong> and <em>one</em> name, says"
    ' <a href="https://harbour.example/bench" rel="noopener">the guild</a>.</p>'
    "<ul><li><p>Oak</p><ul><li><p>two metres</p></li></ul></li><li><p><s>Pine</s></p></li></ul>"
)


@pytest.fixture
def write(colleague: Callable[[str], Page]) -> Callable[[str], Page]:
    """Opens the form of an article with this text, before a chief."""

    def come(body: str = "<p>The boat</p>") -> Page:
        make_site()
        byline = [(make_contributor(), Role.REPORTER)]
        article, page = make_article(body=body, byline=byline), colleague("chief")
        page.goto(f"/admin/articles/article/{article.pk}/change/")
        expect(page.locator(".tiptap")).to_be_visible()
        page.evaluate("document.fonts.ready.then(() => true)")  # the buttons' signs change places
        return page

    return come


def come_to_dialog(page: Page, name: str) -> None:
    button(page, name).click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=2000)


def typed(page: Page) -> str:
    """What the form would send, as it would be stored."""
    return clean_article_html(page.locator("[name='body']").input_value())


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def mark_all(page: Page) -> None:
    page.locator(".tiptap p").first.click()
    page.keyboard.press("Control+a")


def test_stored_text_comes_back_from_the_editor_unchanged(write: Callable[[str], Page]) -> None:
    picture = make_image().pk
    html = "<p>First</p>" + "".join(KEPT.values()) + "<p>Last</p>"
    html = html.replace("/images/7/", f"/images/{picture}/")
    page = write(html)
    page.locator(".tiptap p").last.click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.get_by_role("button", name="Save draft", exact=True).first.click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as draft")
    kept = drafts.pending(Article.objects.get()).snapshot["body"]
    assert kept == html.replace("Last", "Last!")


@pytest.mark.parametrize(("source", "clean"), [("word", FROM_WORD), ("docs", FROM_DOCS)])
def test_what_is_pasted_is_clean(write: Callable[[str], Page], source: str, clean: str) -> None:
    page = write("<p>x</p>")
    mark_all(page)
    page.locator(".tiptap").evaluate(PASTE, (CLIPBOARD / f"{source}.txt").read_text("utf-8"))
    expect(page.locator(".tiptap h2")).to_be_visible()
    assert typed(page).removesuffix("<p></p>") == clean


def test_picture_is_found_described_and_placed_by_keyboard(write: Callable[[str], Page]) -> None:
    image = make_image(alt="A ferry at the quay")
    page = write()
    page.locator(".tiptap p").click()
    page.keyboard.press("Alt+F10")
    expect(button(page, "Bold")).to_be_focused()
    button(page, "Picture").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ferry")
    page.get_by_role("button", name="A ferry at the quay").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Alternative text here").fill("A boat")
    page.get_by_role("button", name="Apply").press("Enter")
    page.keyboard.type("At dawn")
    figure = f'<figure><img src="/images/{image.pk}/" alt="A boat">'
    assert figure in typed(page)


def test_picture_is_added_from_the_text(write: Callable[[str], Page]) -> None:
    page = write()
    button(page, "Picture").click()
    page.get_by_role("button", name="Add a picture").click()
    dialog = page.get_by_role("dialog", name="Add a picture")
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    dialog.get_by_label("Picture", exact=True).set_input_files([file])
    dialog.get_by_label("Alternative text").fill("A ferry at the quay")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    file = {"name": "ferry.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    dialog.get_by_label("Picture", exact=True).set_input_files([file])
    dialog.get_by_role("button", name="Apply").click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.locator(".tiptap figure img")).to_be_visible()
    image = Image.objects.get()
    assert image.alts == {"en": "A ferry at the quay"}
    assert f'<img src="/images/{image.pk}/"' in typed(page)


def test_picture_is_told_in_the_language_of_the_text(colleague: Callable[[str], Page]) -> None:
    make_site()
    make_image(alts={"en": "A ferry", "de": "Eine Fähre"})
    page, live = colleague("chief"), make_article(language="de")
    page.goto(f"/admin/articles/article/{live.pk}/change/")
    button(page, "Picture").click()
    expect(page.get_by_role("dialog")).to_contain_text("Eine Fähre")
    page.goto("/admin/articles/article/add/")
    page.locator("[name=language]").select_option("de")
    button(page, "Picture").click()
    expect(page.get_by_role("dialog")).to_contain_text("Eine Fähre")


def test_toolbar_is_one_stop_and_arrows_move_along_it(write: Callable[[str], Page]) -> None:
    page = write()
    mark_all(page)
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    expect(button(page, "Italic")).to_be_focused()
    page.keyboard.press("Enter")
    assert typed(page) == "<p><em>The boat</em></p>"
    expect(button(page, "Italic")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Kind of paragraph").select_option("Pull-quote")
    assert typed(page) == '<aside class="pull-quote"><p><em>The boat</em></p></aside>'
    page.get_by_label("Kind of paragraph").select_option("Lowest heading")
    assert typed(page) == "<h4><em>The boat</em></h4>"


def test_footnote_language_and_link_are_asked_for(write: Callable[[str], Page]) -> None:
    page = write()
    mark_all(page)
    button(page, "Words in another language").click()
    page.get_by_label("Language, as a code").fill("arabic!")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("alert").filter(visible=True)).to_have_text(
        "This is no code of a language."
    )
    page.get_by_label("Language, as a code").fill("ar")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+k")
    page.get_by_label("Address", exact=True).fill("pier.example")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    button(page, "Footnote").click()
    page.get_by_label("Text of the footnote").fill("Or nearly")
    page.get_by_role("button", name="Apply").click()
    assert typed(page) == (
        '<p><span lang="ar" dir="rtl"><a href="https://pier.example" rel="noopener">The boat</a>'
        '</span><span class="footnote">Or nearly</span></p>'
    )


def test_note_put_in_beside_another_stays_apart(write: Callable[[str], Page]) -> None:
    page = write('<p>The boat<span class="footnote">Old.</span></p>')
    page.locator(".tiptap p").click()
    page.keyboard.press("End")
    button(page, "Footnote").click()
    page.get_by_label("Text of the footnote").fill("Blue.")
    page.get_by_role("button", name="Apply").click()
    page.keyboard.type("!")
    assert typed(page) == (
        '<p>The boat<span class="footnote">Old.</span><span class="footnote">Blue.</span>!</p>'
    )


def test_marked_words_become_a_note_and_again_words(write: Callable[[str], Page]) -> None:
    page = write()
    mark_all(page)
    button(page, "Footnote").click()
    assert typed(page) == '<p><span class="footnote">The boat</span></p>'
    button(page, "Footnote").click()
    assert typed(page) == "<p>The boat</p>"


def test_embed_and_table_are_put_in(write: Callable[[str], Page]) -> None:
    page = write()
    page.locator(".tiptap p").click()
    button(page, "Video or sound from elsewhere").click()
    page.get_by_label("Address of its page").fill("https://youtu.be/abcdefghijk")
    page.get_by_label("What it is").fill("Seals")
    page.get_by_role("button", name="Apply").click()
    assert '<figure class="embed"><a href="https://youtu.be/abcdefghijk"' in typed(page)
    page.locator(".tiptap p").last.click()
    button(page, "Table").click()
    button(page, "Add a row").click()
    assert typed(page).count("<tr>") == 4
    assert typed(page).count("<th>") == 3
    button(page, "Remove the table").click()
    assert "<table" not in typed(page)


def test_tab_leads_out_of_a_table(write: Callable[[str], Page]) -> None:
    page = write(f"<p>The boat</p>{TABLE}")
    page.locator(".tiptap td p").last.click()
    page.keyboard.press("Tab")
    expect(page.locator(".tiptap")).not_to_be_focused()
    assert typed(page).count("<tr>") == TABLE.count("<tr>")


def test_marked_words_lead_to_the_form_of_a_question(write: Callable[[str], Page]) -> None:
    page = write("<p>The boat</p><p>A <em>boat</em><span class='footnote'>Old.</span> again</p>")
    ask = button(page, "Ask readers about these words, in another window")

    def mark() -> None:
        page.locator(".tiptap em").dblclick()
        expect(ask).to_have_attribute("aria-disabled", "false", timeout=1000)

    until(mark)
    with page.expect_popup() as opened:
        ask.click()
    form = opened.value
    form.locator("[name='question']").fill("Which one?")
    form.locator("[name='_save']").click()
    expect(form.locator(".messagelist")).to_contain_text("successfully")
    passage = Passage.objects.get()
    assert (passage.exact, passage.prefix, passage.suffix) == ("boat", "The boat A ", " again Old.")
    assert typed(page).count("<") == Article.objects.get().body.count("<")


def test_editor_and_its_dialogs_have_no_barriers(write: Callable[[str], Page]) -> None:
    text = "".join(KEPT.values()).replace("/images/7/", f"/images/{make_image().pk}/")
    page, found = write(f"<p>First</p>{text}"), []
    mark_all(page)
    for name in ("", "Link", "Picture", "Footnote"):
        if name == "Footnote":
            page.keyboard.press("ArrowRight")
        if name:
            until(partial(come_to_dialog, page, name))
        scope = ".text-dialog" if name else ".prose-editor"
        found += Axe().run(page, context=scope).response["violations"]
        page.keyboard.press("Escape")
    assert not [(each["id"], [n["html"][:120] for n in each["nodes"]]) for each in found]
