"""Times in templates are written as HTML reads them."""

from datetime import UTC, datetime

import pytest
from django.template import engines

from tests.operations.launching import ROOT


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 22, 12, 0, 5, 123456, tzinfo=UTC), "2026-11-22T12:00:05+00:00"),
        (None, ""),
    ],
    ids=["with microseconds", "none"],
)
def test_times_have_no_microseconds(moment, written):
    template = engines["django"].from_string("{{ moment|machine_time }}")
    assert template.render({"moment": moment}) == written


def test_no_template_writes_times_with_microseconds():
    templates = [each for each in ROOT.glob("*/templates/**/*.html") if "bench" not in each.parts]
    assert len(templates) > 50
    assert [each.name for each in templates if "date:'c'" in each.read_text()] == []
