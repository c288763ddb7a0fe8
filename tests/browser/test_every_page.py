"""Every public page passes axe and fits its window, and a keyboard reaches all that is in it.

With scripts only where axe looks, because it is one.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.correcting import correct
from articles.models import Article, Role, Story, Topic
from articles.publishing import publish
from tests.browser.conftest import WINDOWS
from tests.browser.test_conversation_accessibility import expect_no_barriers
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_section,
    make_series,
    make_site,
)
from tests.comments.builders import write
from tests.fundraising.builders import make_campaign
from tests.newsroom.public_pages import PUBLIC, make_paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHEMES = {"phone": "light", "desktop": "dark"}
SCRIPTED = pytest.mark.parametrize(
    "window", [(name, True) for name in WINDOWS], ids=str, indirect=True
)
MACHINES = ("/feeds/", "/robots.txt", "sitemap", ".json", ".xml", "/passages/", "/cards/",
            "/images/", "/latest/", "show=inline", "show=new", "/embed/")  # fmt: skip
WALKED = ["/", "/sections/harbour/", "/articles/boat/", "/archive/", "/corrections/",
          "/support/press/", "/search/?q=boat", "/articles/gone/"]  # fmt: skip
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const { width, height, top, bottom } = at.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  return {
    what: at.outerHTML.slice(0, 120),
    place: [...document.querySelectorAll("*")].indexOf(at),
    seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
    ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary"
)].filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled
  && each.tabIndex >= 0).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def paper() -> Article:
    """In two languages, with all that may stand on an article's page."""
    make_site(name="The Quillmere Courier", place="Quillmere", editions=("en", "ar"))
    section, editor = make_section(slug="harbour", name="Harbour"), make_editor()
    picture = make_image(alts={"en": "A boat", "ar": "قارب"})
    topic = Topic.objects.create(slug="weather", names={"en": "Weather", "ar": "الطقس"})
    mina = make_contributor(slug="mina", name="Mina Drost", portrait=picture)
    looks = {"section": section, "lead_image": picture, "byline": [(mina, Role.REPORTER)],
             "body": "<h2>Oars</h2><p>The boat.</p><h2>Sails</h2><p>It came back.</p>"}  # fmt: skip
    for number in range(5):
        make_article(headline=f"The boat leaves {number} minutes later", **looks)
    series = make_series(slug="boats", standfirsts={"ar": "عن القوارب"})
    first, second = (Story.objects.create(series=series) for _part in range(2))
    for language in ("en", "ar"):
        make_article(slug="gone", language=language, status="withdrawn")
        make_article(slug="rowed", language=language, story=first, **looks)
    boat = make_article(slug="boat", headline="The boat", story=second, **looks)
    arabic = make_article(slug="boat", headline="القارب", language="ar", story=boat.story, **looks)
    for article in (boat, arabic):
        article.topics.add(topic)
        publish(article, by=editor)
        correct(article, kind="correction", text="It was four oars.", by=editor)
    write(boat, text="Four oars, of course.")
    return boat


@SCRIPTED
def test_every_public_page_is_without_barriers(reader: Page, window: tuple[str, bool]) -> None:
    answer = make_paper()
    reader.emulate_media(color_scheme=SCHEMES[window[0]])  # type: ignore[arg-type]
    looked_at = set()
    for path, status in PUBLIC.items():
        address = path.format(question=answer.passage_id, comment=answer.pk)
        if status == 404 or any(part in address for part in MACHINES):  # 410 has the same page
            continue
        reader.goto(address)
        if reader.url not in looked_at:
            looked_at.add(reader.url)
            expect_no_barriers(reader)
    assert len(looked_at) > 25


@SCRIPTED
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_from_the_right_are_without_barriers(
    reader: Page, paper: Article, scheme: str
) -> None:
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    make_campaign(slug="press", names={"ar": "مطبعة", "en": "A press"}, is_featured=True)
    make_campaign(slug="mole", goal_minor=None)
    make_campaign(slug="over", ends_at=timezone.now())
    for path in ("", "sections/harbour/", "topics/weather/", "series/boats/", "contributors/mina/",
                 "translators/",
                 "articles/boat/", "articles/boat/error/", "corrections/", "archive/", "support/",
                 "support/press/", "support/mole/", "support/over/", "articles/gone/"):  # fmt: skip
        reader.goto(f"/ar/{path}")
        expect_no_barriers(reader)


@pytest.mark.parametrize("address", WALKED)
def test_keyboard_reaches_everything_in_order(
    reader: Page, paper: Article, has_scripts: bool, address: str
) -> None:
    make_campaign(slug="press", is_featured=True)
    reader.goto(address)
    reader.wait_for_load_state("networkidle")
    expect_keyboard_reaches_all(reader)


def expect_keyboard_reaches_all(reader: Page) -> None:
    """In the order in which it stands there, seen and with a ring."""
    reachable, met, last = reader.evaluate(REACHABLE), [], -1
    for _step in range(300):
        reader.keyboard.press("Tab")
        focused = reader.evaluate(FOCUSED)
        if focused is None or focused["place"] < last:
            break
        assert focused["seen"] and focused["ringed"], focused["what"]
        last = focused["place"]
        met.append(focused["what"])
    assert 'class="skip-link"' in met[0]
    assert [each for each in reachable if each not in met] == []


@SCRIPTED
def test_appearance_is_chosen_by_keyboard(reader: Page, paper: Article) -> None:
    reader.emulate_media(color_scheme="light")
    reader.goto("/corrections/")
    reader.get_by_label("Appearance").focus()
    reader.keyboard.type("Dark")
    reader.keyboard.press("Tab")
    expect(reader.locator("html")).to_have_attribute("data-scheme", "dark")
    expect_no_barriers(reader)


def test_print_has_what_was_said_and_nothing_to_press(reader: Page, paper: Article) -> None:
    make_campaign(slug="press")
    reader.emulate_media(media="print")
    reader.goto("/articles/boat/")
    expect(reader.locator(".conversation")).to_be_hidden()
    for address, said in (
        ("/articles/boat/comments/", ".comment-text"),
        ("/support/press/", ".goal-page"),
        ("/search/?q=boat", ".found"),
    ):
        reader.goto(address)
        expect(reader.locator(said).first).to_be_visible()
        assert reader.locator("main :is(button, input, textarea, summary):visible").count() == 0
