"""What the demo's desk has put on the front page and on a section's page itself."""

from datetime import timedelta
from typing import Any

from articles.models import Section, Slot, Story
from operations.clock import database_now


def load_slots(
    rows: list[dict[str, Any]], stories: dict[str, Story], sections: dict[str, Section]
) -> None:
    """Each story's article in the slot's language, for so many days where they are named."""
    now = database_now()
    for row in rows:
        Slot.objects.create(
            language=row["language"],
            section=sections[row["section"]] if "section" in row else None,
            position=row["position"],
            article=stories[row["story"]].articles.get(language=row["language"]),
            is_pinned=row.get("is_pinned", False),
            ends_at=now + timedelta(days=row["for_days"]) if "for_days" in row else None,
        )
