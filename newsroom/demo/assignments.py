"""What the demo's editor wants translated, and what somebody has taken on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from articles.models import Story
from operations.clock import database_now
from translations.assigning import claim, request


def load_assignments(
    rows: list[dict[str, Any]], stories: dict[str, Story], users: dict[str, User], *, by: User
) -> None:
    """Asked for by the editor, due so many days from today; taken on where an owner is named."""
    today = timezone.localdate(database_now())
    for row in rows:
        story, language = stories[row["story"]], row["language"]
        due_on = today + timedelta(days=row["due_in_days"]) if "due_in_days" in row else None
        request([story], [language], by=by, due_on=due_on, note=row.get("note", ""))
        if "owner" in row:
            claim(story, language, by=users[row["owner"]])
