"""The translation desk's table as CSV, for spreadsheets."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from operations.spreadsheets import BYTE_ORDER_MARK, line_of
from translations.desk.cells import Cell, Row, Viewer, rows_of

STORIES_AT_A_TIME = 200


def lines(
    stories: list[int], *, languages: list[str], viewer: Viewer, now: datetime, language: str
) -> Iterator[str]:
    """The table line by line, a line for each cell, its words in `language`.

    They are read 200 stories at a time, long after the view has returned.
    """
    with override(language):
        yield BYTE_ORDER_MARK + line_of(headings())
    for keys in batched(stories, STORIES_AT_A_TIME):
        with override(language):
            rows = rows_of(keys, languages=languages, viewer=viewer, now=now)
            found = [line_of(of_cell(row, cell)) for row in rows for cell in row.cells]
        yield "".join(found)


def headings() -> list[str]:
    return [
        *(_("story"), _("headline"), _("section"), _("words"), _("language"), _("state")),
        *(_("compared with the source"), _("owner"), _("due on"), _("overdue"), _("note")),
    ]


def of_cell(row: Row, cell: Cell) -> list[Any]:
    return [
        row.source.story_id,
        str(row.source),
        row.source.section or "",
        row.words,
        cell.language,
        _("original") if cell.is_original else cell.state.label,
        cell.drift.state.label if cell.drift else "",
        cell.owner.public_name if cell.owner else "",
        cell.due_on.isoformat() if cell.due_on else "",
        _("overdue") if cell.is_overdue else "",
        cell.assignment.note if cell.assignment else "",
    ]
