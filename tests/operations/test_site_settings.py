import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from operations.contrast import DARK_PAPER, DARK_RAISED, contrast
from operations.models import SiteSettings
from tests.builders import make_site, make_user, picture_file

pytestmark = pytest.mark.django_db
PAGE = "/admin/operations/sitesettings/1/change/"


def settings_form(**changes):
    return {
        "name": "The Quillmere Courier",
        "place": "Quillmere",
        "footers_en": "Printed by the harbour.",
        "accent_light": "#0b5766",
        "accent_dark": "#74c6d4",
        "editions": ["en", "de"],
        "money_pattern": "#,##0 ¤",
        "comment_policy": "open",
        "allows_down_votes": "on",
        "hides_scores_minutes": "0",
        "holds_at_flags": "3",
        "logo_ppoi": "0.5x0.5",
        "logo_dark_ppoi": "0.5x0.5",
        **changes,
    }


@pytest.fixture
def chief(client):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_site_answers_before_anybody_has_saved_settings(client):
    assert client.get("/").status_code == 200
    assert not SiteSettings.objects.exists()


def test_chief_names_the_site_and_chooses_editions(client, chief):
    assert client.post(PAGE, settings_form()).status_code == 302
    assert "The Quillmere Courier" in client.get("/de/").text
    assert client.get("/ru/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"), [("name", "name"), ("place", "place"), ("footers_de", "footers")]
)
@pytest.mark.parametrize("text", ["Quill\u202emere", "Quill\x07mere", "Quill\u2066mere"])
def test_invisible_control_characters_are_refused_beside_their_field(
    client, chief, typed, field, text
):
    response = client.post(PAGE, settings_form(**{typed: text}))
    assert response.status_code == 422
    errors = response.context["adminform"].form.errors
    assert errors == {field: ["This contains invisible control characters: type it anew."]}


@pytest.mark.parametrize("field", ["name", "place"])
def test_name_that_nobody_can_see_is_refused(client, chief, field):
    response = client.post(PAGE, settings_form(**{field: "\u200b\u2060"}))
    assert response.status_code == 422
    assert list(response.context["adminform"].form.errors) == [field]


def test_messages_about_signs_are_translated(client, chief):
    page = client.post(PAGE, settings_form(name="\u200b"), headers={"Accept-Language": "de"})
    assert "Davon ist nichts zu sehen" in page.text
    page = client.post(PAGE, settings_form(name="a\x07"), headers={"Accept-Language": "ar"})
    assert "This contains invisible" not in page.text


@pytest.mark.parametrize(
    ("field", "colour"),
    [("accent_light", "#7fd4e0"), ("accent_dark", "#123456"), ("accent_dark", "#7e7e7e")],
)
def test_accent_that_cannot_be_read_on_its_paper_is_refused(client, chief, field, colour):
    make_site(name="Before")
    response = client.post(PAGE, settings_form(**{field: colour}))
    assert response.status_code == 422
    assert "4.5 is needed" in response.text
    assert SiteSettings.load().name == "Before"


def test_accent_that_can_be_read_on_panels_too_is_kept(client, chief):
    assert contrast("#858585", DARK_RAISED) > 4.5 > contrast("#7e7e7e", DARK_RAISED)
    assert contrast("#7e7e7e", DARK_PAPER) > 4.5
    assert client.post(PAGE, settings_form(accent_dark="#858585")).status_code == 302
    assert SiteSettings.load().accent_dark == "#858585"


def test_colour_with_css_in_it_is_refused(client, chief):
    make_site(name="Before")
    response = client.post(PAGE, settings_form(accent_light="red;}*{"))
    assert "six digits" in response.text
    assert SiteSettings.load().name == "Before"


def test_colours_are_judged_without_a_form_too():
    with pytest.raises(ValidationError, match="six digits"):
        SiteSettings(accent_light="red;}*{").full_clean()


def test_default_language_is_always_an_edition():
    with pytest.raises(ValidationError, match="always an edition"):
        SiteSettings(editions=["de"]).full_clean()


def test_database_refuses_a_site_without_an_edition():
    make_site(editions=("en",))
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.update(editions=[])


def test_chief_decides_about_votes(client, chief):
    page = client.get(PAGE).text
    assert "Votes against a comment" in page and "Those cast before still count." in page
    assert "Minutes without a score" in page and "With 0 it shows it at once." in page
    form = settings_form(hides_scores_minutes="10080")
    del form["allows_down_votes"]
    assert client.post(PAGE, form).status_code == 302
    chosen = SiteSettings.load()
    assert (chosen.allows_down_votes, chosen.hides_scores_minutes) == (False, 10080)


