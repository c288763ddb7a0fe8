"""python -m audit.run [lighthouse|markup …]: looks at the site as production serves it.

The demo newsroom behind the shipped nginx by https, for Lighthouse with a conversation of 10,000
comments. Everything lives in .data/audit; what was found in all of it is written to results.md.
Needs, on Debian: apt-get install --no-install-recommends nodejs npm chromium nginx-light \
default-jre-headless libxml2-utils
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.deploy.site import Site

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).parent
PACKAGES = ("package.json", "package-lock.json")
PARTS = ("lighthouse", "markup")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m audit.run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=5, help="of Lighthouse on each page")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    folder = prepare()
    from audit import lighthouse, markup, pages
    from audit.report import FILE, report

    tools = installed(folder)
    with served(folder) as site:
        found = {}
        if not options.parts or "markup" in options.parts:
            found["markup"] = markup.look(site, tools, folder)
        if not options.parts or "lighthouse" in options.parts:
            pages.converse()
            chosen = pages.choose()
            found["lighthouse"] = lighthouse.look(site, chosen, tools, folder, options.runs)
    text = report(found)
    sys.stdout.write(text)
    if not options.parts and options.runs >= 5:
        FILE.write_text(text)
    if any(part.faults for part in found.values()):
        sys.exit("Not everything holds.")


def prepare() -> Path:
    """Sets up Django on a data directory of its own; gives an empty folder in it."""
    data = Path(os.environ.get("DATA_DIR", "").strip() or ROOT / ".data").resolve() / "audit"
    for name in ("DATABASE_URL", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    folder = data / "run"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(data / "media", ignore_errors=True)
    folder.mkdir(parents=True)
    import django

    django.setup()
    return folder


def installed(folder: Path) -> Path:
    """The folder of the pinned packages, which are installed once."""
    tools = folder.parent / "node"
    tools.mkdir(exist_ok=True)
    if all((tools / name).exists() and same(tools / name, HERE / name) for name in PACKAGES):
        return tools / "node_modules"
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    for name in reversed(PACKAGES):  # package.json last: it says that the rest was there
        (tools / name).unlink(missing_ok=True)
    for name in PACKAGES:
        shutil.copy(HERE / name, tools / name)
    try:
        subprocess.run(command, cwd=tools, check=True)
    except BaseException:
        (tools / PACKAGES[0]).unlink()
        raise
    return tools / "node_modules"


def same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


@contextmanager
def served(folder: Path) -> Iterator["Site"]:
    """Two machines with the demo newsroom behind nginx."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.utils import get_random_secret_key

    from bench.running_database import database
    from tests.deploy.site import NAME, Nginx, Site, collect
    from tests.operations.launching import wait_until
    from tests.pagecache.machines import machines
    from tests.programs import need

    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SITE_URL": f"https://{NAME}",
        "SECRET_KEY": get_random_secret_key() * 2,
        "TRUSTED_PROXIES": "1",
    }
    with database():
        call_command("load_demo", verbosity=0)
        collect(environment | {"DATA_DIR": str(settings.DATA_DIR)})
        with machines(folder, workers=1, threads=4, **environment) as both:
            nginx = Nginx(need("nginx", package="nginx-light"), folder, both, settings.MEDIA_ROOT)
            try:
                wait_until(nginx.is_up)
                yield Site(nginx, both)
            finally:
                nginx.stop()


if __name__ == "__main__":
    main()
