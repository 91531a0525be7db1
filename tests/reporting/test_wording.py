# SPDX-License-Identifier: Apache-2.0
"""Sentences never say more than their figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhihang.reporting.wording import (
    change,
    completion,
    day,
    large,
    listed,
    number,
    numeral,
    percent,
    period,
    points,
    rank,
    rounded,
)

counts = st.integers(min_value=0, max_value=10**9)


@given(now=counts, before=counts)
def test_unchanged_is_said_only_of_equal_figures(now: int, before: int) -> None:
    assert (change(now, before) == "与上年持平") == (now == before)


@given(now=counts, before=counts)
def test_growth_and_decline_are_never_swapped(now: int, before: int) -> None:
    text = change(now, before)
    assert any(word in text for word in ("增长", "增加", "略增")) == (now > before)
    assert any(word in text for word in ("下降", "减少", "略降")) == (now < before)


@given(actual=counts, target=st.integers(min_value=1, max_value=10**9))
def test_rounding_never_makes_a_target_reached(actual: int, target: int) -> None:
    text = completion(actual, target)
    assert ("尚差" in text) == (actual < target)
    share = Decimal(text.partition("的")[2].partition("%")[0].replace(",", ""))
    assert (share >= 100) == (actual >= target)


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_part_is_never_told_as_all_or_nothing(part: int, rest: int) -> None:
    text = percent(part / (part + rest))
    assert text not in ("0.0%", "100.0%")


def test_a_lost_total_is_not_rounded_to_a_complete_loss() -> None:
    assert change(1, 100_000) == "同比下降99.9%"
    assert change(0, 100_000) == "同比下降100.0%"


def test_missing_figures_are_said_to_be_missing() -> None:
    assert number(None) == "无数据"
    assert number(float("nan")) == "无数据"
    assert percent(None) == "无数据"
    assert change(None, 5) == "无数据"
    assert change(5, float("nan")) == "上年同期无数据，无法比较"
    assert points(0.5, None) == "上年同期无数据，无法比较"
    assert completion(5, None) == "未设目标，完成情况无法判断"
    assert completion(5, 0) == "未设目标，完成情况无法判断"
    assert rank(None, 17) == "无数据，未排名"


def test_halves_are_rounded_away_from_zero() -> None:
    # Binary floating point and banker's rounding would give 0.12, 2 and 1.0.
    assert rounded(0.125, 2) == Decimal("0.13")
    assert rounded(2.5) == 3
    assert rounded(-2.5) == -3
    assert number(1.005, 2) == "1.01"


def test_large_figures_turn_to_wan_and_yi() -> None:
    assert large(10_000, "件") == "1万件"
    assert large(99_994, "件") == "10万件"
    assert large(123_456_789, "元") == "1.23亿元"
    assert large(-28_345, "件") == "−2.83万件"
    assert large(28_345, "patents", language="en") == "28,345 patents"


def test_english_sentences() -> None:
    assert change(112, 100, language="en") == "up 12.0% on the year before"
    assert (
        change(3, 0, unit="patents", language="en")
        == "up by 3 patents on the year before (none the year before)"
    )
    assert (
        completion(9999, 10000, unit="patents", language="en")
        == "99.9% of the target reached, 1 patents short"
    )
    assert points(0.30, 0.288, language="en") == "up 1.2 percentage points on the year before"
    assert listed(["A", "B", "C"], language="en") == "A, B and C"


def test_days_and_periods() -> None:
    assert day(date(2020, 2, 29)) == "2020年2月29日"
    assert period("2015-10/2016-03") == "2015年10月至2016年3月"
    assert period("2015-01/2015-06") == "2015年1—6月"
    assert period("2020-11-01", language="en") == "1 November 2020"
    assert period("近五年") == "近五年"


def test_headings_count_in_chinese() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 21, 30)] == ["一", "九", "十", "十一", "二十一", "三十"]
