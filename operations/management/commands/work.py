"""manage.py work: background tasks and scheduled jobs, as many workers as wanted."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string

from operations.worker import SiteWorker

PAUSE = 1  # seconds
logger = logging.getLogger("newsroom.work")


class Command(BaseCommand):
    help = "Run background tasks and scheduled jobs until a signal ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """While the database is away it waits, and goes on under another name.

        Under the old one the task that it was at would seem to be in good hands for ever.
        """
        while True:
            worker = SiteWorker(get_random_string(32))
            worker.configure_signals()
            try:
                return worker.work(once=once)
            except (InterfaceError, OperationalError) as error:
                if once or not worker.running:
                    raise
                logger.warning("The worker waits for the database: %s", error)
            connection.close()
            time.sleep(PAUSE)
