# SPDX-License-Identifier: Apache-2.0
"""Chance depends on the seed and the purpose only."""

from __future__ import annotations

import numpy as np

from zhihang.simulation.draws import Draws


def test_a_position_in_a_stream_has_its_value_whatever_is_drawn_before():
    whole = Draws(7).uniform("title", 2015, first=0, count=100)
    parts = [Draws(7).uniform("title", 2015, first=first, count=25) for first in (0, 25, 50, 75)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_seed_purpose_and_year_each_change_the_stream():
    base = Draws(7).uniform("title", 2015, first=0, count=8)
    others = [
        Draws(8).uniform("title", 2015, first=0, count=8),
        Draws(7).uniform("claim", 2015, first=0, count=8),
        Draws(7).uniform("title", 2016, first=0, count=8),
    ]
    assert not any(np.array_equal(base, other) for other in others)


def test_some_takes_different_things_and_keeps_their_order_when_asked():
    dice = Draws(1).dice("parts")
    for _ in range(50):
        taken = dice.some("abcdefgh", 5, in_order=True)
        assert len(set(taken)) == 5
        assert taken == sorted(taken)
