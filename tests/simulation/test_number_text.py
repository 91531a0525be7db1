# SPDX-License-Identifier: Apache-2.0
"""Numbers are written as the office writes them, with their check digits and kind letters."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from zhihang.simulation.lives import Lives
from zhihang.simulation.number_text import application_numbers, grant_numbers, publication_numbers
from zhihang.terms.application_number import settle_one


def day(text: str) -> int:
    return int(np.array(text, "datetime64[D]").astype(np.int32))


def one(**given: int) -> Lives:
    """One application; what is not given is 0."""
    arrays: dict[str, Any] = {
        part.name: np.array([given.get(part.name, 0)], np.int32) for part in fields(Lives)
    }
    return Lives(**arrays)


# Numbers of real documents: kind, day of filing, serial number, number.
@pytest.mark.parametrize(
    ("kind", "filed", "serial", "number"),
    [
        (1, "2012-05-31", 249767, "CN201220249767.4"),
        (0, "1997-09-23", 6107, "CN97106107.6"),
        (1, "2000-03-30", 6714, "CN00206714.5"),
        (2, "1990-01-03", 853, "CN90300853.X"),
    ],
)
def test_application_numbers_have_the_check_digit_of_their_era(kind, filed, serial, number):
    written = application_numbers(one(kind=kind, filed=day(filed), serial=serial))[0].as_py()
    assert written == number
    assert settle_one(number).check_digit == "right"


def test_the_era_of_twelve_digits_begins_in_october_2003():
    before = application_numbers(one(filed=day("2003-09-30"), serial=12345))[0].as_py()
    after = application_numbers(one(filed=day("2003-10-01"), serial=12345))[0].as_py()
    assert before.startswith("CN03112345.")
    assert after.startswith("CN200310012345.")


@pytest.mark.parametrize(
    ("kind", "announced", "letter"),
    [
        (0, "2010-04-06", "C"),
        (0, "2010-04-07", "B"),
        (1, "2009-12-30", "Y"),
        (1, "2013-01-02", "U"),
        (2, "2010-01-06", "D"),
        (2, "2015-01-07", "S"),
    ],
)
def test_granted_documents_carry_the_letter_of_their_time(kind, announced, letter):
    lives = one(kind=kind, grant_number=101551481)
    assert grant_numbers(lives, np.array([day(announced)], np.int32))[0].as_py() == f"CN101551481{letter}"


def test_old_publication_numbers_have_seven_digits():
    lives = one(kind=0, publication_number=1803608)
    assert publication_numbers(lives, np.array([day("2006-07-19")], np.int32))[0].as_py() == "CN1803608A"


def test_what_is_not_published_has_no_number():
    assert publication_numbers(one(publication_number=0), np.zeros(1, np.int32))[0].as_py() == ""
