# SPDX-License-Identifier: Apache-2.0
"""Tests of random numbers told by a key."""

from __future__ import annotations

import numpy as np

from zhihang.methods.keyed_random import exponential

KEYS = np.arange(1, 501, dtype=np.uint64)


def test_a_key_draws_the_same_numbers_whatever_is_drawn_beside_it():
    assert exponential(KEYS, 9)[7].tolist() == exponential(KEYS[7:8], 9)[0].tolist()
    assert exponential(KEYS, 9)[7, :4].tolist() == exponential(KEYS[7:8], 4)[0].tolist()


def test_numbers_are_exponential_of_mean_1_and_those_of_neighbouring_keys_have_nothing_in_common():
    found = exponential(KEYS, 400)  # 200,000 numbers: the mean is within 0.01 but for one time in 100,000
    assert abs(found.mean() - 1) < 0.01
    assert abs((found > np.log(2)).mean() - 0.5) < 0.005
    assert abs((found > 3).mean() - np.exp(-3)) < 0.0025
    assert abs(np.corrcoef(found[:-1].ravel(), found[1:].ravel())[0, 1]) < 0.01
    assert abs(np.corrcoef(found[:, :-1].ravel(), found[:, 1:].ravel())[0, 1]) < 0.01
