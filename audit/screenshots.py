"""python -m audit.screenshots [page …]: pictures of the main pages into docs/screenshots/.

The demo newsroom as production serves it, on a Sunday in November 2026, whatever day it is. Needs
Chromium and nginx. Pages are cut where a reader would have scrolled twice.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from audit.run import ROOT, prepare, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.deploy.site import Site

FOLDER = ROOT / "docs" / "screenshots"
NOON = "2026-11-22T12:00:00+00:00"  # five hours after the demo's newest story
PAGES = ("front-page", "section", "article", "translation", "conversation", "search", "support",
         "thanks", "topic", "series", "contributor", "archive", "not-found")  # fmt: skip
QUALITY = 72
PAPER, MARGIN = 794, 76  # an A4 page and its two centimetres, at 96 dots per inch
ALL_PICTURES = """async () => {
  const all = [...document.images];
  all.forEach((each) => (each.loading = "eager"));
  await Promise.all(all.map((each) => each.decode().catch(() => null)));
}"""
FIXED = f"""
CREATE SCHEMA fixed;
CREATE FUNCTION fixed.clock_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
  RETURN '{NOON}'::timestamptz;
CREATE FUNCTION fixed.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
  RETURN '{NOON}'::timestamptz;
"""


class Window(NamedTuple):
    width: int
    height: int
    most: int  # of its height in the picture
    language: str = "en"
    scheme: str = "light"
    media: str = "screen"
    scale: int = 1


WINDOWS = {
    "phone": Window(390, 844, 1688, scale=2),
    "desktop": Window(1280, 900, 2400),
    "dark": Window(1280, 900, 2400, scheme="dark"),
    "arabic": Window(1280, 900, 2400, language="ar"),
    "print": Window(PAPER - 2 * MARGIN, 971, 1942, media="print"),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m audit.screenshots", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="page", help=f"all, or {', '.join(PAGES)}")
    options = parser.parse_args()
    if unknown := set(options.pages) - set(PAGES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    folder = prepare()
    from playwright.sync_api import sync_playwright

    from tests.deploy.site import NAME
    from tests.programs import need

    total = 0
    with served(folder) as site:
        addresses = {language: find(language) for language in ("en", "ar")}
        stop_the_clock()
        restart(site)
        with sync_playwright() as playwright:
            chromium = need("chromium", "chromium-browser", "google-chrome", package="chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments(site))
            for name, window in WINDOWS.items():
                base = f"https://{NAME}"
                for page, picture in look(browser, base, window, addresses, options.pages):
                    total += (FOLDER / f"{page}-{name}.webp").write_bytes(picture)
            browser.close()
    sys.stdout.write(f"{total / 1e6:.1f} MB in {FOLDER.relative_to(ROOT)}\n")


def find(language: str) -> dict[str, str]:
    """The address of each page; what an edition does not have is another language's."""
    from django.urls import reverse
    from django.utils.translation import override

    from articles.models import Article, Contributor, Section, Series, Topic
    from fundraising.models import Campaign, Donation, DonationState

    def of(story: str) -> Article:
        return Article.objects.get(story=stories[story], language=language)

    stories = {
        each.slug: each.story_id for each in Article.objects.filter(language="en").order_by("pk")
    }
    donation = Donation.objects.filter(state=DonationState.PAID).exclude(message="").first()
    with override(language):
        return {
            "front-page": reverse("front_page"),
            "section": Section.objects.get(slug="harbour").get_absolute_url(),
            "article": of("ferry-timetable").get_absolute_url(),
            "translation": of("street-of-blue-doors").get_absolute_url(),
            "conversation": reverse("comments:conversation", args=[of("ferry-timetable").slug]),
            "search": f"{reverse('search')}?q={'الميناء' if language == 'ar' else 'harbour'}",
            "support": Campaign.objects.get().get_absolute_url(),
            "thanks": donation.get_absolute_url() if donation else "",
            "topic": Topic.objects.get(slug="ferries-and-boats").get_absolute_url(),
            "series": Series.objects.get(slug="lost-and-found").get_absolute_url(),
            "contributor": Contributor.objects.get(slug="leila-ostrander").get_absolute_url(),
            "archive": reverse("articles:archive"),
            "not-found": f"{reverse('front_page')}articles/the-story-that-never-was/",
        }


def stop_the_clock() -> None:
    """For connections that begin from now on: the newsroom asks its database for the time."""
    from django.db import connection

    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(FIXED)
        cursor.execute(f"ALTER DATABASE {name} SET search_path = fixed, pg_catalog, public")


def restart(site: "Site") -> None:
    from tests.operations.launching import wait_until

    for machine in site.both:
        machine.stop()
        machine.start()
        wait_until(machine.is_up)


def arguments(site: "Site") -> list[str]:
    from tests.deploy.site import NAME

    return ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--hide-scrollbars", "--font-render-hinting=none",
            f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{site.nginx.port}"]  # fmt: skip


def look(
    browser: "Browser",
    base: str,
    window: Window,
    addresses: dict[str, dict[str, str]],
    some: list[str],
) -> Iterator[tuple[str, bytes]]:
    """(page, its picture) of each page in one window."""
    told: dict[str, Any] = {
        "viewport": {"width": window.width, "height": window.height},
        "device_scale_factor": window.scale,
        "color_scheme": window.scheme,
        "reduced_motion": "reduce",
        "locale": window.language,
        "timezone_id": "UTC",
        "ignore_https_errors": True,
        "base_url": base,
    }
    context = browser.new_context(**told)
    context.clock.set_fixed_time(datetime.fromisoformat(NOON))
    page = context.new_page()
    page.emulate_media(media="print" if window.media == "print" else "screen")
    for name, address in addresses[window.language].items():
        if some and name not in some:
            continue
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(ALL_PICTURES)
        height = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": window.width, "height": min(height, window.most)}
        taken = page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
        yield name, small(taken, MARGIN if window.media == "print" else 0)
    context.close()


def small(picture: bytes, margin: int) -> bytes:
    from PIL import Image, ImageOps

    made, taken = BytesIO(), Image.open(BytesIO(picture)).convert("RGB")
    framed = ImageOps.expand(taken, margin, taken.getpixel((0, taken.height - 1)))
    framed.save(made, "WEBP", quality=QUALITY, method=6)
    return made.getvalue()


if __name__ == "__main__":
    main()
