"""Links to articles without a picture show their headline on a colour."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone
from PIL import Image, ImageChops, ImageFont

from articles.models import Article, Section
from newsroom import cards, checks
from newsroom.cards import COLOURS, FONTS, HEIGHT, PAPER, TEXT_HEIGHT, TEXT_WIDTH, WIDTH, Card
from operations.contrast import contrast
from tests.builders import make_article, make_image, make_section, make_site, picture_file

pytestmark = pytest.mark.django_db
NAME = "The Quillmere Courier"
LONGEST = 200  # a headline


@pytest.fixture(autouse=True)
def site():
    return make_site(name=NAME, editions=("en", "de", "ru", "ar"))


def card_of(**fields):
    return Card.of(make_article(**fields), paper=NAME)


def properties_of(client, article):
    head = client.get(article.get_absolute_url()).text.partition("</head>")[0]
    return dict(re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)">', head))


def picture_at(client, url):
    response = client.get(url.removeprefix("http://localhost:8000"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return Image.open(BytesIO(response.content))


def test_article_without_a_picture_shows_its_card(client):
    article = make_article(headline="The ferry & the <quay>")
    told = properties_of(client, article)
    assert told["og:image"] == Card.of(article, paper=NAME).url
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:image:alt"] == "The ferry &amp; the &lt;quay&gt;"
    shown = picture_at(client, told["og:image"])
    assert shown.size == (int(told["og:image:width"]), int(told["og:image:height"]))


def test_article_with_a_picture_shows_that(client):
    told = properties_of(client, make_article(lead_image=make_image()))
    assert "/media/" in told["og:image"] and told["twitter:card"] == "summary_large_image"


def test_card_stands_in_for_a_picture_whose_licence_has_ended(client):
    ended = timezone.now().date() - timedelta(days=2)
    told = properties_of(client, make_article(lead_image=make_image(licence_ends_on=ended)))
    assert "/cards/" in told["og:image"]


def test_page_draws_nothing_and_a_card_is_drawn_once(client, monkeypatch):
    drawn = []
    draw = Card.draw
    monkeypatch.setattr(Card, "draw", lambda card: drawn.append(card) or draw(card))
    article = make_article(headline="Drawn once, and kept")
    url = properties_of(client, article)["og:image"]
    assert drawn == []
    card = Card.of(article, paper=NAME)
    name, kept = f"cards/{card.digest}.png", storages["private"]
    kept.delete(name)
    assert picture_at(client, url).tobytes() == picture_at(client, url).tobytes()
    assert drawn == [card] and kept.exists(name) and not default_storage.exists(name)


def test_two_who_draw_at_once_leave_one_file(monkeypatch):
    card = card_of(headline="Drawn by two")
    name, kept = f"cards/{card.digest}.png", storages["private"]
    kept.delete(name)

    def overtaken(slower):
        kept.save(name, ContentFile(b"of the faster one"))
        return b"of the slower one"

    monkeypatch.setattr(Card, "draw", overtaken)
    assert card.read() == b"of the faster one"
    _folders, names = kept.listdir("cards")
    assert [each for each in names if card.digest in each] == [f"{card.digest}.png"]
    kept.delete(name)


def test_address_changes_with_headline_colour_and_paper():
    card = card_of(headline="One")
    town = make_section(slug="town")
    others = [card_of(headline="Two"), card_of(headline="One", section=town),
              Card.of(make_article(headline="One"), paper="Another")]  # fmt: skip
    assert len({each.digest for each in [card, *others]}) == 4
    assert card_of(headline="One").digest == card.digest


def test_old_address_and_that_of_what_is_not_live_are_not_found(client):
    article = make_article(headline="Before")
    url = properties_of(client, article)["og:image"].removeprefix("http://localhost:8000")
    assert client.get(url)["Cache-Control"] == "public, max-age=86400"
    for change in ({"headline": "After"}, {"publish_at": timezone.now() + timedelta(minutes=1)},
                   {"status": "withdrawn"}, {"language": "tr"}):  # fmt: skip
        before = {name: getattr(article, name) for name in change}
        Article.objects.filter(pk=article.pk).update(**change)
        assert client.get(url).status_code == 404
        Article.objects.filter(pk=article.pk).update(**before)
    assert client.get(url).status_code == 200
    assert client.get("/cards/1-xyz.png").status_code == 404


@pytest.mark.parametrize(
    "headline",
    ["W" * LONGEST, "Щука " * 40, ("Donaudampfschifffahrt" * 10)[:LONGEST], "a " * 100, "Ja",
     "ض" * LONGEST, "العاصفة عند الحاجز " * 10],
)  # fmt: skip
def test_every_headline_fits(headline):
    card = card_of(headline=headline.strip())
    font, lines = card.set_type()
    assert len(lines) * font.size * cards.LEADING <= TEXT_HEIGHT
    assert all(font.getlength(line) <= TEXT_WIDTH for line in lines)
    assert "".join(lines).replace(" ", "") == card.text.replace(" ", "")


def test_short_headlines_are_larger_than_long_ones():
    short, long = card_of(headline="Ice"), card_of(headline="The ice on the canal " * 9)
    assert short.set_type()[0].size == cards.SIZES[0] > long.set_type()[0].size


@pytest.mark.parametrize("headline", ["渡轮晚点", "העיתון", "بريد Courier", "🎉", "‏"])
def test_what_the_fonts_lack_is_not_drawn(client, headline):
    make_site(name=NAME, logo=picture_file(name="logo.png", kind="PNG"))
    article = make_article(headline=headline)
    assert Card.of(article, paper=NAME) is None
    told = properties_of(client, article)
    assert "/media/site/" in told["og:image"] and told["twitter:card"] == "summary"


def test_signs_that_the_fonts_lack_are_left_out():
    assert card_of(headline="Ice 🎉 on “the canal”").text == "Ice on “the canal”"
    assert card_of(headline="Ja\u200f").text == "Ja"


@pytest.mark.parametrize(
    "text",
    ["ABCÄÖÜß äöü ÇĞİıŞ çğş", "АБВГДЕЁЖЗ абвгдеёжзийклмнопрстуфхцчшщъыьэюя №",
     "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئةى ؟،", "0123456789 “”‘’«»„–—… € ₺ ₽", "٠١٢٣٤٥٦٧٨٩"],
)  # fmt: skip
def test_letters_of_the_editions_are_drawn(text):
    card = card_of(headline=text)
    assert card is not None and card.text == text
    font = card._font(40)
    lacking = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for letter in set(text) - {" "}:
        assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != lacking, letter


def test_arabic_begins_at_the_right_and_joins_its_letters():
    card = card_of(headline="بيت")
    assert card.is_arabic
    image = Image.open(BytesIO(card.draw())).convert("RGB")
    ink = ImageChops.difference(image, Image.new("RGB", (WIDTH, HEIGHT), card.colour))
    left, _top, right, _bottom = ink.crop((0, 0, WIDTH, HEIGHT - 130)).getbbox()
    assert left > WIDTH / 2 and right > WIDTH - cards.MARGIN - 20
    font = ImageFont.truetype(FONTS / "NotoNaskhArabic-Bold.ttf", 88)
    assert font.getlength("بيت") < sum(map(font.getlength, "بيت"))


def test_without_shaping_arabic_is_not_drawn_and_a_check_says_so(monkeypatch):
    assert card_of(headline="بيت") and checks.check_letters_of_cards() == []
    monkeypatch.setattr(cards.features, "check", lambda name: name != "fribidi")
    assert card_of(headline="بيت") is None and card_of(headline="Дом")
    assert [each.id for each in checks.check_letters_of_cards()] == ["newsroom.W001"]


def test_no_check_complains_where_nothing_is_arabic(monkeypatch, settings):
    monkeypatch.setattr(cards.features, "check", lambda name: False)
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    assert checks.check_letters_of_cards() == []


def test_every_colour_is_dark_enough_and_a_section_keeps_its_own():
    assert all(contrast(colour, PAPER) >= 4.5 for colour in COLOURS)
    assert card_of(headline="One").colour == card_of(headline="Two").colour
    Section.objects.update(names={"en": "Another name"})
    assert card_of().colour == card_of(headline="One").colour


def test_fonts_are_small_and_come_with_their_licence():
    assert sum(each.stat().st_size for each in FONTS.iterdir()) < 1024 * 1024
    text = (FONTS / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in text and "Google LLC" in text
