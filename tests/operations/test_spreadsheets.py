"""What is written for spreadsheets is text where it is a text, and numbers where it is a number."""

import csv
from decimal import Decimal

import pytest

from operations.spreadsheets import line_of


def read(line):
    [cells] = csv.reader([line])
    return cells


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_taken_for_a_formula(sign):
    assert read(line_of([f"{sign}1+1", f"1{sign}1"])) == [f"'{sign}1+1", f"1{sign}1"]


def test_numbers_stay_numbers():
    assert line_of([-5, Decimal("-5.00"), "-5"]) == "-5,-5.00,'-5\r\n"


def test_quotes_and_delimiters_stay_in_their_cell():
    assert read(line_of(['a "b", c', "d"])) == ['a "b", c', "d"]
