# SPDX-License-Identifier: Apache-2.0
"""Tests of check digits against numbers worked out by hand and published ones."""

from __future__ import annotations

import pyarrow as pa

from zhihang.terms.check_digit import british_check_digit, chinese_check_digit, european_check_digit, judge


def test_chinese_numbers_of_twelve_digits():
    # 2*2+0*3+1*4+2*5+2*6+0*7+2*8+4*9+9*2+7*3+6*4+7*5 = 4+0+4+10+12+0+16+36+18+21+24+35 = 180 = 16*11 + 4
    # 2*2+0*3+1*4+2*5+2*6+0*7+2*8+4*9+9*2+7*3+6*4+6*5 = 175 = 15*11 + 10, which is X
    assert chinese_check_digit(pa.array(["201220249767", "201220249766"])).to_pylist() == ["4", "X"]


def test_chinese_numbers_of_eight_digits():
    # 8*2+5*3+1*4+0+2*6+4*7+7*8+5*9 = 16+15+4+0+12+28+56+45 = 176 = 16*11
    assert chinese_check_digit(pa.array(["85102475"])).to_pylist() == ["0"]


def test_european_numbers():
    # 1*1, 0*2, 1*1, 6*2 = 12 -> 3, 7*1, 1*2, 0*1, 9*2 = 18 -> 9: 1+0+1+3+7+2+0+9 = 23, completed to 30 by 7
    assert european_check_digit(pa.array(["10167109", "00000000"])).to_pylist() == ["7", "0"]


def test_british_numbers():
    # 2*2, 3*1, 0*2, 6*1, 6*2 = 12 -> 3, 1*1, 5*2 = 10 -> 1: 4+3+0+6+3+1+1 = 18, completed to 20 by 2
    assert british_check_digit(pa.array(["2306615"])).to_pylist() == ["2"]


def test_slices_and_no_numbers():
    assert chinese_check_digit(pa.array(["201310012345", "201220249767"]).slice(1)).to_pylist() == ["4"]
    assert chinese_check_digit(pa.array([], pa.string())).to_pylist() == []


def test_a_written_digit_is_judged():
    written, right = pa.array(["4", "5", ""]), pa.array(["4", "4", "4"])
    assert judge(written, right).to_pylist() == ["right", "wrong", "absent"]
