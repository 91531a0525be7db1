# SPDX-License-Identifier: Apache-2.0
"""The industries of an area and year identified, with last year's list, shares, profile and how sure it is: plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np

from zhihang.intensity.condition import TRUE, UNKNOWN
from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.identify import Identified, compare, identify, value_of
from zhihang.intensity.industries import IndustryFacts, IndustryYear
from zhihang.intensity.profile import Profile, Share, profiles, share_of
from zhihang.intensity.scheme import Scheme
from zhihang.intensity.sensitivity import Intervals, changes, intervals
from zhihang.intensity.subjects import Remark

_AT_ONCE = 2
_OUT, _VALUE = "gross_output", "value_added"


@dataclass(frozen=True)
class IndustryAnswer:
    """A scheme tried on the industries of an area for a year and the year before."""

    found: Identified
    before: Identified
    made: IndustryYear
    sure: Intervals
    facts: IndustryFacts

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What must be told beside the result."""
        return (*self.found.subjects.remarks, *_remarks(self))

    def rows(self) -> list[dict[str, Any]]:
        """One row for each industry, by rank."""
        shares = {figure: share_of(self.found, self.made.economy, figure) for figure in (_OUT, _VALUE)}
        stability = self.sure.stability(self.found.state)
        return [self._row(rank, place, stability, shares) for rank, place in enumerate(self.found.order, 1)]

    def _row(
        self, rank: int, place: int, stability: np.ndarray[Any, Any], shares: Mapping[str, Share]
    ) -> dict[str, Any]:
        subjects, state = self.found.subjects, self.found.state[place]
        low, high = value_of(self.sure.low, place), value_of(self.sure.high, place)
        return {
            "rank": rank,
            "industry": subjects.ids[place],
            "name": subjects.names[place],
            "in_catalogue": None if state == UNKNOWN else bool(state == TRUE),
            "was_in_catalogue": subjects.ids[place] in self.before.catalogue,
            "intensity": value_of(subjects.measure("intensity"), place),
            "interval": None if low is None or high is None else [low, high],
            "scale": value_of(subjects.measure("patents"), place),
            "employment": value_of(subjects.measure("employment"), place),
            "stability": None if state == UNKNOWN else float(stability[place]),
            "chance_in": None if state == UNKNOWN else float(self.sure.chance_in[place]),
            "output_share": _part(subjects.measure(_OUT)[place], shares[_OUT].whole),
            "value_added_share": _part(subjects.measure(_VALUE)[place], shares[_VALUE].whole),
            "missing": self.found.missing(place),
            "conditions": self.found.conditions(place),
        }

    def summary(self) -> dict[str, Any]:
        """Everything about the list as a whole."""
        says, apart = self.found.scheme.says, compare(self.found.catalogue, self.before.catalogue)
        inside, outside = profiles(self.found)
        return {
            "scheme": self.found.scheme.name,
            "label": says.label.zh,
            "status": says.status,
            "region": self.found.area.code,
            "region_name": self.found.area.name,
            "year": self.found.year,
            "edition": says.edition,
            "level": says.level,
            "patents": {**says.patents.model_dump(), "years": list(self.made.window)},
            "mean": {"taken": f"{says.mean.kind} over {says.mean.over}", **_known(self.found.means)},
            "catalogue": list(self.found.catalogue),
            "entries": apart["only_first"],
            "exits": apart["only_second"],
            "unknown": list(self.found.unknown),
            "gross_output": _share(share_of(self.found, self.made.economy, _OUT)),
            "value_added": _share(share_of(self.found, self.made.economy, _VALUE)),
            "profile": {"intensive": _profile(inside), "others": _profile(outside)},
            "unallocated": {
                "no_industry": self.made.unallocated,
                "coarser_than_level": self.made.coarse,
                "other_sections": self.made.outside,
            },
            "changes": [asdict(change) for change in changes(self.found, self.facts.lists)],
            "goals": _goals(self),
            "scope": self.made.economy.scope,
            "remarks": [asdict(remark) for remark in self.remarks],
        }


def answer(
    facts: FactsSeen, area: Area, scheme: Scheme, year: int, *, draws: int = 200, seed: int = 1
) -> IndustryAnswer:
    """Identify the industries of an area and year, and those of the year before for entries and exits."""
    (found,) = answers(facts, [area], scheme, [year], draws=draws, seed=seed)
    return found


def answers(
    facts: FactsSeen,
    areas: Sequence[Area],
    scheme: Scheme,
    years: Sequence[int],
    *,
    draws: int = 200,
    seed: int = 1,
) -> Iterator[IndustryAnswer]:
    """Identify the industries of several areas in several years, each against the year before; tables are read once."""
    read = IndustryFacts.read_all(
        facts, areas, scheme.says, sorted({at for year in years for at in (year - 1, year)})
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:  # numpy lets other threads work while it draws and sums
        for area in areas:
            held = read[area.code]
            made = {at: held.of_year(at) for at in sorted({at for year in years for at in (year - 1, year)})}
            found = {
                at: identify(scheme, area, at, each.subjects, each.means, held.lists)
                for at, each in made.items()
            }
            draw = partial(intervals, lists=held.lists, draws=draws, seed=seed)
            drawn = pool.map(draw, [found[year] for year in years], [made[year] for year in years])
            for year, sure in zip(years, drawn, strict=True):
                yield IndustryAnswer(found[year], found[year - 1], made[year], sure, held)


def _remarks(one: IndustryAnswer) -> list[Remark]:
    made, says = one.made, one.found.scheme.says
    told = []
    if not len(one.found.subjects):
        told.append(Remark("industries", "neither patents nor statistics of industries are known for this"))
    elif not one.found.catalogue:
        told.append(
            Remark(
                "catalogue",
                "no industry meets the scheme; the search for thresholds says what would give some",
            )
        )
    if made.coarse > 0:
        text = f"{made.coarse:,.1f} patents are known only at a coarser level than {says.level}: they count nowhere"
        told.append(Remark("coarse", text))
    if made.unallocated > 0:
        told.append(
            Remark("unallocated", f"{made.unallocated:,.1f} patents have no industry: they count nowhere")
        )
    if says.patents.assigned_by == "concordance":
        text = "industries of patents rest on the concordance in the store; the one that comes with the program is our own"
        told.append(Remark("concordance", text))
    if says.status != "official":
        told.append(
            Remark(
                "scheme", f"{says.status.replace('_', ' ')}: {says.note or 'see the notes of the conditions'}"
            )
        )
    return told


def _part(value: float, whole: float) -> float | None:
    return float(value / whole) if whole > 0 and not np.isnan(value) else None


def _share(share: Share) -> dict[str, Any]:
    known = {
        "held": share.held,
        "whole": None if np.isnan(share.whole) else share.whole,
        "share": share.share,
    }
    return {**known, "known_of": share.known_of, "members": share.members}


def _profile(profile: Profile) -> dict[str, Any]:
    return _known(asdict(profile))


def _known(values: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else float(value) for name, value in values.items()}


def _goals(one: IndustryAnswer) -> dict[str, Any] | None:
    goals = one.found.scheme.says.goals
    if goals is None:
        return None
    share = share_of(one.found, one.made.economy, _OUT).share
    return {**goals.model_dump(), "count_reached": len(one.found.catalogue), "output_share_reached": share}
