# SPDX-License-Identifier: Apache-2.0
"""How common words are in everyday Chinese, for where too few texts are at hand to tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihang.methods.segmentation import everyday_frequency, is_wide
from zhihang.methods.text_vectors import Background

TEXTS = 1_000
"""Texts of everyday Chinese beside those at hand: they weigh less the more of those there are."""
LENGTH = 300
"""Words of each."""
WHOLE = 60_101_967
"""Words that the frequencies of the general dictionary were counted among."""


def everyday(terms: Sequence[str]) -> Background:
    """Return in how many everyday texts each Chinese word is to be expected; words of other scripts in none.

    Of `LENGTH` words drawn with the frequencies of the general dictionary, one at least is the word with the chance
    1 - exp(-LENGTH f / WHOLE).
    """
    often = np.array([everyday_frequency(term) if is_wide(term) else 0 for term in terms], float)
    return Background(TEXTS, TEXTS * -np.expm1(-LENGTH * often / WHOLE))
