import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fundraising.checking import check_ledger
from operations.clock import database_now


class Command(BaseCommand):
    help = "Proves that the ledger, the promises and what providers said agree. Exits 1 if not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, **options: Any) -> None:
        findings = check_ledger(database_now())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings]))
        else:
            for finding in findings:
                self.stderr.write(str(finding))
        if findings:
            raise SystemExit(1)
        if not options["json"]:
            self.stdout.write("The ledger is right, and nothing waits.")
