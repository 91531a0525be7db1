# SPDX-License-Identifier: Apache-2.0
"""Quality of a search from samples."""

from __future__ import annotations

import pytest

from zhihang.methods.search_quality import from_two_samples, from_verification, wilson


def test_wilson_interval_of_a_known_example() -> None:
    # 10 of 100: (0.1 + 1.9208/100 -+ 1.96 sqrt(0.0009 + 0.00009604)) / 1.038415 = 0.0552, 0.1744
    share = wilson(10, 100)
    assert (round(share.low, 4), round(share.high, 4)) == (0.0552, 0.1744)


def test_nothing_found_still_has_an_upper_end() -> None:
    share = wilson(0, 20)
    assert share.low == 0
    assert share.high == pytest.approx(0.1611, abs=1e-3)


def test_recall_from_two_samples_weighs_what_was_left_out() -> None:
    quality = from_two_samples(1000, 45, 50, 9000, 1, 90)  # 900 kept, 100 lost
    assert quality.recall.value == pytest.approx(0.9)
    assert quality.recall.low < 0.9 < quality.recall.high
    assert quality.f1[0] == pytest.approx(0.9)


def test_no_sample_says_nothing() -> None:
    quality = from_verification(0, 0, 5, 10)
    assert quality.precision.value is None
    assert quality.f1[0] is None
