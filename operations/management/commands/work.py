"""manage.py work: background tasks and scheduled jobs, as many workers as wanted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from operations.worker import SiteWorker


class Command(BaseCommand):
    help = "Run background tasks and scheduled jobs until a signal ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = SiteWorker(get_random_string(32))
        worker.configure_signals()
        worker.work(once=once)
