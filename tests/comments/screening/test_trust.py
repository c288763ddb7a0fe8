"""Trust is reckoned from what became of somebody's comments, and bounds what they may do."""

import pytest

from comments.trust import ALLOWANCES, Record, Trust, allowance_of, trust_of


@pytest.mark.parametrize(
    ("record", "trust"),
    [
        (Record(), Trust.NEW),
        (Record(stood=2), Trust.NEW),
        (Record(stood=3), Trust.KNOWN),
        (Record(stood=19), Trust.KNOWN),
        (Record(stood=20), Trust.TRUSTED),
        (Record(stood=40, rejected=1), Trust.KNOWN),
        (Record(rejected=1), Trust.NEW),
        (Record(rejected=2), Trust.DOUBTED),
        (Record(stood=6, rejected=2), Trust.DOUBTED),
        (Record(stood=7, rejected=2), Trust.KNOWN),
        (Record(rejected=1, spam=1), Trust.DOUBTED),
        (Record(stood=3, rejected=1, spam=1), Trust.KNOWN),
        (Record(rejected=5, spam=5, is_staff=True), Trust.TRUSTED),
    ],
)
def test_level_follows_from_the_record(record, trust):
    assert trust_of(record) == trust


@pytest.mark.parametrize("name", ["links", "comments", "edit_times", "flag_weight"])
def test_who_is_trusted_more_may_never_do_less(name):
    allowed = [getattr(ALLOWANCES[level], name) for level in Trust]
    assert allowed == sorted(allowed)
    assert allowed[0] < allowed[-1]


def test_every_level_has_an_allowance():
    assert all(allowance_of(level.value) for level in Trust)
