import sys
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.importing import Importing, Report


class Command(BaseCommand):
    help = (
        "Imports comments of another system, a JSON object a line: id, article (as de/late-ferry), "
        "name, text, created_at, and parent for what it answers. Running it again imports what "
        "lacks. No mail is sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="its path, or - for what is piped in")
        parser.add_argument(
            "--source", required=True, metavar="NAME", help="the other system: its ids are of it"
        )
        parser.add_argument("--dry-run", action="store_true", help="tells, and writes nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < len(options["source"]) <= 50:
            raise CommandError("A source has a name of at most 50 characters.")
        run = Importing(options["source"], is_trial=options["dry_run"])
        try:
            with _opened(options["file"]) as lines:
                report = run.run(lines)
        except OSError as missing:
            raise CommandError(str(missing))
        self._tell(report, options["dry_run"])
        if report.refused:
            raise CommandError(f"{len(report.refused)} lines were not imported.")

    def _tell(self, report: Report, is_trial: bool) -> None:  # noqa: FBT001 - an option
        for number, why in report.refused:
            self.stderr.write(f"line {number}: {why}")
        for number, first in report.doubles:
            self.stderr.write(f"line {number}: the same as line {first}, and imported once.")
        for rule, number in sorted(report.held.items()):
            self.stdout.write(f"held by the rule {rule}: {number}")
        held = report.held.total()
        done = f"{report.public + held} comments imported, {held} of them held"
        again = f"{report.known} were here already"
        self.stdout.write(f"{done}; {again}.{' Nothing was written.' if is_trial else ''}")


def _opened(path: str) -> Any:
    return nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb")
