"""What people do at the desk, with scripts and without."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

PASSWORD = "lighthouse"


class DeskPage:
    """A page of the desk: the ways to fill in its forms differ with and without scripts."""

    def __init__(self, page: Page, *, has_scripts: bool) -> None:
        self.page, self.has_scripts = page, has_scripts

    def sign_in(self, username: str) -> None:
        self.page.goto("/admin/")
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(f"{self._origin()}/admin/")

    def open(self, model: str, *rest: Any) -> None:
        """The list of `app/model`, or what stands below it."""
        self.page.goto("/".join(["/admin", model, *map(str, rest), ""]))

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name='{name}']").fill(text)

    def select(self, **fields: str) -> None:
        for name, label in fields.items():
            self.page.locator(f"select[name='{name}']").select_option(label=label)

    def choose(self, name: str, label: str) -> None:
        """From an autocomplete field: searched for with scripts, listed without."""
        if not self.has_scripts:
            return self.select(**{name: label})
        box = self.page.locator(f"select[name='{name}'] + .select2")
        box.click()
        search = box.locator(".select2-search__field")  # within it where several may be chosen
        if not search.count():
            search = self.page.locator(".select2-dropdown .select2-search__field")
        search.press_sequentially(label[:8])
        self.page.locator(".select2-results__option", has_text=label).click()
        return None

    def write(self, plain: str, bold: str) -> None:
        """The article's text: some words, the last of them bold."""
        if not self.has_scripts:
            return self.fill(body=f"<p>{plain} <strong>{bold}</strong></p>")
        self.editor.click()
        self.editor.press_sequentially(f"{plain} ")
        self.editor.press("Control+b")
        self.editor.press_sequentially(bold)
        return None

    @property
    def editor(self) -> Locator:
        return self.page.locator(".tiptap")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def save(self) -> None:
        self.press("Save")
        self.expect_message("successfully")

    def expect_message(self, text: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(text)

    def _origin(self) -> str:
        return "/".join(self.page.url.split("/")[:3])


def until(step: Callable[[], None], tries: int = 4) -> None:
    """Takes the step again where the page was not ready for it yet."""
    for _time in range(tries - 1):
        try:
            step()
        except AssertionError:
            continue
        return
    step()
