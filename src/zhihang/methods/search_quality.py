# SPDX-License-Identifier: Apache-2.0
"""How good a search is, from samples: precision, recall and F1 with their intervals (M-NAV-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Share:
    """A share estimated from a sample (0-1), with its interval; no share where nothing was sampled."""

    found: float
    of: float
    value: float | None
    low: float
    high: float
    probability: float


def wilson(found: float, of: float, probability: float = 0.95) -> Share:
    r"""Share of a sample with Wilson's score interval (0-1).

    .. math:: \frac{\hat p + z^2/2n \pm z \sqrt{\hat p (1-\hat p)/n + z^2/4n^2}}{1 + z^2/n}

    It stays within 0 and 1, and says something also where nothing or everything was found. `found` may be fractional
    (an effective count).

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> share = wilson(8, 10)
    >>> round(share.low, 4), round(share.high, 4)
    (0.4902, 0.9433)
    >>> wilson(0, 0).value is None
    True
    """
    if of <= 0:
        return Share(found, of, None, 0.0, 1.0, probability)
    if not 0 <= found <= of:
        raise ValueError("of a sample no more can be found than there is")
    z = NormalDist().inv_cdf(0.5 + probability / 2)
    p = found / of
    middle = p + z * z / (2 * of)
    reach = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = (middle - reach) / (1 + z * z / of), (middle + reach) / (1 + z * z / of)
    return Share(found, of, p, 0.0 if found == 0 else low, 1.0 if found == of else high, probability)


@dataclass(frozen=True)
class SearchQuality:
    """Precision, recall and F1 of a search (0-1); F1's interval joins the ends of the two, so it is a wide one."""

    precision: Share
    recall: Share
    f1: tuple[float | None, float, float]


def from_verification(
    relevant_in_sample: int, sampled: int, verified_found: int, verified: int, probability: float = 0.95
) -> SearchQuality:
    """Quality from a sample of what was retrieved, and from a set of patents known to belong.

    >>> quality = from_verification(45, 50, 18, 20)
    >>> quality.precision.value, quality.recall.value
    (0.9, 0.9)
    """
    precision, recall = (
        wilson(relevant_in_sample, sampled, probability),
        wilson(verified_found, verified, probability),
    )
    return SearchQuality(precision, recall, _f1(precision, recall))


def from_two_samples(
    retrieved: int,
    relevant_in_sample: int,
    sampled: int,
    left_out: int,
    relevant_left_out: int,
    sampled_left_out: int,
    probability: float = 0.95,
) -> SearchQuality:
    """Quality from a sample of what was retrieved and a sample of what was not (elusion).

    Recall = relevant retrieved / (relevant retrieved + relevant left out); the ends of its interval take both shares
    at their less and more favourable ends.

    >>> quality = from_two_samples(1000, 45, 50, 9000, 1, 90)
    >>> quality.recall.value
    0.9
    """
    precision = wilson(relevant_in_sample, sampled, probability)
    missed = wilson(relevant_left_out, sampled_left_out, probability)

    def recall(of_retrieved: float, of_left_out: float) -> float:
        kept, lost = of_retrieved * retrieved, of_left_out * left_out
        return kept / (kept + lost) if kept + lost else 0.0

    known = precision.value is not None and missed.value is not None
    value = recall(precision.value or 0.0, missed.value or 0.0) if known else None
    share = Share(
        relevant_in_sample,
        sampled + sampled_left_out,
        value,
        recall(precision.low, missed.high),
        recall(precision.high, missed.low) if left_out else 1.0,
        probability,
    )
    return SearchQuality(precision, share, _f1(precision, share))


def retrieval_scores(relevant: Mapping[str, bool], retrieved: set[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 (0-1) where it is known of every item whether it is relevant.

    >>> retrieval_scores({"a": True, "b": True, "c": False}, {"a", "c"})
    (0.5, 0.5, 0.5)
    """
    right = sum(relevant[item] for item in retrieved)
    wanted = sum(relevant.values())
    precision = right / len(retrieved) if retrieved else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, _harmonic(precision, recall)


def _f1(precision: Share, recall: Share) -> tuple[float | None, float, float]:
    known = precision.value is not None and recall.value is not None
    value = _harmonic(precision.value or 0.0, recall.value or 0.0) if known else None
    return value, _harmonic(precision.low, recall.low), _harmonic(precision.high, recall.high)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
