from typing import Any

from django.core.management import BaseCommand

from fundraising.reconciling import ask_about_gifts


class Command(BaseCommand):
    help = "Asks payment services how recent gifts stand, and takes what they answer."

    def handle(self, *args: Any, **options: Any) -> None:
        heard, left_out = ask_about_gifts()
        self.stdout.write(f"{heard} gifts were asked about.")
        if left_out:
            self.stdout.write(f"{left_out} gifts were not, for want of time.")
