# SPDX-License-Identifier: Apache-2.0
"""The desk for patent-intensive industries, enterprises and parks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from zhihang.intensity.facts_seen import Area, FactsSeen
    from zhihang.intensity.firm_answer import FirmAnswer, ParkAnswer
    from zhihang.intensity.holders import Watched
    from zhihang.intensity.identify import Identified
    from zhihang.intensity.industry_answer import IndustryAnswer
    from zhihang.intensity.scheme import Schemes, Subject

NATION = "000000"


@dataclass(frozen=True)
class IntensityDesk:
    """Identification in one workspace."""

    room: Room

    @property
    def schemes(self) -> Schemes:
        """Schemes of the workspace and of the package."""
        from zhihang.intensity.scheme import Schemes

        own = self.room.folder / "schemes"
        return Schemes((own,) if own.is_dir() else ())

    def listed(self, subject: Subject | None = None) -> list[dict[str, Any]]:
        """Return a row for each scheme."""
        names = self.schemes.names(subject)
        return [
            {
                "scheme": one.name,
                "subject": one.says.subject,
                "label": one.says.label.zh,
                "label_en": one.says.label.en,
                "status": one.says.status,
                "level": one.says.level if one.says.subject == "industry" else None,
                "conditions": ", ".join(condition.name for condition in one.says.conditions),
            }
            for one in (self.schemes[name] for name in names)
        ]

    def industries(self, region: str, year: int, scheme: str, *, draws: int = 200) -> IndustryAnswer:
        """Identify the patent-intensive industries of a region and year."""
        from zhihang.intensity.industry_answer import answer

        made = self.schemes.of(scheme, "industry")
        return answer(self.facts(), self.area(region), made, year, draws=draws)

    def industries_of(
        self, region: str, years: Sequence[int], scheme: str, *, level: str = "county", draws: int = 200
    ) -> Iterator[IndustryAnswer]:
        """Identify the industries of every county (or city) of a region in several years; tables are read once."""
        from zhihang.intensity.facts_seen import Area
        from zhihang.intensity.industry_answer import answers
        from zhihang.measurement.place import Places

        whole = self.area(region)
        inside = [
            code.code
            for code in self.room.codes["region"]
            if code.details["level"] == level and whole.holds(code.code)
        ]
        if not inside:
            raise NotFound(f"{whole.name} has no divisions of the level {level}.", todo="city or county")
        places = [Places(self.room.codes).find(code) for code in inside]
        areas = [Area(place.code, place.zh, place.prefixes) for place in places]
        return answers(self.facts(), areas, self.schemes.of(scheme, "industry"), years, draws=draws)

    def concordance(self, path: Path, region: str, year: int, scheme: str) -> dict[str, Any]:
        """Return what another concordance of classes and industries would change in a list."""
        from zhihang.desks.other_concordance import with_concordance
        from zhihang.intensity.identify import compare
        from zhihang.intensity.industry_answer import answer

        made, area, facts = self.schemes.of(scheme, "industry"), self.area(region), self.facts()
        changed = with_concordance(self.room, facts, path)
        present, other = (answer(seen, area, made, year, draws=1) for seen in (facts, changed))
        apart = compare(present.found.catalogue, other.found.catalogue)
        rows = {row["industry"]: row for row in present.rows()}
        return {
            "scheme": scheme,
            "stay": apart["both"],
            "leave": apart["only_first"],
            "enter": apart["only_second"],
            "unallocated": [present.made.unallocated, other.made.unallocated],
            "industries": [
                {
                    "industry": row["industry"],
                    "name": row["name"],
                    "present": rows.get(row["industry"], {}).get("scale"),
                    "other": row["scale"],
                    "in_present": rows.get(row["industry"], {}).get("in_catalogue"),
                    "in_other": row["in_catalogue"],
                }
                for row in other.rows()
            ],
        }

    def compare(self, one: str, other: str, region: str, year: int) -> dict[str, Any]:
        """Return which industries two schemes agree on, and what each says of the others."""
        from zhihang.intensity.identify import compare

        first, second = (self.industries(region, year, name, draws=1) for name in (one, other))
        return {
            "schemes": [one, other],
            "levels": [answer.found.scheme.says.level for answer in (first, second)],
            **compare(first.found.catalogue, second.found.catalogue),
            "names": {
                code: name
                for answer in (first, second)
                for code, name in zip(answer.found.subjects.ids, answer.found.subjects.names, strict=True)
                if code in answer.found.catalogue
            },
        }

    def enterprises(self, region: str, year: int | None, scheme: str) -> FirmAnswer:
        """Try a scheme on all firms of a region."""
        from zhihang.intensity.firm_answer import recognise

        made = self.schemes.of(scheme, "enterprise")
        return recognise(self.facts(), self.area(region), made, self._year(year, "enterprise"))

    def thresholds(
        self, subject: Subject, target: int, region: str, year: int | None, scheme: str
    ) -> dict[str, Any]:
        """Return which thresholds of a scheme give about `target` industries, enterprises or parks."""
        from zhihang.intensity.threshold import search

        return search(self._identified(subject, region, year, scheme), target)

    def with_bounds(
        self, subject: Subject, bounds: Mapping[str, float], region: str, year: int | None, scheme: str
    ) -> dict[str, Any]:
        """Return how many meet a scheme whose bounds are moved, and who comes in and goes out by that."""
        from zhihang.intensity.threshold import with_bounds

        return with_bounds(self._identified(subject, region, year, scheme), bounds)

    def _identified(self, subject: Subject, region: str, year: int | None, scheme: str) -> Identified:
        if subject == "industry":
            return self.industries(region, self._year(year, "industry_year"), scheme, draws=1).found
        if subject == "enterprise":
            return self.enterprises(region, year, scheme).found
        return self.parks(region, year, scheme).found

    def newest_year(self, subject: Subject, day: date) -> int | None:
        """Return the newest year up to that of a day of which the store knows such subjects, else the first after it."""
        tables = {"industry": "industry_year", "enterprise": "enterprise", "park": "park"}
        rows = self.room.store.table(tables[subject])
        found = self.room.store.collect(rows.select("year").distinct())["year"].to_pylist()
        years = sorted(int(year) for year in found if year is not None)
        return max((year for year in years if year <= day.year), default=years[0] if years else None)

    def first_patent(self, region: str, year: int | None) -> list[dict[str, Any]]:
        """Return firms above designated size that hold no invention, the likeliest to file first."""
        from zhihang.intensity.first_patent import first_patent

        return first_patent(self.facts(), self.area(region), self._year(year, "enterprise"))

    def first_filing(self, region: str, year: int | None) -> list[dict[str, Any]]:
        """Return firms below designated size that have filed nothing yet, the likeliest to file first."""
        from zhihang.intensity.first_patent import first_filing

        return first_filing(self.facts(), self.area(region), self._year(year, "enterprise"))

    def watch(
        self, region: str, at: date, *, months: int = 12, levels: Sequence[int] = (100, 50, 1)
    ) -> list[Watched]:
        """Return holders about to cross a number of inventions in force, with the fees that decide."""
        from zhihang.intensity.holders import watch

        return watch(self.facts(), self.area(region), at, months=months, levels=levels)

    def titles(self, region: str, on: date, title: str | None = None) -> list[dict[str, Any]]:
        """Return the titles on lists of recognised enterprises as they stand on a day."""
        from zhihang.intensity.recognition import recognitions_on

        known = self.room.codes["enterprise_title"]
        if title is not None and title not in known:
            found = known.find(title)
            if found is None:
                names = [code.code for code in known]
                raise NotFound.named("title", title, names, see="zhihang show codelist enterprise_title")
            title = found.code
        return recognitions_on(self.facts(), self.area(region), on, title)

    def parks(self, region: str, year: int | None, scheme: str) -> ParkAnswer:
        """Try a scheme on all parks of a region."""
        from zhihang.intensity.firm_answer import recognise_parks

        made = self.schemes.of(scheme, "park")
        return recognise_parks(self.facts(), self.area(region), made, self._year(year, "park"))

    def parks_now(self, region: str, year: int | None, scheme: str) -> tuple[FactsSeen, ParkAnswer]:
        """Try a scheme on all parks of a region in one year; return also what the answer was computed from."""
        from zhihang.intensity.firm_answer import try_parks

        made, facts = self.schemes.of(scheme, "park"), self.facts()
        return facts, try_parks(facts, self.area(region), made, self._year(year, "park"))

    def write_template(self, form: str, to: Path) -> Path:
        """Write the workbook to fill in for firms, industries or parks; return its path."""
        from zhihang.reporting.write_template import write_template

        return write_template(form, to, self.room.codes)

    def simulated(self) -> bool:
        """Whether any economic figure of the store is simulated."""
        store = self.room.store
        files = store.table("file")
        invented = files.filter(files.simulated).select("file_id")
        return any(
            store.collect(store.table(name).semi_join(invented, "file_id").limit(1)).num_rows
            for name in ("enterprise", "industry_year", "application")
        )

    def facts(self) -> FactsSeen:
        """What identifications look at."""
        from zhihang.intensity.facts_seen import FactsSeen

        store = self.room.store
        return FactsSeen(cache(store.table), store.collect, self.room.codes, store.engine.values)

    def area(self, region: str) -> Area:
        """The area of a code or name."""
        from zhihang.intensity.facts_seen import Area
        from zhihang.measurement.place import Places

        place = Places(self.room.codes).find(region)
        return Area(place.code, place.zh, place.prefixes)

    def _year(self, year: int | None, table: str) -> int:
        """The year asked for, else the newest of a table."""
        if year is not None:
            return year
        rows = self.room.store.table(table)
        newest = self.room.store.collect(rows.aggregate(year=rows.year.max())).to_pylist()[0]["year"]
        if newest is None:
            raise NotFound(
                f"The store holds no rows of table {table}.",
                todo=f"zhihang template {table} --to {table}.xlsx, fill it in, zhihang ingest {table}.xlsx",
            )
        return int(newest)
