# SPDX-License-Identifier: Apache-2.0
"""Queries."""

from __future__ import annotations

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, incidence
from zhihang.terms.label import Label


@matcher(label=Label("检索式命中", "found by query"), weight=0.5, order=20)
def queries(interest: Interest) -> Pairing:
    """Queries of the reader that find the record."""
    features = sorted(interest.hits)
    found = [[query for query in features if number in interest.hits[query]] for number in interest.news.ids]
    return Pairing(
        incidence([p.queries for p in interest.profiles], features), incidence(found, features), features
    )
