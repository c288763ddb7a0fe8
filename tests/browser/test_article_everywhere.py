"""An article with all that it may have: in a narrow window, enlarged, printed, in few colours."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Role, Topic
from tests.builders import make_article, make_contributor, make_image, make_section, make_site
from tests.comments.builders import write
from tests.fundraising.builders import make_campaign
from tests.richtext.test_shapes import KEPT
from tests.translations.builders import make_attribution
from tests.translations.versions import make_correction

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True),
]
LONG = {"en": "Harbourmasterswithoutharbours", "ar": "استراتيجيات الموانئ الصغيرة"}
# What stands out of the window sideways, but for what scrolls by itself.
TOO_WIDE = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((each) => {
  const { left, right, width } = each.getBoundingClientRect();
  return width && (left < -1 || right > innerWidth + 1) && !each.closest(
    ".table-scroll, .section-nav, .editions, .visually-hidden, .skip-link");
}).map((each) => `${each.tagName}.${each.className}`)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
  return parseFloat(transitionDuration) > 0.01 || animationName !== "none"
    || scrollBehavior === "smooth";
}).map((each) => each.className)"""


@pytest.fixture(params=LONG)
def address(request: pytest.FixtureRequest) -> str:
    language = request.param
    make_site(name="The Quillmere Courier", place="Quillmere")
    make_campaign(is_featured=True)
    picture, topic = make_image(), Topic.objects.create(slug="tides", names={"en": "Tides"})
    heads = "".join(f"<h2>{LONG[language]} {n}</h2><p>The boat.</p><h3>Stones</h3>" for n in (1, 2))
    text = "".join(KEPT.values()).replace("/images/7/", f"/images/{picture.pk}/")
    article = make_article(
        slug="mole",
        language=language,
        kicker="Harbour",
        headline=f"{LONG[language]} and the tides",
        standfirst="What became of them.",
        dateline="Quillmere",
        body=f"<p>First</p>{heads}{text}<p>{LONG[language] * 3}</p>",
        lead_image=picture,
        byline=[(make_contributor(portrait=picture), Role.TRANSLATOR)],
    )
    make_attribution(article=article)
    make_correction(article)
    for _number in range(3):
        other = make_article(language=language, section=make_section(slug="town"))
        for each in (article, other):
            each.topics.add(topic)
    write(article)
    return article.get_absolute_url()


def faults(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("width", [320, 640], ids=["narrowest", "twice as large on 1280"])
def test_nothing_stands_out_of_the_window(reader: Page, address: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 450})
    reader.goto(address)
    reader.locator(".contents summary").click()
    assert reader.evaluate(TOO_WIDE) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(reader) == []


def test_portrait_begins_where_the_text_does(reader: Page, address: str) -> None:
    reader.goto(address)
    edge = "document.dir === 'rtl' ? 'right' : 'left'"
    places = [
        reader.locator(each).evaluate(f"(each) => each.getBoundingClientRect()[{edge}]")
        for each in (".byline .portrait", ".headline")
    ]
    assert places[0] == places[1]


def test_few_colours_of_the_device_leave_all_to_see(reader: Page, address: str) -> None:
    reader.emulate_media(forced_colors="active")
    reader.goto(address)
    assert faults(reader) == []
    for each in (".share button", ".appearance select", ".related", ".contents", ".goal-bar"):
        expect(reader.locator(each).first).to_be_visible()
    mark = "(each) => getComputedStyle(each, '::before').backgroundColor"
    ink = reader.locator(".headline").evaluate("(each) => getComputedStyle(each).color")
    assert reader.locator(".related .rubric").evaluate(mark) == ink


def test_nothing_moves_where_that_is_asked_for(reader: Page, address: str) -> None:
    reader.emulate_media(reduced_motion="reduce")
    reader.goto(address)
    assert reader.evaluate(MOVING) == []


def test_printed_are_text_credit_and_address_without_furniture(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.emulate_media(media="print")
    for each in (".headline", ".standfirst", ".byline", ".credit", ".lead-picture img", "#text",
                 ".corrections", ".print-address >> nth=0", ".dateline"):  # fmt: skip
        expect(reader.locator(each)).to_be_visible()
    for each in (".contents", ".related", ".share", ".appearance", ".reading-time", ".footer",
                 ".conversation", ".section-nav", ".goal", ".breadcrumbs"):  # fmt: skip
        for found in reader.locator(each).all():
            expect(found).to_be_hidden()
