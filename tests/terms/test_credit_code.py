# SPDX-License-Identifier: Apache-2.0
"""Tests of unified social credit codes."""

from __future__ import annotations

import pyarrow as pa
import pytest

from zhihang.terms.credit_code import (
    CHARACTERS,
    check_character,
    judge,
    judge_one,
    organisation_check_character,
    right_codes,
)

STANDARD = "91350100M000100Y43"


def test_the_example_of_the_standard_is_right():
    assert judge_one(STANDARD) == "right"
    assert len(CHARACTERS) == 31


def test_a_check_character_calculated_by_hand():
    # 91 45 03 05 X N 0 0 0 0 0 7 1 and the check characters of body 91450305XN0000071:
    # values 9 1 4 5 0 3 0 5 29 22 0 0 0 0 0 7 1, weights 3^k mod 31: 1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28
    # 9+3+36+135+0+78+0+85+580+638+0+0+0+0+0+210+28 = 1802; 1802 mod 31 = 4; 31 - 4 = 27 = U
    assert check_character("91450305XN0000071") == "U"


def test_the_organisation_code_within_has_its_own_check_character():
    # M000100Y: 22*3 + 0 + 0 + 0 + 1*5 + 0 + 0 + 34*2 = 139; 139 mod 11 = 7; 11 - 7 = 4
    assert organisation_check_character("M000100Y") == "4"
    assert STANDARD[16] == "4"


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_is_always_noticed(place):
    other = "1" if STANDARD[place] != "1" else "2"
    assert judge_one(STANDARD[:place] + other + STANDARD[place + 1 :]) == "wrong"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", "absent"),
        ("  ", "absent"),
        ("91350100m000100y43", "right"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "right"),
        ("91350100M000100Y4", "other"),
        ("91350100I000100Y43", "other"),
        ("450300123456789", "other"),
    ],
)
def test_codes_are_judged_as_written(text, verdict):
    assert judge_one(text) == verdict


def test_arrays_keep_their_order_and_nulls():
    codes = pa.array([STANDARD.lower(), None, "91350100M000100Y44"])
    assert judge(codes).to_pylist() == ["right", "absent", "wrong"]
    assert right_codes(codes).to_pylist() == [STANDARD, None, None]
