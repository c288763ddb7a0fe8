"""python -m bench.run [measurement …] [--quick]: measures, and writes results.md after a full run.

Everything lives in .data/bench and is removed at the end.
"""

import argparse
import importlib
import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In this order: the first ones fill the tables that the others work in.
MEASUREMENTS = ("million", "growth", "reply", "first_page", "rendering", "uncached", "cached",
                "votes", "writers", "posting", "pages", "memory", "first_byte",
                "searching")  # fmt: skip


def prepare() -> None:
    """Sets up Django on a data directory of its own, with limits that nobody reaches."""
    data = Path(os.environ.get("DATA_DIR", "").strip() or ROOT / ".data").resolve() / "bench"
    for name in ("DATABASE_URL", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "COMMENTS_PER_PREFIX": "100000000",
        "FORMS_PER_PREFIX": "100000000",
        "VOTES_PER_PREFIX": "100000000",
        "SEARCHES_PER_PREFIX": "100000000",
        "COMMENTS_PER_STORY": "100000000",
        "NEW_VOTERS_PER_PREFIX": "100000000",
    }
    import django

    django.setup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="measurement", help=", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="a hundredth of the rows, few rounds")
    options = parser.parse_args()
    if unknown := set(options.names) - set(MEASUREMENTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # its servers end with it
    prepare()
    from bench import machine, report, serving
    from bench.running_database import database
    from bench.world import Scale

    results, scale = {}, Scale(is_quick=options.quick)
    with database(), serving.running:
        described = machine.described()
        for name in options.names or MEASUREMENTS:
            module = importlib.import_module(f"bench.{name}")
            begun = time.monotonic()
            rows = module.measure(scale)
            results[name] = module.__doc__ or "", rows
            print(f"\n{name} ({time.monotonic() - begun:.0f} s)")
            print(report.table(rows), flush=True)
    if not options.names and not options.quick:
        report.FILE.write_text(report.report(described, results))
    if any(row.holds is False for _how, rows in results.values() for row in rows):
        sys.exit("Not everything holds.")


if __name__ == "__main__":
    main()
