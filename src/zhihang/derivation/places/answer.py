# SPDX-License-Identifier: Apache-2.0
"""Say a place with the code of a day: former and later codes, several places of one name, what there is to remark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhihang.derivation.places.evidence import Answer, Finding
from zhihang.derivation.places.gazetteer import OLDEST_LIST, Gazetteer, Unit

ALONE = "county named without city or province; no other bears the name"
_OF_COUNTRY = 0.95
_SHOWN = 4


def answer_on(finding: Finding, day: date | None, gazetteer: Gazetteer) -> Answer:
    """Say a place with the code of the day."""
    zone, zone_code = (finding.zone.name, finding.zone.code) if finding.zone else (None, None)
    if finding.state or not finding.units:
        return _without_division(finding)
    unit, written, notes = _on_day(finding, day, gazetteer)
    now = gazetteer.now(written) if written else None
    if unit and now and now.level != unit.level and now.code != unit.code:
        finer = len(now.code.rstrip("0")) > len(unit.code.rstrip("0"))
        notes.append(f"today {now.name}" if finer else f"today in several divisions of {now.name}")
    return Answer(
        unit.code if unit else None,
        now.code if now else None,
        unit.level if unit else None,
        zone,
        zone_code,
        finding.country,
        finding.method,
        round(finding.certainty, 3) if unit else None,
        "; ".join(notes),
    )


def _on_day(
    finding: Finding, day: date | None, gazetteer: Gazetteer
) -> tuple[Unit | None, Unit | None, list[str]]:
    """Return the unit of the day, the unit as written, and remarks."""
    when = day or date.max
    notes = list(finding.notes)
    meant = tuple(unit for unit in finding.units if unit.holds_on(when)) or finding.units
    if len({unit.level for unit in finding.units}) > len({unit.level for unit in meant}):
        notes.append(f"{meant[0].name} was a {meant[0].level} on that day")
    held = {unit: found for unit in meant if (found := gazetteer.on(unit, when))}
    if (
        len({gazetteer.now(unit) for unit in held}) == 1
    ):  # one place under two codes, both in force in a year of change
        held = dict([max(held.items(), key=lambda each: each[0].since)])
    different = {found.code: found for found in held.values()}
    if len(different) > 1:
        listed = sorted(different.values(), key=lambda u: u.code)[:_SHOWN]
        shown = ", ".join(map(gazetteer.path, listed))
        more = f" and {len(different) - _SHOWN} more" if len(different) > _SHOWN else ""
        notes = [*plain(notes), f"ambiguous: {shown}{more}"]
        shared = _shared(list(different.values()), gazetteer, when)
        return shared, shared, notes
    if not held:
        return None, None, [*notes, "no division of that day can be told"]
    written, unit = next(iter(held.items()))
    if unit.level != written.level:
        notes.append(f"{written.name} ({written.code}) is not one division on that day")
    elif unit.name != written.name:
        notes.append(f"written as {written.name}, on that day {unit.name}")
    if day is None:
        notes.append("no date: code of today")
    elif day < OLDEST_LIST:
        notes.append("no list before the end of 1999: code of that list")
    return unit, written, notes


def _shared(units: Sequence[Unit], gazetteer: Gazetteer, day: date) -> Unit | None:
    """Return the division that holds all of several: their city or province."""
    for length, ending in ((4, "00"), (2, "0000")):
        stems = {unit.code[:length] for unit in units}
        if len(stems) == 1 and (higher := gazetteer.coded(stems.pop() + ending, day)):
            return gazetteer.on(higher, day)
    return None


def plain(notes: Sequence[str]) -> tuple[str, ...]:
    """Return notes without the one that no other place bears the name."""
    return tuple(note for note in notes if note != ALONE)


def _without_division(finding: Finding) -> Answer:
    """Answer for another country, or where nothing tells the division."""
    known = finding.country is not None
    state = finding.state
    return Answer(
        region=state,
        region_now=state,
        level="state" if state else None,
        zone=finding.zone.name if finding.zone else None,
        zone_code=None,
        country=finding.country,
        method=finding.method if finding.method != "none" else ("columns" if known else "none"),
        confidence=finding.certainty or (_OF_COUNTRY if known else None),
        reason="; ".join(finding.notes) or "nothing tells the place",
    )
