from typing import Any

from django.core.management import BaseCommand

from fundraising.reconciling import reconcile_gifts


class Command(BaseCommand):
    help = "Asks payment services how recent gifts stand, and takes what they answer."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reconcile_gifts.call()} gifts were asked about.")
