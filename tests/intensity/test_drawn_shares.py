# SPDX-License-Identifier: Apache-2.0
"""Tests of shares drawn anew."""

from __future__ import annotations

import numpy as np
import pytest

from zhihang.intensity import drawn_shares as module
from zhihang.intensity.drawn_shares import drawn_shares
from zhihang.intensity.patent_counts import SharedPatents


def shared(keys=(11, 22, 33), several=(2, 1, 3)):
    """Ways of two, one and three industries."""
    ways = np.repeat(np.arange(len(keys)), several)
    links = len(ways)
    return SharedPatents(
        (2020,), np.ones((1, len(keys))), np.array(keys), ways, tuple("abc"), np.arange(links) % 3,
        np.repeat(1 / np.array(several), several),
    )  # fmt: skip


def every(of, draws=300, seed=1):
    return np.concatenate([shares for _, shares in drawn_shares(of, draws, seed)])


def test_the_shares_of_a_way_sum_to_one_and_a_single_industry_keeps_all():
    found = every(shared())
    assert found[:2].sum(axis=0) == pytest.approx(np.ones(300))
    assert found[3:].sum(axis=0) == pytest.approx(np.ones(300))
    assert set(found[2]) == {1.0}
    assert found[0].std() > 0.2  # uniform between 0 and 1: 0.289


def test_a_way_draws_the_same_whatever_ways_are_beside_it():
    assert (every(shared((33,), (3,))) == every(shared())[3:]).all()


def test_shares_in_parts_are_those_drawn_at_once(monkeypatch):
    whole = every(shared())
    monkeypatch.setattr(module, "AT_ONCE", 300)
    assert len(list(drawn_shares(shared(), 300, 1))) > 1
    assert (every(shared()) == whole).all()


def test_no_patents_have_no_shares():
    assert list(drawn_shares(shared((), ()), 300, 1)) == []
