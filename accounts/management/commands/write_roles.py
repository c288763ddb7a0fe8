from typing import Any

from django.core.management.base import BaseCommand

from accounts.roles import ROLES, write_roles


class Command(BaseCommand):
    help = "Writes the roles' groups with their permissions; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        write_roles()
        self.stdout.write(f"Wrote the roles {', '.join(ROLES)}.")
