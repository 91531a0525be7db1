# SPDX-License-Identifier: Apache-2.0
"""Tests of numbers as published tables write them."""

from __future__ import annotations

import pytest

from zhihang.terms.quantity import Quantity, read_quantity


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("13,578", 13578),
        ("1 234 567", 1234567),
        ("１２３", 123),
        ("−3.2", -3.2),
        ("+16.7", 16.7),
        (".5", 0.5),
    ],
)
def test_a_plain_number_is_read(written, value):
    assert read_quantity(written) == Quantity(value, None, plain=True)


def test_a_unit_that_only_the_cell_writes_becomes_the_unit():
    assert read_quantity("2.83万件") == Quantity(2.83, "万件", plain=False)
    assert read_quantity("12.5%") == Quantity(12.5, "%", plain=False)


def test_a_scale_that_the_unit_has_too_is_not_multiplied_twice():
    assert read_quantity("1.2万", "万件") == Quantity(1.2, "万件", plain=False)


def test_a_scale_that_the_unit_lacks_is_multiplied_out():
    assert read_quantity("1.2万", "件") == Quantity(12_000, "件", plain=False)
    assert read_quantity("3亿", "元") == Quantity(300_000_000, "元", plain=False)


def test_a_cell_whose_unit_contradicts_the_column_is_not_read():
    assert read_quantity("13578件", "人") is None


@pytest.mark.parametrize("written", ["约4000", "4000以上", ">4000", "4000①", "4000*", "4000[1]"])
def test_a_number_with_a_remark_is_read_but_is_not_plain(written):
    assert read_quantity(written, "件") == Quantity(4000, "件", plain=False)


@pytest.mark.parametrize("written", ["", "-", "1-2", "1,23", "n/a", "三", "1.2.3", "inf", "nan"])
def test_what_is_no_number_is_not_read(written):
    assert read_quantity(written) is None
