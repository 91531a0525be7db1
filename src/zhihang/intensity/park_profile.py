# SPDX-License-Identifier: Apache-2.0
"""Parks told: the profile of one as plain data, and several beside each other with their ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from zhihang.intensity.facts_seen import FactsSeen
from zhihang.intensity.firm_answer import ParkAnswer
from zhihang.intensity.park_counts import By, Counts, count_parks
from zhihang.intensity.park_economy import economy_of_parks
from zhihang.intensity.park_network import Network, networks
from zhihang.intensity.park_structure import Rules, YearStructure, structures
from zhihang.intensity.scheme import Patents
from zhihang.methods.concentration import herfindahl, top_share
from zhihang.methods.specialisation import symmetric_quotient
from zhihang.terms.label import Label

COUNTED = Patents(kinds=("invention", "utility_model"), measure="grants", holders="all")
USUAL = Rules()
_FEW = 30
"""Below so many patents in a window the structure of a park is told with a warning."""
_SHOWN = 20
_OPPORTUNITIES = 10


@dataclass(frozen=True)
class ParkQuestion:
    """What is asked of parks: classes, patents counted, years told, rules of the structure."""

    by: By = "field"
    patents: Patents = COUNTED
    years: int = 10
    rules: Rules = USUAL


@dataclass(frozen=True)
class ParkFigures:
    """Parks of an area with everything that is told of them."""

    answer: ParkAnswer
    question: ParkQuestion
    counts: Counts
    within: Counts
    by_year: list[YearStructure]
    economy: list[list[dict[str, Any]]]
    networks: Mapping[int, Network]

    @classmethod
    def read(
        cls, facts: FactsSeen, answer: ParkAnswer, question: ParkQuestion, places: Sequence[int]
    ) -> ParkFigures:
        """Count and compute; co-applications only of the parks at some places."""
        parks, last = answer.parks, answer.found.year
        rules = question.rules
        first = last - question.years - 2 * rules.window + 2
        counts = count_parks(
            facts,
            answer.found.area,
            parks.residents,
            len(parks.rows),
            patents=question.patents,
            years=range(first, last + 1),
            by=question.by,
        )
        told = range(last - question.years + 1, last + 1)
        return cls(
            answer,
            question,
            counts,
            counts.windows(rules.window),
            structures(counts, rules, question.years),
            economy_of_parks(facts, parks, told),
            networks(facts, parks.residents, places, min(told[0], last - rules.window + 1), last),
        )

    @property
    def newest(self) -> YearStructure:
        """The structure of the last year."""
        return self.by_year[-1]

    def settings(self) -> dict[str, Any]:
        """What the figures rest on."""
        area, asked = self.answer.found.area, self.question
        return {
            "region": area.code,
            "region_name": area.name,
            "by": asked.by,
            "kinds": list(asked.patents.kinds),
            "measure": asked.patents.measure,
            **asdict(asked.rules),
        }

    def year_rows(self, place: int) -> list[dict[str, Any]]:
        """One row for each year: patents, share of the area, diversity, complexity, entries and exits, concentration."""
        return [self._year(one, place) for one in self.by_year]

    def _year(self, one: YearStructure, place: int) -> dict[str, Any]:
        at = self.within.years.index(one.year)
        patents, whole = self.within.park_totals[at, place], self.within.area_totals[at]
        held = self._holders(at, place)
        eci = np.where(np.isnan(one.found.eci), -np.inf, one.found.eci)
        comparable = one.comparable and bool(np.isfinite(eci[place]))
        return {
            "year": one.year,
            "patents_in_year": _number(self.counts.park_totals[at, place]),
            "patents": _number(patents),
            "area_patents": _number(whole),
            "share_of_area": _ratio(patents, whole),
            "diversity": int(one.reflected[0][place]),
            "average_ubiquity": _number(one.reflected[1][place]),
            "reflection_2": _number(one.reflected[2][place]),
            "eci": _number(one.found.eci[place]) if comparable else None,
            "eci_rank": int((eci > eci[place]).sum()) + 1 if comparable else None,
            "eci_of": int(np.isfinite(eci).sum()) if comparable else None,
            "density": _number(np.nanmean(one.density[place]))
            if np.isfinite(one.density[place]).any()
            else None,
            "entries": self._named(one.entered, place),
            "exits": self._named(one.left, place),
            "hhi_classes": _number(one.concentration[place]),
            "entropy_classes": _number(one.entropy[place]),
            "holders": len(held),
            "hhi_holders": _number(herfindahl(held)) if held else None,
            "cr1_holders": _number(top_share(held, 1)) if held else None,
            "cr4_holders": _number(top_share(held, 4)) if held else None,
        }

    def class_rows(self, place: int) -> list[dict[str, Any]]:
        """One row for each class with patents of the park in the last window, the most specialised first."""
        one = self.newest
        at = self.within.years.index(one.year)
        rows = [self._class(one, at, place, k) for k in np.flatnonzero(one.counts[place] > 1e-9).tolist()]
        return sorted(rows, key=lambda row: (not row["specialised"], -row["lq"], row["code"]))

    def _class(self, one: YearStructure, at: int, place: int, k: int) -> dict[str, Any]:
        total = one.counts[place].sum()
        return {
            "code": self.counts.classes[k],
            "name": self.counts.names[k],
            "patents": _number(one.counts[place, k]),
            "share_of_park": _ratio(one.counts[place, k], total),
            "share_of_area": _ratio(one.counts[place, k], self.within.area[at, k]),
            "lq": _number(one.quotient[place, k]),
            "symmetric": _number(symmetric_quotient(one.quotient[place, k])),
            "specialised": bool(one.binary[place, k]),
            "density": _number(one.density[place, k]),
            "pci": _number(one.found.pci[k]) if one.comparable else None,
            "ubiquity": int(one.reflected_classes[0][k]),
            "course": self._course(one, place, k),
        }

    def _course(self, one: YearStructure, place: int, k: int) -> str | None:
        if one.entered is None or one.left is None:
            return None
        if one.entered[place, k]:
            return "entered"
        return "left" if one.left[place, k] else "kept" if one.binary[place, k] else "none"

    def opportunities(self, place: int) -> list[dict[str, Any]]:
        """Classes the park is not specialised in, those most related to what it does first."""
        one = self.newest
        at = self.within.years.index(one.year)
        open_to = (one.binary[place] == 0) & (np.nan_to_num(one.density[place]) > 0)
        rows = [self._class(one, at, place, k) for k in np.flatnonzero(open_to).tolist()]
        rows.sort(key=lambda row: (-row["density"], -(row["pci"] or 0), row["code"]))
        return rows[:_OPPORTUNITIES]

    def course(self, place: int) -> dict[str, Any]:
        """Symmetric quotients of the classes of the last window over the years, by class; None without patents."""
        codes = [row["code"] for row in self.class_rows(place)]
        at = [self.counts.classes.index(code) for code in codes]
        values = [
            [
                _number(symmetric_quotient(one.quotient[place, k])) if one.counts[place].sum() > 0 else None
                for one in self.by_year
            ]
            for k in at
        ]
        return {
            "years": [one.year for one in self.by_year],
            "classes": [self.counts.names[k] for k in at],
            "symmetric": values,
        }

    def holder_rows(self, place: int, names: Mapping[str, str]) -> list[dict[str, Any]]:
        """The organisations of the park with most patents in the last window."""
        at = len(self.within.years) - 1
        total = self.within.park_totals[at, place]
        park_of = self.answer.parks.residents.park_of
        found = [
            (float(self.within.holders[at, h]), one)
            for h, one in enumerate(self.within.organisations)
            if park_of[one] == place and self.within.holders[at, h] > 1e-9
        ]
        return [
            {
                "organisation": one,
                "name": names.get(one, one),
                "patents": _number(n),
                "share": _ratio(n, total),
                "member_by": self.answer.parks.residents.rules[one],
            }
            for n, one in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:_SHOWN]
        ]

    def _holders(self, at: int, place: int) -> list[float]:
        park_of = self.answer.parks.residents.park_of
        chosen = np.array([park_of[one] == place for one in self.within.organisations], dtype=bool)
        held = self.within.holders[at][chosen] if len(chosen) else np.zeros(0)
        return [float(value) for value in held if value > 1e-9]

    def _named(self, changed: np.ndarray[Any, np.dtype[np.bool_]] | None, place: int) -> list[str] | None:
        if changed is None:
            return None
        return [self.counts.names[k] for k in np.flatnonzero(changed[place]).tolist()]

    def notes(self, place: int) -> list[Label]:
        """What a reader must know of the structure."""
        found = []
        if not self.newest.comparable:
            zh = "复杂度需要至少三个以共同优势领域相连的园区，本次不计算"
            found.append(
                Label(zh, "complexity is not told: it needs three parks that hang together by shared classes")
            )
        patents = self.within.park_totals[-1, place]
        if patents < _FEW:
            zh = f"窗口期只有{patents:.0f}件专利，区位商和进入退出依据很少"
            found.append(
                Label(zh, f"only {patents:.0f} patents in the window: quotients and entries rest on few")
            )
        empty = [year for year, n in zip(self.counts.years, self.counts.area_totals, strict=True) if n == 0]
        if empty:
            zh = f"{empty[0]}至{empty[-1]}年间有{len(empty)}年所比较范围没有专利"
            en = f"the area has no patents counted in {len(empty)} years between {empty[0]} and {empty[-1]}"
            found.append(Label(zh, en))
        return found


def network_data(network: Network, parks: Sequence[str]) -> dict[str, Any]:
    """A network as plain data: counts, then ties, the strongest first."""
    return {
        "organisations": network.residents,
        "applications": network.applications,
        "joint": network.joint,
        "joint_share": _ratio(network.joint, network.applications),
        "with_natural_persons": network.with_persons,
        "ties_inside": network.tied("inside"),
        "ties_other_parks": network.tied("other_park"),
        "ties_outside": network.tied("outside"),
        "density_inside": network.density,
        "largest_group": network.largest,
        "partner_types": _types(network),
        "ties": [
            {
                "organisation": network.labels.get(tie.one, {}).get("name", tie.one),
                "partner": network.labels.get(tie.other, {}).get("name", tie.other),
                "partner_type": network.labels.get(tie.other, {}).get("type"),
                "where": tie.where,
                "park": None if tie.park is None else parks[tie.park],
                "applications": tie.applications,
                "first_year": tie.first_year,
                "last_year": tie.last_year,
            }
            for tie in network.ties
        ],
    }


def _types(network: Network) -> dict[str, int]:
    """Applications with partners outside the park, by type of partner."""
    found: dict[str, int] = {}
    for tie in network.ties:
        if tie.where != "inside":
            kind = str(network.labels.get(tie.other, {}).get("type") or "unknown")
            found[kind] = found.get(kind, 0) + tie.applications
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _ratio(above: float, below: float) -> float | None:
    return float(above) / float(below) if below > 0 else None


def _number(value: float | np.floating[Any] | np.ndarray[Any, Any]) -> float | None:
    found = float(value)
    return None if not np.isfinite(found) else round(found, 12)
