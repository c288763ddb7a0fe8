"""manage.py seed: as many invented articles, comments and votes as one wants to measure with."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.seeding.sowing import silently, sow

PAUSE = 0.5  # seconds between two lines about how far it is


class Command(BaseCommand):
    help = "Adds invented articles, comments and votes, with exact threads and counters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=_number, required=True)
        parser.add_argument("--comments", type=_number, required=True)
        parser.add_argument("--stories-with-comments", type=_number, help="default: every second")
        parser.add_argument("--votes", type=_number, default=0)
        parser.add_argument("--yes", action="store_true", help="also on a public site")

    def handle(
        self, *args: Any, articles: int, comments: int, votes: int, yes: bool, **options: Any
    ) -> None:
        if not settings.IS_LOCAL and not yes:
            raise CommandError("SITE_URL makes this a public site. To invent news there: --yes")
        if comments and not articles:
            raise CommandError("Comments are written below the new articles: --articles 1")
        if votes and not comments:
            raise CommandError("Votes are cast for the new comments: --comments 1")
        stories = options["stories_with_comments"]
        if stories is None:
            stories = min(articles // 2, comments) or 1
        if comments and not stories:
            raise CommandError("Comments need a story: --stories-with-comments 1")
        if comments and stories > comments:
            raise CommandError(f"Each of these stories needs a comment: --comments {stories}")
        self._said_at = 0.0
        begun = time.monotonic()
        sow(
            articles=articles,
            comments=comments,
            stories_with_comments=stories,
            votes=votes,
            say=self._say if options["verbosity"] else silently,
        )
        if options["verbosity"]:
            self.stdout.write(f"Done in {time.monotonic() - begun:.1f} s.")

    def _say(self, what: str, written: int, number: int) -> None:
        now = time.monotonic()
        if written == number or now - self._said_at > PAUSE:
            self._said_at = now
            ending = "\n" if written == number else "\r"
            self.stdout.write(f"  {what}: {written:,} of {number:,}", ending=ending)
            self.stdout.flush()


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(f"must be a number, not {text!r}")
    return int(text)
