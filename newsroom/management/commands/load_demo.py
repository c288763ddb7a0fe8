from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from newsroom.demo.load import load_demo


class Command(BaseCommand):
    help = "Builds the demo newsroom from fixtures/ in an empty database of a local site."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError("The demo's passwords are known to everybody: a local site only.")
        if Article.objects.exists():
            raise CommandError("This newsroom has articles already; the demo wants an empty one.")
        load_demo(self.stdout.write if verbosity else lambda line: None)
        if verbosity:
            self.stdout.write(f"Loaded {Article.objects.count()} articles.")
