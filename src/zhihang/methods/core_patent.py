# SPDX-License-Identifier: Apache-2.0
"""Core patents: a score out of several signs of weight, each shown beside it (M-NAV-11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihang.errors import DefinitionError

Floats = NDArray[np.float64]
SIGNS = (
    "forward_citations",
    "family_size",
    "claims",
    "main_path",
    "disputes_survived",
    "transactions",
    "standard_essential",
    "maintained_years",
)
"""The usual signs; which weights they deserve is not settled, so that all weigh 1 unless said otherwise."""


@dataclass(frozen=True)
class CoreScore:
    """Score of each patent, with its signs as standard deviations from the mean, their weights, how much is known.

    `known` is the share of the weights whose sign is known of the patent; the score is the mean over these.
    """

    score: Floats
    signs: Mapping[str, Floats]
    weights: Mapping[str, float]
    known: Floats

    def ranked(self) -> NDArray[np.int64]:
        """Return the patents from the highest score down; those without a score last, ties in their order."""
        return np.lexsort((np.arange(len(self.score)), -np.nan_to_num(self.score, nan=-np.inf)))


def core_score(signs: Mapping[str, ArrayLike], weights: Mapping[str, float] | None = None) -> CoreScore:
    """Weighted mean of standardised signs; NaN where a sign is not known of a patent, which then does not count.

    A sign that is the same for all patents tells nothing and is 0. True and false count 1 and 0.

    >>> found = core_score({"claims": [1, 3], "family_size": [2, float("nan")]}, {"claims": 2, "family_size": 1})
    >>> found.score.tolist(), [round(one, 3) for one in found.known.tolist()]
    ([-0.6666666666666666, 1.0], [1.0, 0.667])
    """
    chosen = {name: float((weights or {}).get(name, 1.0 if weights is None else 0.0)) for name in signs}
    _check(signs, weights, chosen)
    standard = {name: _standardised(np.asarray(values, float)) for name, values in signs.items()}
    columns = np.column_stack(list(standard.values()))
    heavy = np.array(list(chosen.values()))
    known = ~np.isnan(columns) @ heavy
    score = np.full(len(columns), np.nan)
    np.divide(np.nan_to_num(columns) @ heavy, known, out=score, where=known > 0)
    return CoreScore(score, standard, chosen, known / heavy.sum())


def _standardised(values: Floats) -> Floats:
    known = ~np.isnan(values)
    found = np.full(len(values), np.nan)
    if known.any():
        deviation = values[known].std()
        found[known] = (values[known] - values[known].mean()) / deviation if deviation > 0 else 0.0
    return found


def _check(
    signs: Mapping[str, ArrayLike], weights: Mapping[str, float] | None, chosen: Mapping[str, float]
) -> None:
    strange = sorted(set(weights or {}) - set(signs))
    if strange or not signs or min(chosen.values()) < 0 or sum(chosen.values()) <= 0:
        raise DefinitionError(
            "The weights of the signs of a core patent do not fit.",
            {
                "weights": dict(weights or {}),
                "signs": ", ".join(signs),
                "without a sign": ", ".join(strange) or "none",
            },
            todo="Give weights of 0 or more, at least one above 0, for the signs there are.",
        )
