# SPDX-License-Identifier: Apache-2.0
"""The rule behind a table is found again, with the cells that break it; a table without a rule gets none."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.methods.allocation import Limits, allocate_years
from zhihang.methods.allocation_basis import fixed_share
from zhihang.methods.printed_table import climbed, growth_ladder_rule, rule_of


@examples(3)
@given(st.integers(0, 2**32 - 1))
def test_a_table_made_by_fixed_shares_is_recognised(seed: int) -> None:
    chance = np.random.default_rng(seed)
    totals = np.sort(chance.integers(4000, 9000, 6)).astype(np.int64)
    shares = np.append(chance.uniform(0.5, 6, 15), 60.0)
    table = allocate_years(totals, fixed_share(shares), Limits.none(16, 6), rounding="residual").values
    found = rule_of(table, totals)
    assert found.name == "fixed_share_residual"
    assert found.residual == 15
    assert not found.exceptions(table)


def test_a_cell_changed_by_hand_is_named() -> None:
    totals = np.array([4950, 5300, 5660, 6030, 6412])
    shares = np.array([0.03, 0.05, 0.08, 0.04, 0.8])
    table = allocate_years(totals, fixed_share(shares), Limits.none(5, 5), rounding="residual").values
    changed = table.copy()
    changed[1, 2] += 3
    changed[4, 2] -= 3
    assert rule_of(changed, totals).exceptions(changed) == [(1, 2)]


def test_a_ladder_is_found_with_its_round_rates() -> None:
    rates = (0.3, 0.2, 0.15, 0.1)
    rows = [climbed(first, rates) for first in (52, 66, 77, 115, 150)]
    rest = np.array([1700, 2400, 3200, 4000, 4700])
    table = np.vstack([*rows, rest])
    found = growth_ladder_rule(table, table.sum(axis=0))
    assert [ladder.rates for ladder in found.ladders] == [rates]
    assert (found.residual, found.matched, found.judged) == (5, 20, 20)


def test_a_random_table_has_no_rule() -> None:
    table = np.random.default_rng(4).integers(50, 4000, (12, 5))
    assert rule_of(table, table.sum(axis=0)).name == "none"


def test_climbing_rounds_every_year() -> None:
    # 214 * 1.3 = 278.2, 278 * 1.2 = 333.6, 334 * 1.15 = 384.1, 384 * 1.1 = 422.4
    assert climbed(214, (0.3, 0.2, 0.15, 0.1)).tolist() == [214, 278, 334, 384, 422]
