"""References of transfers: ISO 11649."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundraising.references import find_references, in_groups, is_reference, new_reference


def test_a_new_reference_fits_its_check_digits():
    references = {new_reference() for _number in range(200)}
    assert len(references) == 200
    assert all(map(is_reference, references))


@given(
    st.integers(min_value=2, max_value=14), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
)
def test_one_mistyped_sign_is_refused(place, sign):
    reference = new_reference()
    mistyped = reference[:place] + sign + reference[place + 1 :]
    assert is_reference(mistyped) is (mistyped == reference)


@given(st.integers(min_value=4, max_value=13))
def test_two_signs_in_each_others_place_are_refused(place):
    reference = new_reference()
    one, other = reference[place : place + 2]
    swapped = reference[:place] + other + one + reference[place + 2 :]
    assert is_reference(swapped) is (one == other)


@pytest.mark.parametrize("how", [str, str.lower, in_groups, lambda text: "-".join(text)])
def test_a_reference_is_found_however_it_was_written(how):
    reference = new_reference()
    assert find_references(f"for the press: {how(reference)}. Thank you!") == [reference]


def test_several_references_are_found_and_none_that_is_mistyped():
    one, other = new_reference(), new_reference()
    assert find_references(f"{one} {other} {one}") == [one, other]
    assert find_references(one[:-1]) == []
    assert find_references("") == []
