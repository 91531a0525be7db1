# SPDX-License-Identifier: Apache-2.0
"""Rivals."""

from __future__ import annotations

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, incidence
from zhihang.terms.label import Label


@matcher(label=Label("关注对象", "followed"), weight=0.5, order=10)
def rivals(interest: Interest) -> Pairing:
    """Applicants of the record that the reader follows."""
    features = sorted({rival for followed in interest.rivals for rival in followed})
    return Pairing(
        incidence(interest.rivals, features), incidence(interest.news.organisations, features), features
    )
