# SPDX-License-Identifier: Apache-2.0
"""The desk for parks: the profile of one, several beside each other, readiness, co-applications, the fact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zhihang.desks.intensity import NATION, IntensityDesk
from zhihang.desks.room import Room

if TYPE_CHECKING:
    from zhihang.intensity.facts_seen import FactsSeen
    from zhihang.intensity.firm_answer import ParkAnswer
    from zhihang.intensity.park_counts import By
    from zhihang.intensity.park_profile import ParkQuestion
    from zhihang.intensity.park_structure import Against
    from zhihang.methods.relatedness import Normalisation

Measure = Literal["grants", "filings", "stock"]
ELIGIBILITY, TARGETS = "experimental_zone", "experimental_zone_targets"


@dataclass(frozen=True)
class ParksDesk:
    """Parks of one workspace."""

    room: Room

    def question(
        self,
        *,
        by: By = "field",
        measure: Measure = "grants",
        kinds: Sequence[str] = ("invention", "utility_model"),
        years: int = 10,
        window: int = 3,
        against: Against = "area",
        least: float = 3.0,
        relatedness: Normalisation = "probability",
    ) -> ParkQuestion:
        """Say what to count and how to compute the structure of parks."""
        from zhihang.intensity.park_profile import ParkQuestion
        from zhihang.intensity.park_structure import Rules
        from zhihang.intensity.scheme import Patents

        counted = Patents.model_validate({"kinds": list(kinds), "measure": measure, "holders": "all"})
        width = 1 if measure == "stock" else window
        return ParkQuestion(by, counted, years, Rules(width, against, least, relatedness))

    def profile(
        self,
        park: str,
        question: ParkQuestion,
        *,
        region: str = NATION,
        year: int | None = None,
        scheme: str = ELIGIBILITY,
    ) -> dict[str, Any]:
        """Return everything that is told of one park."""
        from zhihang.intensity.park_profile import ParkFigures, network_data
        from zhihang.intensity.readiness import readiness

        facts, answer = self.look(region, year, scheme)
        place = answer.parks.place(park)
        figures = ParkFigures.read(facts, answer, question, [place])
        (row,) = (one for one in answer.rows() if one["park"] == park)
        (ready,) = (one for one in readiness(answer) if one["park"] == park)
        residents = answer.parks.residents
        return {
            **row,
            "region_name": self._region_name(row["region"]),
            "year": answer.found.year,
            "scheme": scheme,
            "simulated": _simulated(facts, answer),
            "settings": figures.settings(),
            "readiness": ready,
            "members_by": _counted(
                [answer.parks.rules[at] for at, of in enumerate(answer.parks.park_of) if of == place]
            ),
            "organisations": len(residents.of(place)),
            "organisations_by": _counted([residents.rules[one] for one in residents.of(place)]),
            "years": figures.year_rows(place),
            "classes": figures.class_rows(place),
            "course": figures.course(place),
            "opportunities": figures.opportunities(place),
            "economy": figures.economy[place],
            "holders": figures.holder_rows(place, _names(facts, residents.of(place))),
            "network": network_data(figures.networks[place], answer.found.subjects.ids),
            "firms": answer.firms_in(park),
            "notes": [note.en for note in figures.notes(place)],
            "notes_zh": [note.zh for note in figures.notes(place)],
            "remarks": _remarks(answer, park),
        }

    def compare(
        self,
        parks: Sequence[str],
        question: ParkQuestion,
        *,
        region: str = NATION,
        year: int | None = None,
        rank_by: Sequence[str] = ("valid_inventions",),
    ) -> dict[str, Any]:
        """Return figures of some parks (none named: all) beside each other, ranked."""
        from zhihang.intensity.park_comparison import comparison
        from zhihang.intensity.park_profile import ParkFigures

        facts, answer = self.look(region, year)
        places = [answer.parks.place(park) for park in dict.fromkeys(parks)] or list(
            range(len(answer.parks.rows))
        )
        found = comparison(ParkFigures.read(facts, answer, question, places), places, rank_by)
        return {**found, "simulated": _simulated(facts, answer), "remarks": _remarks(answer)}

    def readiness(
        self,
        park: str | None = None,
        *,
        region: str = NATION,
        year: int | None = None,
        scheme: str = ELIGIBILITY,
    ) -> dict[str, Any]:
        """Return how far parks (or one) are from meeting a scheme, and which data are not there."""
        from zhihang.intensity.readiness import readiness

        facts, answer = self.look(region, year, scheme)
        if park is not None:
            answer.parks.place(park)
        rows = [row for row in readiness(answer) if park is None or row["park"] == park]
        says = answer.found.scheme.says
        return {
            "scheme": scheme,
            "label": says.label.zh,
            "reference": says.reference,
            "note": says.note,
            "year": answer.found.year,
            "simulated": _simulated(facts, answer),
            "parks": rows,
            "supply": sorted({one for row in rows for one in row["supply"]}),
            "remarks": _remarks(answer, park),
        }

    def network(
        self, park: str, *, region: str = NATION, year: int | None = None, years: int = 10
    ) -> dict[str, Any]:
        """Return who files together with whom: a park's organisations among themselves and with others."""
        from zhihang.intensity.park_network import networks
        from zhihang.intensity.park_profile import network_data

        facts, answer = self.look(region, year)
        place, last = answer.parks.place(park), answer.found.year
        found = networks(facts, answer.parks.residents, [place], last - years + 1, last)[place]
        return {
            "park": park,
            "first_year": last - years + 1,
            "last_year": last,
            "simulated": _simulated(facts, answer),
            **network_data(found, answer.found.subjects.ids),
        }

    def sheet(
        self,
        park: str,
        to: Path,
        question: ParkQuestion,
        *,
        region: str = NATION,
        year: int | None = None,
        kinds: Sequence[str] = ("docx", "html", "xlsx"),
        dated: date | None = None,
    ) -> list[Path]:
        """Write the fact sheet of a park into a folder; return its files."""
        from zhihang.reporting.park_sheet import park_sheet
        from zhihang.reporting.write import write_all

        profile = self.profile(park, question, region=region, year=year)
        targets = self.readiness(park, region=region, year=profile["year"], scheme=TARGETS)["parks"][0]
        day = dated or datetime.now(UTC).date()
        document = park_sheet(profile, targets, dated=day)
        return write_all(document, to, f"park-{park}-{profile['year']}", kinds)

    def look(self, region: str, year: int | None, scheme: str = ELIGIBILITY) -> tuple[FactsSeen, ParkAnswer]:
        """Return the parks of a region, tried by a scheme, and what they were computed from."""
        return IntensityDesk(self.room).parks_now(region, year, scheme)

    def _region_name(self, region: str | None) -> str:
        if not region:
            return ""
        regions = self.room.codes["region"]
        return regions[region].label.zh if region in regions else region