@pytest.mark.parametrize("minutes", ["10081", "-1", "x", ""])
def test_scores_are_not_hidden_for_more_than_a_week_or_less_than_never(client, chief, minutes):
    make_site(hides_scores_minutes=60)
    response = client.post(PAGE, settings_form(hides_scores_minutes=minutes))
    assert response.status_code == 422
    assert list(response.context["adminform"].form.errors) == ["hides_scores_minutes"]
    assert ("for a week at most" in response.text) == (minutes == "10081")
    assert SiteSettings.load().hides_scores_minutes == 60


def test_database_refuses_to_hide_scores_for_more_than_a_week():
    make_site(hides_scores_minutes=10080)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.update(hides_scores_minutes=10081)


def test_second_row_is_refused_by_the_database():
    make_site()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.create(pk=2)


def test_accent_stylesheet_has_an_address_of_its_own_for_each_choice(client):
    make_site(accent_light="#0b5766")
    old = client.get("/").context["accent_url"]
    assert "--accent-light: #0b5766" in client.get(old).text
    assert old not in client.get("/").text  # site.css has these colours
    make_site(accent_light="#5a2d82")
    new = client.get("/").context["accent_url"]
    assert "--accent-light: #5a2d82" in client.get(new).text
    assert new in client.get("/").text
    assert client.get(old).status_code == 404


def test_logo_is_written_anew_and_shown(client, chief, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    logo = picture_file(name="logo.png", size=(300, 80))
    assert client.post(PAGE, settings_form(logo=logo)).status_code == 302
    assert SiteSettings.load().logo.url in client.get("/").text


def test_script_in_a_logos_clothes_is_refused(client, chief):
    make_site(name="Before")
    svg = SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'/>", "image/png")
    response = client.post(PAGE, settings_form(logo=svg))
    assert "not a picture that we can use" in response.text
    assert SiteSettings.load().name == "Before"


def images(html):
    return re.findall(r'<img class="(logo[^"]*)" src="([^"]+)" alt="([^"]+)"([^>]*)>', html)


def test_logo_for_dark_paper_stands_beside_the_other(client, chief, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    logo = picture_file(name="logo.png", size=(300, 80))
    client.post(PAGE, settings_form(logo=logo))
    [(kind, _src, alt, size)] = images(client.get("/").text)
    assert (kind, alt) == ("logo", "The Quillmere Courier")
    assert 'width="300" height="80"' in size
    dark = picture_file(name="dark.png", size=(300, 80))
    client.post(PAGE, settings_form(logo_dark=dark))
    light, dark = images(client.get("/").text)
    assert (light[0], dark[0]) == ("logo-light", "logo-dark")
    assert light[1] != dark[1] and 'width="300" height="80"' in dark[3]
    assert light[2] == dark[2] == "The Quillmere Courier"


def test_site_without_a_logo_shows_its_name(client):
    make_site(name="The Courier")
    assert images(client.get("/").text) == []
    assert 'rel="home">The Courier</a>' in client.get("/").text


def test_footer_speaks_the_language_of_the_page(client, chief):
    both = settings_form(footers_en="Printed by the harbour.", footers_de="Am Hafen gedruckt.")
    assert client.post(PAGE, both | {"editions": ["en", "de", "tr"]}).status_code == 302
    assert SiteSettings.load().footers == {
        "en": "Printed by the harbour.", "de": "Am Hafen gedruckt."
    }  # fmt: skip
    assert 'dir="auto"><p>Printed by the harbour.</p>' in client.get("/").text
    assert 'dir="auto"><p>Am Hafen gedruckt.</p>' in client.get("/de/").text
    assert 'dir="auto" lang="en"><p>Printed by the harbour.</p>' in client.get("/tr/").text


def test_footer_may_be_empty_and_tells_no_element(client, chief):
    assert client.post(PAGE, settings_form(footers_en="")).status_code == 302
    assert "footer-text" not in client.get("/").text
    client.post(PAGE, settings_form(footers_en="<script>alert(1)</script>"))
    assert "<script>alert" not in client.get("/").text


def test_too_long_a_footer_is_told_so_and_kept(client, chief):
    response = client.post(PAGE, settings_form(footers_de="x" * 1001))
    assert response.status_code == 422 and "x" * 1001 in response.text
    assert response.context["adminform"].form.errors.keys() == {"footers"}
