# SPDX-License-Identifier: Apache-2.0
"""The patents a study works on: families or applications of the store, with all that is computed from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from zhihang.methods.segmentation import fold, is_wide

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.store.snapshot import Snapshot

Level = Literal["family", "application"]
_ENDED = frozenset({"lapsed", "expired", "invalidated", "abandoned", "withdrawn", "refused", "ended"})
_BEST = ("in_force", "pending", "ended", "unknown")
_ABROAD = ("WO", "EP", "EA", "AP", "OA")
"""Offices of several countries: no country of origin."""
_OFFICE = re.compile(r"^[A-Z]{2}")
FIGURES: Mapping[str, str] = {
    "简单同族被引用专利总数": "cited",
    "被引用专利数量": "cited",
    "Cited Count": "cited",
    "Cited by Patent Count": "cited",
    "诉讼案件数": "lawsuits",
    "简单同族专利申请数量": "family_size",
    "Simple Family Size": "family_size",
}
"""Figures that vendors print on a patent, and what they are; the largest of several counts."""


@dataclass(slots=True)
class Patent:
    """One family or application.

    `country` is that of the first holder, else of the earliest priority, else of the only office it was filed at; `state`
    counts only what has evidence. `inventors` and `holders` are standard names.
    """

    unit: str
    applications: list[str] = field(default_factory=list)
    number: str = ""
    title: str = ""
    text: str = ""
    text_en: str = ""
    abstract: bool = False
    filed: date | None = None
    granted: date | None = None
    priority: date | None = None
    published: date | None = None
    kind: str = ""
    offices: set[str] = field(default_factory=set)
    country: str = ""
    country_from: str = ""
    region: str = ""
    holders: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    state: str = "unknown"
    symbols: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    claims: int = 0
    cited: int = 0
    pledged: bool = False
    nodes: tuple[str, ...] = ()
    ruled: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    found_by: str = "query"
    score: float | None = None

    @property
    def year(self) -> int | None:
        """Year of filing."""
        return self.filed.year if self.filed else None

    @property
    def groups(self) -> set[str]:
        """Main groups of its symbols (B64C27)."""
        return {one.split("/")[0] for one in self.symbols if "/" in one}

    def held_in(self, place: str) -> bool:
        """Whether the first holder sits in a place: a country of two letters, or a division's code."""
        return within(place, self.country, self.region)


def within(place: str, country: str, region: str) -> bool:
    """Whether a country and division lie in a place; everything lies in the world.

    >>> within("320000", "CN", "320600"), within("320600", "CN", "320100"), within("CN", "CN", "")
    (True, False, True)
    """
    if not place or place == "world":
        return True
    if len(place) == 2:
        return country == place
    return region.startswith(place.rstrip("0") if len(place.rstrip("0")) > 1 else place[:2])


def load(snapshot: Snapshot, applications: Iterable[str], level: Level, at: date) -> list[Patent]:
    """Read the patents of applications from the store, states as on a day; families come with all their members."""
    reading = _Reading(snapshot, sorted(set(applications)), level)
    reading.read(at)
    return reading.patents()


