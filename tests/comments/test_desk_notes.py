"""What the desk writes beside a decision is plain and names nobody, since it is kept for good."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from comments.admin.deciding import DecisionForm, MarkForm
from comments.models import DeskMark, ModerationEntry

BAD = {"turned": "Not like\u202e this", "bell": "Stop\x07", "address": "Ask odo@desk.example"}


def typed(note: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"act": "hold", "note": note})
    return data


@pytest.mark.parametrize("note", BAD.values(), ids=BAD)
@pytest.mark.parametrize("form", [DecisionForm, MarkForm])
def test_forms_refuse_what_cannot_stay(form, note):
    assert "note" in form(typed(note)).errors


@pytest.mark.parametrize("form", [DecisionForm, MarkForm])
def test_forms_take_plain_notes(form):
    assert "note" not in form(typed("Please stay kind, @wilma.\nالرجاء\u200f!")).errors


@pytest.mark.parametrize("note", BAD.values(), ids=BAD)
@pytest.mark.parametrize("model", [ModerationEntry, DeskMark])
def test_rows_say_the_same(model, note):
    with pytest.raises(ValidationError):
        model._meta.get_field("note").clean(note, None)
    assert model._meta.get_field("note").clean("Please stay kind.", None)
