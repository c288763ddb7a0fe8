"""The pages of revisions and the screen of a conflict as assistive technology meets them.

With scripts only, because axe is one.
"""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.articles.revisions import make_live, save
from tests.browser.conftest import WINDOWS, SignIn
from tests.browser.test_desk_accessibility import DJANGOS
from tests.builders import make_colleague, make_image, make_section, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("revisions/", "compare/?from=public&to=draft", "restore/?revision=1", "change/")


@pytest.fixture
def chief() -> User:
    make_site(name="The Quillmere Courier")
    return make_colleague("chief", username="imogen")


def barriers(page: Page) -> list[str]:
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in Axe().run(page).response["violations"]
        if violation["id"] not in DJANGOS
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
def test_pages_of_revisions_have_no_barriers(
    newcomer: Callable[[], Page], sign_in: SignIn, chief: User, language: str, theme: str
) -> None:
    article, page = make_live(by=chief), newcomer()
    town, image = make_section(slug="town", name="Town"), make_image()
    picture = {"id": image.pk, "caption": "New", "alt": "", "is_decorative": False}
    section = {"id": town.pk, "slug": "town"}
    changes = {"headline": "Later still", "section": section, "lead_image": picture}
    save(article, by=chief, body="<p>Wholly new.</p>", **changes)
    User.objects.filter(pk=chief.pk).update(language=language)
    sign_in(page, chief)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    found = {}
    for path in PAGES:
        page.goto(f"/admin/articles/article/{article.pk}/{path}")
        found[path] = barriers(page)
    save(article, by=make_colleague("reporter"), headline="Theirs", kicker="Boats")
    page.locator("[name='headline']").fill("Mine")
    page.locator(".submit-row [name='_continue']").click()
    expect(page.locator(".conflict")).to_be_visible()
    found["conflict"] = barriers(page)
    assert not any(found.values()), found