def _names(facts: FactsSeen, organisations: Sequence[str]) -> dict[str, str]:
    rows = facts.table("organisation")
    held = rows.filter(rows.organisation_id.isin(list(organisations))).select("organisation_id", "name")
    return {row["organisation_id"]: row["name"] for row in facts.collect(held).to_pylist()}


def _simulated(facts: FactsSeen, answer: ParkAnswer) -> bool:
    """Whether a park, a firm or a patent that the figures rest on is simulated."""
    files = facts.table("file")
    invented = set(facts.collect(files.filter(files.simulated).select("file_id"))["file_id"].to_pylist())
    if not invented:
        return False
    rows = (*answer.parks.rows, *answer.parks.firms.register)
    if any(row.get("file_id") in invented for row in rows):
        return True
    patent = facts.within(facts.table("patent"), answer.found.area)
    return bool(facts.collect(patent.filter(patent.simulated).limit(1)).num_rows)


def _remarks(answer: ParkAnswer, park: str | None = None) -> list[dict[str, str]]:
    """Remarks on the parks; of one park those that speak of it, of its firms, or of all."""
    remarks = answer.found.subjects.remarks
    if park is not None:
        others = set(answer.found.subjects.ids) - {park}
        remarks = tuple(one for one in remarks if one.subject not in others)
        firms = answer.parks.firms.subjects.ids
        of = dict(zip(firms, answer.parks.park_of.tolist(), strict=True))
        place = answer.parks.place(park)
        remarks = tuple(one for one in remarks if of.get(one.subject, place) in (place, -1))
    return [{"subject": one.subject, "text": one.text} for one in remarks]


def _counted(values: Sequence[str]) -> dict[str, int]:
    return {value: list(values).count(value) for value in dict.fromkeys(values)}
