# SPDX-License-Identifier: Apache-2.0
"""Quality indicators of patents and the score of core patents, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zhihang.errors import DefinitionError
from zhihang.methods.citation_graph import CitationGraph
from zhihang.methods.core_patent import core_score
from zhihang.methods.patent_quality import (
    SIX,
    backward_citations,
    breakthrough,
    class_table,
    composite,
    forward_citations,
    generality,
    grant_lag_index,
    normalised,
    originality,
    part,
    radicalness,
    scope,
    spread,
)

A61K, C07D, G01N = 0, 1, 2


def _graph(links, times=None) -> CitationGraph:
    """Links as (cited, citing)."""
    old, new = (np.array(ends, np.int32) for ends in zip(*links, strict=True))
    return CitationGraph(range(5), old, new, None if times is None else np.array(times, np.int64))


def test_generality_of_three_shares() -> None:
    assert spread([0.5, 0.3, 0.2]) == pytest.approx(0.62)  # 1 - (0.25 + 0.09 + 0.04)


def test_originality_and_radicalness_of_six_cited_symbols() -> None:
    # Document 4, in A61K, cites document 0 with 3 A61K, 2 C07D, 1 G01N.
    table = class_table([0] * 6 + [4], [A61K] * 3 + [C07D] * 2 + [G01N, A61K], 5)
    graph = _graph([(0, 4)])
    assert originality(graph, table)[4] == pytest.approx(0.6111, abs=5e-5)  # 1 - (9 + 4 + 1) / 36
    assert radicalness(graph, table)[4] == pytest.approx(0.5)  # 3 of 6 outside A61K


def test_a_citing_document_counts_once_however_many_symbols_it_has() -> None:
    # 1 has only A61K (one symbol), 2 has C07D twice: half and half.
    table = class_table([1, 2, 2], [A61K, C07D, C07D], 5)
    assert generality(_graph([(0, 1), (0, 2)]), table)[0] == pytest.approx(0.5)


def test_without_citations_generality_is_missing_and_not_zero() -> None:
    table = class_table([1], [A61K], 5)
    assert math.isnan(generality(_graph([(0, 1)]), table)[3])
    assert math.isnan(radicalness(_graph([(0, 1)]), table)[1])  # what it cites has no class


def test_scope_counts_classes_and_not_symbols() -> None:
    assert scope(class_table([0, 0, 0, 1], [A61K, A61K, C07D, G01N], 3)).tolist() == [2, 1, 0]


def test_forward_citations_stop_at_the_end_of_the_window() -> None:
    graph = _graph([(0, 1), (0, 2), (0, 3), (1, 3)], [2000, 2004, 2005, 2006, 2010])
    assert forward_citations(graph, 5).tolist() == [2, 1, 0, 0, 0]
    assert backward_citations(graph).tolist() == [0, 1, 1, 2, 0]


def test_share_of_literature_without_citations_is_missing() -> None:
    found = part([1, 0], [4, 0])
    assert found[0] == 0.25
    assert math.isnan(found[1])


def test_the_longest_wait_of_a_cohort_is_zero() -> None:
    found = grant_lag_index([2, 4, 5, np.nan], ["a", "a", "b", "b"])
    assert found[:3].tolist() == [0.5, 0, 0]
    assert math.isnan(found[3])


def test_values_are_divided_by_the_largest_of_their_own_cohort() -> None:
    found = normalised([1, 2, 4, 10, 0, 0], ["a", "a", "a", "b", "c", "c"], trim=0)
    assert found[:3].tolist() == [0.25, 0.5, 1]
    assert math.isnan(found[3])  # a cohort of one says nothing
    assert found[4:].tolist() == [0, 0]


def test_one_extreme_value_is_drawn_in_to_the_limit() -> None:
    # 0 to 99 and 10,000: 101 values, so that the 99th of a hundred steps is exactly the value 99.
    found = normalised([*range(100), 10_000], ["a"] * 101)
    assert found[100] == 1
    assert found[99] == 1
    assert found[50] == pytest.approx(50 / 99)


def test_breakthroughs_are_the_most_cited_hundredth_with_ties() -> None:
    assert breakthrough([5] + [1] * 99, ["a"] * 100).sum() == 1
    assert breakthrough([5, 5] + [1] * 98, ["a"] * 100).sum() == 2
    assert not breakthrough([0] * 100, ["a"] * 100).any()


def test_composites_need_all_their_parts_unless_told_otherwise() -> None:
    parts = {name: [value, value] for name, value in zip(SIX, (0.1, 0.2, 0.3, 0.4, 0.6, 0.8), strict=True)}
    assert composite(parts).tolist() == pytest.approx([0.25, 0.25])
    assert composite(parts, SIX).tolist() == pytest.approx([0.4, 0.4])
    parts["generality"] = [np.nan, 0.4]
    assert math.isnan(composite(parts)[0])
    assert composite(parts, least=3)[0] == pytest.approx(0.2)


def test_core_score_is_the_mean_of_standardised_signs() -> None:
    # claims 1, 2, 3 -> -1.2247, 0, 1.2247; on the main path 0, 0, 1 -> -0.7071, -0.7071, 1.4142
    found = core_score({"claims": [1, 2, 3], "main_path": [False, False, True]})
    assert found.score == pytest.approx([-0.96593, -0.35355, 1.31948], abs=1e-5)
    assert found.ranked().tolist() == [2, 1, 0]
    assert found.signs["claims"] == pytest.approx([-1.22474, 0, 1.22474], abs=1e-5)


def test_an_unknown_sign_does_not_count() -> None:
    found = core_score({"claims": [1, 3], "licences": [np.nan, np.nan]})
    assert found.score.tolist() == [-1, 1]
    assert found.known.tolist() == [0.5, 0.5]


def test_weights_without_a_sign_are_refused() -> None:
    with pytest.raises(DefinitionError, match="family"):
        core_score({"claims": [1, 2]}, {"claims": 1, "family": 2})
