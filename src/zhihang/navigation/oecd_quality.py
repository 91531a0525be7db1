# SPDX-License-Identifier: Apache-2.0
"""The composite quality indicators of the OECD, of four and of six parts, for the patents of a corpus (M-NAV-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.patent_quality import (
    FOUR,
    SIX,
    backward_citations,
    composite,
    forward_citations,
    grant_lag_index,
    normalised,
)
from zhihang.navigation.citation_rows import YEAR
from zhihang.navigation.direction import PatentQuality
from zhihang.navigation.patents import Patent
from zhihang.navigation.study_graph import StudyGraph

Floats = NDArray[np.float64]
WINDOW = 5
"""Years within which citations count."""
LEAST_COHORT = 5
_MONTH = 30.44


@dataclass(frozen=True)
class QualityTable:
    """Raw values and cohort-normalised parts of every patent, both composites, and why parts are not known."""

    raw: Mapping[str, Floats]
    parts: Mapping[str, Floats]
    four: Floats
    six: Floats
    granted: NDArray[np.bool_]
    absent: Mapping[str, str]

    def of(self, row: int) -> PatentQuality:
        """Return what is known of one patent; what is not known is None, with its reason."""
        missing = {name: self._why(name, row) for name in SIX if np.isnan(self.parts[name][row])}
        if not self.granted[row]:
            missing = {"composite": "not_granted", **missing}
        return PatentQuality(
            {name: _number(column[row]) for name, column in self.raw.items()},
            {name: _number(self.parts[name][row]) for name in SIX},
            _number(self.four[row]),
            _number(self.six[row]),
            missing,
        )

    def _why(self, name: str, row: int) -> str:
        if name in self.absent:
            return self.absent[name]
        return "small_cohort" if not np.isnan(self.raw[name][row]) else _UNKNOWN[name]


_UNKNOWN: Mapping[str, str] = {
    "forward": "no_date",
    "family": "no_family",
    "claims": "no_claims",
    "generality": "never_cited",
    "backward": "no_references",
    "grant_lag": "no_grant_date",
}


def oecd_quality(
    patents: Sequence[Patent], graph: StudyGraph | None, generality: Floats | None, cohorts: Sequence[str]
) -> QualityTable:
    """Measure each patent against its cohort (subclass and year; the year alone where that has fewer than five).

    Citations by the same holder do not count. Where the source gives none at all of a part, it is not known of any
    patent; composites are of granted patents all of whose parts are known.
    """
    count, absent = len(patents), dict[str, str]()
    years = [str(patent.year or "") for patent in patents]
    raw: dict[str, Floats] = {
        "forward": _forward(patents, graph),
        "family": _family(patents),
        "claims": _claims(patents),
        "generality": np.full(count, np.nan) if generality is None else generality,
        "backward": _backward(graph, count),
        "grant_lag": _lags(patents),
    }
    for name, column in raw.items():
        if np.isnan(column).all():
            absent[name] = f"source_without_{name}"
    parts = {name: _against(column, cohorts, years, name) for name, column in raw.items()}
    granted = np.array([patent.granted is not None for patent in patents], np.bool_)
    four, six = (np.where(granted, composite(parts, names), np.nan) for names in (FOUR, SIX))
    return QualityTable(raw, parts, four, six, granted, absent)


def _against(column: Floats, cohorts: Sequence[str], years: Sequence[str], name: str) -> Floats:
    if name == "generality":
        return column  # a share of 0 to 1 as it is
    if name == "grant_lag":
        fine, coarse = (
            np.where(_large(column, some), grant_lag_index(column, some), np.nan) for some in (cohorts, years)
        )
    else:
        fine, coarse = (normalised(column, some, least=LEAST_COHORT) for some in (cohorts, years))
    return np.where(np.isnan(fine), coarse, fine)


def _large(column: Floats, cohorts: Sequence[str]) -> NDArray[np.bool_]:
    groups = np.unique(np.asarray(cohorts), return_inverse=True)[1]
    known = np.bincount(groups[~np.isnan(column)], minlength=groups.max(initial=-1) + 1)
    return np.asarray(known[groups] >= LEAST_COHORT, np.bool_)


def _forward(patents: Sequence[Patent], graph: StudyGraph | None) -> Floats:
    """Citations by others within five years; where the store has none, all that a vendor printed of a family.

    Those within a cohort are of one age, so that counts without a window can be held against each other.
    """
    if graph is not None:
        counted = forward_citations(graph.stored.without_own(), WINDOW * YEAR)
        found = np.full(len(patents), np.nan)
        inside = graph.row >= 0
        found[graph.row[inside]] = counted[inside]
        dated = np.array([patent.filed is not None for patent in patents], np.bool_)
        return np.where(dated & np.isnan(found), 0.0, np.where(dated, found, np.nan))
    printed = np.array([patent.figures.get("cited", np.nan) for patent in patents], float)
    return printed if np.nansum(printed) > 0 else np.full(len(patents), np.nan)


def _backward(graph: StudyGraph | None, count: int) -> Floats:
    """Documents a patent cites; none at all means that its references are not known."""
    found = np.full(count, np.nan)
    if graph is not None:
        cites = backward_citations(graph.graph)
        inside = (graph.row >= 0) & (cites > 0)
        found[graph.row[inside]] = cites[inside]
    return found


def _family(patents: Sequence[Patent]) -> Floats:
    sizes = np.array([max(len(p.offices), int(p.figures.get("family_size", 0))) for p in patents], float)
    return sizes if sizes.max(initial=0) > 1 else np.full(len(patents), np.nan)


def _claims(patents: Sequence[Patent]) -> Floats:
    """Number of claims; a source that gives no patent more than one prints the first claim only."""
    claims = np.array([patent.claims or np.nan for patent in patents], float)
    return claims if np.nanmax(claims, initial=0) > 1 else np.full(len(patents), np.nan)


def _lags(patents: Sequence[Patent]) -> Floats:
    """Months from filing to grant."""
    return np.array(
        [(p.granted - p.filed).days / _MONTH if p.granted and p.filed else np.nan for p in patents], float
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
