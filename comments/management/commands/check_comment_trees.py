from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.checking import check_trees, repair


class Command(BaseCommand):
    help = "Proves that the threads and all counters of the comments are right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put right what is wrong")

    def handle(self, **options: Any) -> None:
        faults = check_trees()
        for fault in faults:
            self.stderr.write(str(fault))
        if faults and options["repair"]:
            self.stdout.write(f"{repair()} comments have new places.")
            faults = check_trees()
        if faults:
            raise CommandError(f"{len(faults)} faults.")
        self.stdout.write("All threads and counters are right.")
