# SPDX-License-Identifier: Apache-2.0
"""The divisions of China as they were on a day: units with the years they were in the lists, what came before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from zhihang.derivation.places.short_name import short_name
from zhihang.errors import DefinitionError

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists

OLDEST_LIST = date(1999, 12, 31)
"""Before this day no list is known; units of that day stand for earlier ones."""
LISTS = ("region", "region_alias", "region_history")
_ZONES = range(71, 80)
_FAR = 12
"""More steps than any unit took from its first to its present code."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One division under one code and one name.

    `since` and `until` are the first and last day; a list that knows only the year of a change lets the old and the
    new unit both hold through that year, so that the name an address writes decides. Each unit is made once, and
    compared by identity.
    """

    code: str
    name: str
    level: str
    since: date = date.min
    until: date = date.max
    then: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Say whether the unit was in force on a day."""
        return self.since <= day <= self.until

    @property
    def short(self) -> str:
        """The name without its kind: 桂林 for 桂林市."""
        return short_name(self.name)


@dataclass
class Gazetteer:
    """All units, present and former, and the way from one to another."""

    units: Sequence[Unit]
    exact: bool
    """Some change is dated by day; else years are enough to tell units apart."""
    zones: Sequence[tuple[str, str]]
    _by_code: Mapping[str, Sequence[Unit]] = field(init=False)
    _before: Mapping[Unit, Sequence[Unit]] = field(init=False)
    _found: dict[tuple[Unit, date], Unit | None] = field(init=False, default_factory=dict)
    _stems: dict[Unit, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_code: dict[str, list[Unit]] = {}
        for unit in self.units:
            by_code.setdefault(unit.code, []).append(unit)
        self._by_code = by_code
        before: dict[Unit, list[Unit]] = {}
        for unit in self.units:
            for later in self.after(unit):
                before.setdefault(later, []).append(unit)
            if unit.split_from:
                origins = (self._at(code, unit.since, old=True) for code in unit.split_from)
                before.setdefault(unit, []).extend(origin for origin in origins if origin)
        self._before = before

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def coded(self, code: str, day: date | None = None) -> Unit | None:
        """Return the unit of a code: the one in force on a day, else the last that bore it."""
        units = self._by_code.get(code, ())
        return next((u for u in units if day and u.holds_on(day)), units[-1] if units else None)

    def after(self, unit: Unit) -> Sequence[Unit]:
        """Return the units that took over."""
        found = (self._at(code, unit.until, old=False) for code in unit.then)
        return [later for later in found if later]

    def before(self, unit: Unit) -> Sequence[Unit]:
        """Return the units it was made from."""
        return self._before.get(unit, ())

    def on(self, unit: Unit, day: date) -> Unit | None:
        """Return the unit that stood for the same place on a day; where that is not one unit, the one above it."""
        key = (unit, day)
        if key not in self._found:
            self._found[key] = self._on(unit, day)
        return self._found[key]

    def now(self, unit: Unit) -> Unit | None:
        """Return the unit of the newest list that stands for the same place."""
        return self.on(unit, date.max)

    def above(self, unit: Unit) -> Unit | None:
        """Return the prefecture of a county, or the province where there is none; the province of a prefecture."""
        if unit.level == "province":
            return None
        higher = None if unit.level == "prefecture" else self.coded(f"{unit.code[:4]}00", unit.since)
        return higher or self.coded(f"{unit.code[:2]}0000")

    def path(self, unit: Unit) -> str:
        """Return code and full name: 450305 桂林市七星区."""
        higher = self.above(unit)
        return f"{unit.code} {higher.name if higher else ''}{unit.name}"

    def stems(self, unit: Unit) -> tuple[str, ...]:
        """Return the figures with which the codes of all units below one begin, under its former codes too."""
        if unit not in self._stems:
            self._stems[unit] = self._stems_of(unit)
        return self._stems[unit]

    def _stems_of(self, unit: Unit) -> tuple[str, ...]:
        if unit.level == "province":
            return (unit.code[:2],)
        if unit.level != "prefecture":
            return (unit.code,)
        lineage = {unit, *self.after(unit), *self.before(unit)}
        return tuple(sorted({each.code[:4] for each in lineage if each.level == "prefecture"}))

    def _at(self, code: str, day: date, *, old: bool) -> Unit | None:
        """Return the unit of a code around a change: the one that ends then or later, or the one that lasts on."""
        units = self._by_code.get(code, ())
        if old:
            return next((u for u in units if u.since < day <= u.until), None)
        return next((u for u in units if u.since.year <= day.year and u.until.year > day.year), None)

    def _on(self, unit: Unit, day: date) -> Unit | None:
        for _ in range(_FAR):
            if unit.holds_on(day):
                return unit
            near = self._before.get(unit, ()) if day < unit.since else self.after(unit)
            step = _main(unit, near)
            if step is None:
                higher = self.above(unit)
                return self.on(higher, day) if higher else None
            unit = step
        return None


def read_gazetteer(codes: CodeLists) -> Gazetteer:
    """Read the units of `region` and `region_history`."""
    former: list[Unit] = []
    starts: dict[str, Mapping[str, str]] = {}
    exact = False
    for number, row in enumerate(codes.rows("region_history"), start=2):
        exact = exact or bool(row["from_day"] or row["until_day"])
        if row["last_year"]:
            former.append(_former(number, row))
        else:
            starts[row["division"]] = row
    present, zones = [], []
    for row in codes.rows("region"):
        code, level = row["code"], row["level"]
        if level == "country" or row["placeholder"] == "1":
            continue
        if level == "county" and int(code[4:]) in _ZONES:
            zones.append((code, row["zh"]))
            continue
        start = starts.get(code)
        present.append(
            Unit(
                code,
                row["zh"],
                level,
                since=_since(start) if start else date.min,
                split_from=_codes(start["split_from"]) if start else (),
            )
        )
    units = sorted([*former, *present], key=lambda unit: (unit.code, unit.until))
    return Gazetteer(units, exact, zones)


def _former(number: int, row: Mapping[str, str]) -> Unit:
    try:
        until = (
            date.fromisoformat(row["until_day"]) if row["until_day"] else date(int(row["last_year"]), 12, 31)
        )
        since = _since(row)
    except ValueError as error:
        raise DefinitionError(
            'The code list "region_history" has a date that cannot be read.',
            {"line": number, "division": row["division"], "fault": error},
            todo="Write years as 2018 and days as 2018-07-02.",
        ) from error
    return Unit(
        row["division"], row["zh"], row["level"], since, until, _codes(row["then"]), _codes(row["split_from"])
    )


def _since(row: Mapping[str, str]) -> date:
    if row["from_day"]:
        return date.fromisoformat(row["from_day"])
    return date(int(row["first_year"]), 1, 1) if row["first_year"] else date.min


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _main(unit: Unit, near: Sequence[Unit]) -> Unit | None:
    """Return the one unit among several that stands for the same place: the only one, or the one of the same name."""
    if len(near) == 1:
        return near[0]
    same = [other for other in near if other.short == unit.short]
    return same[0] if len(same) == 1 else None