class _Reading:
    """One reading of the store: rows of each table are handed to the patents they belong to."""

    def __init__(self, snapshot: Snapshot, applications: Sequence[str], level: Level) -> None:
        self.snapshot = snapshot
        self.of: dict[str, Patent] = {}
        self.units: dict[str, Patent] = {}
        self.wanted = self._widened(applications, level)

    def _widened(self, applications: Sequence[str], level: Level) -> ir.Table:
        chosen = self._values(applications)
        if level == "family":
            family = self.snapshot.table("family").select("application_id", "family_id")
            families = family.semi_join(chosen, "application_id").select("family_id").distinct()
            pairs = self._rows(family.semi_join(families, "family_id"), "application_id", "family_id")
            for application, unit in pairs:
                self._add(application, unit)
        for application in applications:
            if application not in self.of:
                self._add(application, application)
        return self._values(sorted(self.of))

    def _values(self, applications: Sequence[str]) -> ir.Table:
        import pyarrow as pa

        return self.snapshot.engine.values(pa.table({"application_id": pa.array(applications, pa.string())}))

    def _add(self, application: str, unit: str) -> None:
        patent = self.units.setdefault(unit, Patent(unit))
        patent.applications.append(application)
        self.of[application] = patent

    def _table(self, name: str) -> ir.Table:
        return self.snapshot.table(name).semi_join(self.wanted, "application_id")

    def _rows(self, rows: ir.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
        found = self.snapshot.engine.collect(rows.select(*columns))
        return zip(*(found[name].to_pylist() for name in columns), strict=True)

    def read(self, at: date) -> None:
        """Read table after table."""
        self._applications()
        self._texts()
        self._parties()
        self._symbols()
        self._priorities()
        self._members()
        self._figures()
        self._states(at)
        self._publications()

    def _applications(self) -> None:
        first: dict[str, tuple[date, str]] = {}
        rows = self._rows(
            self._table("application"), "application_id", "office", "kind", "filing_date", "grant_date"
        )
        for application, office, kind, filed, granted in rows:
            patent = self.of[application]
            if office:
                patent.offices.add(office)
            rank = (filed or date.max, application)
            if patent.unit not in first or rank < first[patent.unit]:
                first[patent.unit] = rank
                patent.filed, patent.kind, patent.number = filed, kind or "", application
            if granted and (patent.granted is None or granted < patent.granted):
                patent.granted = granted
        columns = ("application_id", "country", "region", "pledged")
        for application, country, region, pledged in self._rows(self._table("patent"), *columns):
            patent = self.of[application]
            if country and not patent.country:
                patent.country, patent.country_from = country, "holder"
            patent.region = patent.region or region or ""
            patent.pledged = patent.pledged or bool(pledged)

    def _texts(self) -> None:
        rows = self._table("text")
        rows = rows.filter(rows.part.isin(["title", "abstract", "novelty"])).distinct()
        rows = rows.group_by("application_id", "part", "language").aggregate(text=rows.text.max())
        held: dict[str, dict[tuple[str, str], str]] = {}
        for application, part, language, text in self._rows(
            rows, "application_id", "part", "language", "text"
        ):
            if text:
                script = language or ("zh" if is_wide(text) else "en")
                unit = self.of[application].unit
                held.setdefault(unit, {}).setdefault((part, script), " ".join(text.split()))
        for unit, parts in held.items():
            self._told(self.units[unit], parts)

    @staticmethod
    def _told(patent: Patent, parts: Mapping[tuple[str, str], str]) -> None:
        languages = [*(one for one in ("zh", "en")), *sorted({one for _, one in parts} - {"zh", "en"})]
        titles = {one: parts[("title", one)] for one in languages if ("title", one) in parts}
        abstracts = {
            one: parts.get(("abstract", one)) or parts.get(("novelty", one), "") for one in languages
        }
        patent.title = next(iter(titles.values()), "")
        patent.abstract = any(abstracts.values())
        wholes = {one: "\n".join(filter(None, (titles.get(one), abstracts[one]))) for one in languages}
        told = [whole for one in languages if (whole := wholes[one])]
        full = [wholes[one] for one in languages if abstracts[one]]
        patent.text = (full or told or [""])[0]
        patent.text_en = wholes.get("en", "")

    def _parties(self) -> None:
        rows = self._table("party_organisation")
        rows = rows.filter(rows.role.isin(["applicant", "assignee"]))
        names = {
            number: (name, kind, hint or "")
            for number, name, kind, hint in self._rows(
                self.snapshot.table("organisation"), "organisation_id", "name", "type", "region_hint"
            )
        }
        held: dict[str, dict[str, dict[str, tuple[str, str, str]]]] = {}
        columns = ("application_id", "role", "sequence", "organisation_id", "name", "type")
        for application, role, _, number, name, kind in sorted(
            self._rows(rows, *columns), key=lambda row: (row[0], row[1], row[2] or 0)
        ):
            shown, own, hint = names.get(number, (name, kind, ""))
            if shown:
                roles = held.setdefault(self.of[application].unit, {})
                roles.setdefault(role, {}).setdefault(
                    number or shown, (shown, own or kind or "unknown", hint)
                )
        for unit, roles in held.items():
            self._held(self.units[unit], roles)
        people = self._table("party")
        people = people.filter(people.role == "inventor")
        found: dict[str, dict[str, None]] = {}
        for application, _, name in sorted(
            self._rows(people, "application_id", "sequence", "name"), key=lambda row: (row[0], row[1] or 0)
        ):
            if name:
                found.setdefault(self.of[application].unit, {}).setdefault(name.strip())
        for unit, named in found.items():
            self.units[unit].inventors = tuple(named)

    @staticmethod
    def _held(patent: Patent, roles: Mapping[str, Mapping[str, tuple[str, str, str]]]) -> None:
        """Take present holders, else applicants; persons beside an organisation are its inventors and do not count."""
        chosen = list((roles.get("assignee") or roles.get("applicant") or {}).values())
        organisations = [one for one in chosen if one[1] != "individual"]
        kept = list({one[0]: one for one in organisations or chosen}.values())
        patent.holders = tuple(name for name, _, _ in kept)
        patent.types = tuple(kind for _, kind, _ in kept)
        patent.hints = tuple(hint for _, _, hint in kept)

    def _symbols(self) -> None:
        rows = self._table("classification")
        rows = rows.filter(rows.scheme.isin(["ipc", "cpc"])).select("application_id", "symbol").distinct()
        seen: dict[str, set[str]] = {}
        for application, symbol in sorted(self._rows(rows, "application_id", "symbol")):
            patent, compact = self.of[application], "".join((symbol or "").split()).upper()
            if compact and compact not in seen.setdefault(patent.unit, set()):
                seen[patent.unit].add(compact)
                patent.symbols.append(compact)

    def _priorities(self) -> None:
        earliest: dict[str, tuple[date, str]] = {}
        for application, office, day in self._rows(
            self._table("priority"), "application_id", "office", "priority_date"
        ):
            rank, unit = (day or date.max, office or ""), self.of[application].unit
            if unit not in earliest or rank < earliest[unit]:
                earliest[unit] = rank
        for unit, patent in self.units.items():
            day, office = earliest.get(unit, (date.max, ""))
            patent.priority = day if day != date.max else None
            if not patent.country and office and office not in _ABROAD:
                patent.country, patent.country_from = office, "priority"
            own = sorted(patent.offices - set(_ABROAD))
            if not patent.country and len(own) == 1:
                patent.country, patent.country_from = own[0], "office"

    def _members(self) -> None:
        rows = self._table("family_member")
        rows = rows.filter(rows.scheme != "inpadoc")
        for application, member in self._rows(rows, "application_id", "member_publication_id"):
            office = _OFFICE.match(member or "")
            if office:
                self.of[application].offices.add(office[0])

    def _figures(self) -> None:
        rows = self._table("attribute")
        rows = rows.filter(rows.name.isin(list(FIGURES)))
        for application, name, value in self._rows(rows, "application_id", "name", "value"):
            patent, means = self.of[application], FIGURES[name]
            try:
                number = float(value or "")
            except ValueError:
                continue
            patent.figures[means] = max(patent.figures.get(means, 0.0), number)
        claims = self._table("claim")
        counted = claims.group_by("application_id").aggregate(most=claims.number.max())
        for application, most in self._rows(counted, "application_id", "most"):
            self.of[application].claims = max(self.of[application].claims, int(most or 0))
        for patent in self.units.values():
            patent.cited = int(patent.figures.get("cited", 0))

    def _states(self, at: date) -> None:
        rows = self._table("right_state")
        now = (rows.valid_from.isnull() | (rows.valid_from <= at)) & (
            rows.valid_to.isnull() | (rows.valid_to > at)
        )
        for application, state, evidence in self._rows(
            rows.filter(now), "application_id", "state", "evidence"
        ):
            patent = self.of[application]
            told = "unknown" if evidence == "assumed" else "ended" if state in _ENDED else str(state)
            if told in _BEST and _BEST.index(told) < _BEST.index(patent.state):
                patent.state = told

    def _publications(self) -> None:
        last: dict[str, str] = {}
        columns = ("application_id", "publication_id", "publication_date")
        for application, publication, day in self._rows(self._table("publication"), *columns):
            last[application] = max(last.get(application, ""), publication or "")
            patent = self.of[application]
            if day and (patent.published is None or day < patent.published):
                patent.published = day
        for patent in self.units.values():
            patent.number = last.get(patent.number) or patent.number or patent.unit

    def patents(self) -> list[Patent]:
        """Return the patents in the order of their ids."""
        return [self.units[unit] for unit in sorted(self.units)]


def folded(patent: Patent) -> str:
    """Text of a patent in all languages as it is looked through: simplified, half width, lower case."""
    parts = dict.fromkeys((patent.title, patent.text, patent.text_en))
    return fold("\n".join(part for part in parts if part))
