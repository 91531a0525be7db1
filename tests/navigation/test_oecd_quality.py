# SPDX-License-Identifier: Apache-2.0
"""Composite quality of the patents of a study, by hand; what is not known is blank with its reason."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihang.navigation.oecd_quality import oecd_quality
from zhihang.navigation.patents import Patent


def _patent(number: int, **changed) -> Patent:
    told = {
        "filed": date(2010, 1, 1), "granted": date(2010 + number, 1, 1), "symbols": ["H01M4/02"], "claims": 2 * number,
        "offices": {"CN", "US", "JP"} if number == 5 else {"CN"}, "figures": {"cited": float(number)},
    }  # fmt: skip
    return Patent(str(number), **{**told, **changed})


def test_parts_are_shares_of_the_largest_of_the_cohort_and_composites_their_means() -> None:
    patents = [_patent(n) for n in range(1, 6)]
    general = np.array([np.nan, 0.0, 0.25, 0.5, 0.62])
    found = oecd_quality(patents, None, general, ["H01M 2010"] * 5)
    top = found.of(4)
    # The largest of each part is drawn in to the 99th percentile, itself the divisor: 1. Generality stays as it is.
    assert top.parts["forward"] == 1.0
    assert top.parts["family"] == 1.0
    assert top.four == pytest.approx((1 + 1 + 1 + 0.62) / 4, abs=1e-4)
    assert top.six is None  # no references known
    assert top.missing == {"backward": "source_without_backward"}
    low = found.of(0)
    assert low.missing["generality"] == "never_cited"
    assert low.four is None
    assert low.parts["grant_lag"] == pytest.approx(1 - 365 / 1826, abs=1e-4)  # 1 year against the longest, 5


def test_a_patent_not_granted_has_no_composite() -> None:
    patents = [_patent(n) for n in range(1, 6)] + [_patent(6, granted=None)]
    found = oecd_quality(patents, None, np.full(6, 0.5), ["H01M 2010"] * 6)
    assert found.of(5).four is None
    assert found.of(5).missing["composite"] == "not_granted"
    assert found.of(4).four is not None


def test_a_source_that_prints_only_first_claims_gives_no_number_of_claims() -> None:
    found = oecd_quality([_patent(n, claims=1) for n in range(1, 6)], None, None, ["x"] * 5)
    assert set(found.of(0).missing) == {"claims", "generality", "backward"}
    assert found.of(0).missing["claims"] == "source_without_claims"


def test_small_cohorts_fall_back_to_the_year_and_then_are_blank() -> None:
    patents = [_patent(n) for n in range(1, 6)] + [
        _patent(1, filed=date(2001, 1, 1), granted=date(2003, 1, 1))
    ]
    found = oecd_quality(patents, None, None, ["a 2010", "a 2010", "b 2010", "b 2010", "b 2010", "a 2001"])
    assert found.of(4).parts["claims"] == 1.0
    assert found.of(5).missing["claims"] == "small_cohort"
