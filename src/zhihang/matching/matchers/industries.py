# SPDX-License-Identifier: Apache-2.0
"""Industries."""

from __future__ import annotations

import numpy as np
from scipy.sparse import diags

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, below, incidence, rarity, scaled
from zhihang.terms.label import Label


@matcher(label=Label("行业相同", "same industry"), weight=0.15, order=50)
def industries(interest: Interest) -> Pairing:
    """Industries of the record (by the concordance with the IPC) against those the reader names."""
    features = sorted({code for codes in interest.news.industries for code in codes})
    right = incidence(interest.news.industries, features)
    weights = diags(rarity(right))
    named = [below(profile.industries, features) for profile in interest.profiles]
    left = scaled(incidence(named, features) @ weights)
    return Pairing(left.astype(np.float32), scaled(right @ weights).astype(np.float32), features, unit=True)
