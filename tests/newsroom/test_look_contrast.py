"""Every pair of colours that people read or aim at, in light and in dark."""

import colorsys
import re
from pathlib import Path

import pytest

from operations.contrast import DARK_PAPER, DARK_RAISED, LIGHT_PAPER, contrast
from operations.models import SiteSettings

STATIC = Path(__file__).resolve().parents[2] / "newsroom/static/newsroom"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
SCHEMES = {"light": 0, "dark": 1}
READ = [  # (colour, ground, least contrast)
    ("ink", "paper", 7),
    ("ink", "raised", 7),
    ("muted", "paper", 4.5),
    ("muted", "raised", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "raised", 4.5),
    ("on-accent", "accent", 4.5),
    ("paper", "ink", 7),
    ("signal", "paper", 4.5),
    ("signal", "raised", 4.5),
    ("paper", "signal", 4.5),
    ("control", "paper", 3),
    ("control", "raised", 3),
]


def tokens(css, scheme):
    """{name: colour} of a stylesheet in one scheme; the accent as the site has it by default."""
    found = {name: colours[SCHEMES[scheme]] for name, *colours in PAIR.findall(css)}
    accent = re.search(rf"--accent-{scheme}: (#[0-9a-f]{{6}})", css)
    return found | ({"accent": accent[1]} if accent else {})


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("colour", "ground", "least"), READ)
def test_text_stands_out_from_its_ground(colour, ground, least, scheme):
    found = tokens((STATIC / "site.css").read_text(), scheme)
    assert contrast(found[colour], found[ground]) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_stylesheet_has_the_accent_that_sites_begin_with(scheme):
    accent = getattr(SiteSettings(), f"accent_{scheme}")
    assert tokens((STATIC / "site.css").read_text(), scheme)["accent"] == accent


def test_settings_measure_accents_against_the_true_grounds():
    css = (STATIC / "site.css").read_text()
    assert tokens(css, "dark")["raised"] == DARK_RAISED
    assert tokens(css, "light")["paper"] == LIGHT_PAPER
    assert tokens(css, "dark")["paper"] == DARK_PAPER
    bars = (STATIC.parents[1] / "templates/base.html").read_text()
    assert f'content="{DARK_PAPER}" media="(prefers-color-scheme: dark)"' in bars


def test_colours_are_written_once():
    """Below the tokens a colour is a token; a stray one would be wrong in one of the schemes."""
    rules = (STATIC / "site.css").read_text().partition("@layer reset {")[2]
    assert rules
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?=[;, )])", rules)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_initials_stand_out_from_every_hue(scheme):
    css = (STATIC / "site.css").read_text()
    ink = tokens(css, scheme)["ink"]
    saturation, lightness = re.findall(r"hsl\(var\(--hue\) (\d+)% (\d+)%\)", css)[SCHEMES[scheme]]
    hues = re.findall(r"--hue: (\d+);", css)
    assert len(hues) == 12
    for hue in hues:
        parts = colorsys.hls_to_rgb(int(hue) / 360, int(lightness) / 100, int(saturation) / 100)
        ground = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        assert contrast(ink, ground) >= 7


DESK_READ = [
    ("body-fg", "body-bg"),
    ("body-fg", "darkened-bg"),
    ("body-fg", "selected-row"),
    ("body-quiet-color", "body-bg"),
    ("body-quiet-color", "darkened-bg"),
    ("body-quiet-color", "selected-bg"),
    ("body-medium-color", "darkened-bg"),
    ("header-color", "header-bg"),
    ("signal", "body-bg"),
    ("signal", "darkened-bg"),
    ("on-accent", "close-button-bg"),
    ("on-accent", "signal"),
    *(("body-fg", f"message-{kind}-bg") for kind in ("info", "success", "warning", "error")),
]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("colour", "ground"), DESK_READ)
def test_desk_is_readable(colour, ground, scheme):
    found = tokens((STATIC / "desk.css").read_text(), scheme)
    assert contrast(found[colour], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_desk_shares_the_paper_s_signal(scheme):
    site = tokens((STATIC / "site.css").read_text(), scheme)
    desk = tokens((STATIC / "desk.css").read_text(), scheme)
    assert desk["signal"] == site["signal"]
    assert desk["on-accent"] == site["on-accent"]
    assert desk["control"] == site["control"]
