# SPDX-License-Identifier: Apache-2.0
"""The history of divisions hangs together: every former unit leads to present ones."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from zhihang.derivation.places.gazetteer import read_gazetteer
from zhihang.facts.codelist import CodeLists

GAZETTEER = read_gazetteer(CodeLists())


def test_every_former_unit_leads_to_one_of_today():
    former = [unit for unit in GAZETTEER.units if unit.until < date.max]
    assert len(former) > 800
    for unit in former:
        assert GAZETTEER.after(unit), unit
        now = GAZETTEER.now(unit)
        assert now, unit
        assert now.until == date.max, unit


def test_every_unit_of_today_had_a_code_at_the_end_of_1999():
    for unit in GAZETTEER.units:
        if unit.until == date.max:
            then = GAZETTEER.on(unit, date(1999, 12, 31))
            assert then, unit
            assert then.code[:2] == unit.code[:2]


def test_no_code_stands_for_two_units_on_a_day_outside_years_of_change():
    by_code: dict[str, list[tuple[date, date]]] = {}
    for unit in GAZETTEER.units:
        by_code.setdefault(unit.code, []).append((unit.since, unit.until))
    for code, spans in by_code.items():
        for before, after in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert after[0].year >= before[1].year, code


def test_the_units_of_2010_are_those_of_the_census(shared: Path):
    # The census counted on 1 November; seven units changed in that year, before or after. Names that differ are
    # slips of the yearbook (巿 for 市) and two districts whose codes it exchanges.
    day = date(2010, 11, 1)
    with (shared / "data/reference/population_census_county.csv").open(encoding="utf-8") as stream:
        counted = {
            row["code"]
            for row in csv.DictReader(stream)
            if row["census_year"] == "2010" and row["code"] and row["level"] in ("county", "prefecture")
        }
    ours = {unit.code for unit in GAZETTEER.units if unit.holds_on(day)}
    assert counted - ours == set()
    mainland = {code for code in ours - counted if not code.endswith("0000") and code < "71"}
    assert len(mainland) < 25
