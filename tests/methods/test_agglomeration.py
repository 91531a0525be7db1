# SPDX-License-Identifier: Apache-2.0
"""Tests of putting things together by what they share."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhihang.methods.agglomeration import Incidence, components, largest, mutual_best, sharing_pairs, sums
from zhihang.methods.linkage import Groups

EDGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


def test_shared_keys_are_those_that_both_things_have():
    which = Incidence.of(np.array([0, 0, 1, 1, 1, 2]), np.array([5, 6, 6, 7, 5, 9]), 3, 10)
    rows, keys = which.shared(np.array([0, 1]), np.array([1, 2]))
    assert sorted(zip(rows.tolist(), keys.tolist(), strict=True)) == [(0, 5), (0, 6)]


def test_nothing_shared_among_nothing():
    which = Incidence.of(np.zeros(0, np.int64), np.zeros(0, np.int64), 2, 1)
    assert [part.tolist() for part in which.shared(np.array([0]), np.array([1]))] == [[], []]
    assert [part.tolist() for part in sharing_pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))] == [[], []]


def test_under_a_key_of_many_only_neighbours_are_paired():
    one, other = sharing_pairs(np.arange(100), np.zeros(100, np.int64), largest=40, near=3)
    assert len(one) == 97 * 3 + 2 + 1
    assert set((other - one).tolist()) == {1, 2, 3}


@given(EDGES)
def test_components_are_those_of_joining_two_at_a_time(edges):
    groups = Groups(31)
    for one, other in edges:
        groups.join(one, other)
    ends = np.array(edges, np.int64).reshape(-1, 2)
    assert components(31, ends[:, 0], ends[:, 1]).tolist() == groups.labels().tolist()


def test_of_equal_pairs_many_are_taken_at_once_and_none_twice():
    one, other = np.triu_indices(40, 1)
    taken = mutual_best(40, one, other, np.ones(len(one)))
    ends = np.concatenate([one[taken], other[taken]]).tolist()
    assert len(ends) == len(set(ends)) > 8


def test_values_are_added_and_compared_by_group():
    values, groups = np.array([1.0, 2.0, 4.0]), np.array([0, 0, 2])
    assert sums(values, groups, 3).tolist() == [3.0, 0.0, 4.0]
    assert largest(values, groups, 3).tolist() == [2.0, -np.inf, 4.0]
