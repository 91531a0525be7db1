# SPDX-License-Identifier: Apache-2.0
"""Citations."""

from __future__ import annotations

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, incidence
from zhihang.terms.label import Label


@matcher(label=Label("引用本单位专利", "cites your patent"), weight=0.8, order=0)
def citations(interest: Interest) -> Pairing:
    """The reader's own patents that the record cites."""
    features = sorted(interest.own.ids)
    mine: list[list[str]] = [[] for _ in interest.profiles]
    for number, owners in zip(interest.own.ids, interest.owners, strict=True):
        for reader in owners:
            mine[reader].append(number)
    return Pairing(incidence(mine, features), incidence(interest.news.cited, features), features)
