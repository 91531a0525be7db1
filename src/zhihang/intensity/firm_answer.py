# SPDX-License-Identifier: Apache-2.0
"""Firms and parks identified: who is in, why and why not, who is at the edge: plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from zhihang.errors import NotFound
from zhihang.intensity.condition import TRUE, UNKNOWN
from zhihang.intensity.enterprises import Firms, firms_of_year
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.identify import Identified, compare, identify, value_of
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.parks import Parks, parks_of_year
from zhihang.intensity.scheme import Scheme
from zhihang.intensity.sensitivity import changes
from zhihang.intensity.subjects import Subjects

_SHOWN = ("valid_inventions", "patents", "employment", "intensity", "revenue", "rd", "patent_revenue_share")
_OF_PARK = (
    "enterprises", "invention_holders", "valid_inventions", "employment", "intensity", "gross_output", "revenue",
    "rd_to_output", "patent_revenue_to_output", "inventions_per_10k", "chosen_industry_output",
)  # fmt: skip


@dataclass(frozen=True)
class FirmAnswer:
    """A scheme tried on the firms of an area and year."""

    found: Identified
    firms: Firms
    lists: IndustryLists
    before: Identified | None = None

    def rows(self) -> list[dict[str, Any]]:
        """One row for each firm, by rank."""
        return [self._row(rank, place) for rank, place in enumerate(self.found.order, 1)]

    def row_of(self, place: int) -> dict[str, Any]:
        """The row of one firm, by its place among the firms."""
        return self._row(self.found.order.index(place) + 1, place)

    def _row(self, rank: int, place: int) -> dict[str, Any]:
        subjects = self.found.subjects
        state = self.found.state[place]
        return {
            "rank": rank,
            "enterprise": subjects.ids[place],
            "name": subjects.names[place],
            "organisation": self.firms.organisations[place],
            "link": self.firms.links[place],
            "industry": subjects.industries[place],
            "titles": _titles(subjects, place),
            "eligible": None if state == UNKNOWN else bool(state == TRUE),
            **{name: value_of(subjects.measure(name), place) for name in _SHOWN},
            "missing": self.found.missing(place),
            "conditions": self.found.conditions(place),
        }

    def summary(self) -> dict[str, Any]:
        """Counts, links, remarks."""
        return {**_head(self.found, self.before, self.lists), "links": _counted(self.firms.links)}

    def unlinked(self) -> list[dict[str, str]]:
        """Firms without an organisation, and why."""
        triples = zip(self.found.subjects.ids, self.found.subjects.names, self.firms.links, strict=True)
        return [
            {"enterprise": one, "name": name, "link": link}
            for one, name, link in triples
            if link in ("none", "several", "not derived")
        ]


@dataclass(frozen=True)
class ParkAnswer:
    """A scheme tried on the parks of an area and year."""

    found: Identified
    parks: Parks
    lists: IndustryLists
    before: Identified | None = None

    def rows(self) -> list[dict[str, Any]]:
        """One row for each park, by rank."""
        return [self._row(rank, place) for rank, place in enumerate(self.found.order, 1)]

    def _row(self, rank: int, place: int) -> dict[str, Any]:
        subjects = self.found.subjects
        state = self.found.state[place]
        return {
            "rank": rank,
            "park": subjects.ids[place],
            "region": self.parks.rows[place]["region"],
            "level": self.parks.rows[place]["level"],
            "eligible": None if state == UNKNOWN else bool(state == TRUE),
            **{name: value_of(subjects.measure(name), place) for name in _OF_PARK},
            "missing": self.found.missing(place),
            "conditions": self.found.conditions(place),
        }

    def summary(self) -> dict[str, Any]:
        """Counts and remarks."""
        return {**_head(self.found, self.before, self.lists), "members_by": _counted(self.parks.rules)}

    def firms_in(self, park: str) -> list[dict[str, Any]]:
        """Firms of a park, those with most inventions in force first."""
        place = self.found.subjects.ids.index(park)
        firms = self.parks.firms
        inventions = firms.subjects.measure("valid_inventions")
        rows = [
            {
                "enterprise": firms.subjects.ids[at],
                "name": firms.subjects.names[at],
                "industry": firms.subjects.industries[at],
                "valid_inventions": value_of(inventions, at),
                "employment": value_of(firms.subjects.measure("employment"), at),
                "member_by": self.parks.rules[at],
            }
            for at in range(len(firms.subjects))
            if self.parks.park_of[at] == place
        ]
        return sorted(rows, key=lambda row: (-(row["valid_inventions"] or 0), row["enterprise"]))


def recognise(facts: FactsSeen, area: Area, scheme: Scheme, year: int) -> FirmAnswer:
    """Try a scheme on all firms of an area at once; and on those of the year before, where a register reaches so far."""
    lists = IndustryLists(facts.codes, scheme.says.edition)
    firms = firms_of_year(facts, area, scheme.says, year)
    found = identify(scheme, area, year, firms.subjects, firms.means, lists)
    try:
        earlier = firms_of_year(facts, area, scheme.says, year - 1)
    except NotFound:
        return FirmAnswer(found, firms, lists)
    before = identify(scheme, area, year - 1, earlier.subjects, earlier.means, lists)
    return FirmAnswer(found, firms, lists, before)


def recognise_parks(facts: FactsSeen, area: Area, scheme: Scheme, year: int) -> ParkAnswer:
    """Try a scheme on all parks of an area; and on those of the year before, where the tables reach so far."""
    now = try_parks(facts, area, scheme, year)
    try:
        before = try_parks(facts, area, scheme, year - 1)
    except NotFound:
        return now
    return replace(now, before=before.found)


def try_parks(facts: FactsSeen, area: Area, scheme: Scheme, year: int) -> ParkAnswer:
    """Try a scheme on all parks of an area in one year."""
    lists = IndustryLists(facts.codes, scheme.says.edition)
    parks = parks_of_year(facts, area, scheme.says, year)
    found = identify(scheme, area, year, parks.subjects, parks.means, lists)
    return ParkAnswer(found, parks, lists)


def _head(found: Identified, before: Identified | None, lists: IndustryLists) -> dict[str, Any]:
    says = found.scheme.says
    apart = None if before is None else compare(found.catalogue, before.catalogue)
    return {
        "scheme": found.scheme.name,
        "label": says.label.zh,
        "status": says.status,
        "region": found.area.code,
        "region_name": found.area.name,
        "year": found.year,
        "in_all": len(found.subjects),
        "eligible": len(found.catalogue),
        "unknown": len(found.unknown),
        "catalogue": list(found.catalogue),
        "entries": None if apart is None else apart["only_first"],
        "exits": None if apart is None else apart["only_second"],
        "changes": [asdict(change) for change in changes(found, lists)],
        "goals": None if says.goals is None else says.goals.model_dump(),
        "remarks": [asdict(remark) for remark in found.subjects.remarks],
    }


def _titles(subjects: Subjects, place: int) -> list[str]:
    """Titles held at the end of the year: by the lists, and by the register where no list speaks of them."""
    told = subjects.titles[place] or frozenset()
    known = subjects.recognised[place] if subjects.recognised else {}
    return sorted({title for title, held in known.items() if held} | (told - known.keys()))


def _counted(values: Sequence[str]) -> Mapping[str, int]:
    return {value or "none": values.count(value) for value in dict.fromkeys(values)}
