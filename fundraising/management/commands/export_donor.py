"""All that is held about a giver, as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from fundraising.privacy import export


class Command(BaseCommand):
    help = "Writes all that is held about a giver as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("giver", help="an e-mail address, or the reference of a gift")

    def handle(self, **options: Any) -> None:
        held = export(options["giver"], by=None)
        self.stdout.write(json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
