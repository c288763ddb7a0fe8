"""Erases what names a giver."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fundraising.privacy import erase


class Command(BaseCommand):
    help = "Erases what names a giver: e-mail, name, messages. Amounts and receipts stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("giver", help="an e-mail address, or the reference of a gift")

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Gifts erased: {erase(options['giver'], by=None)}")
