# SPDX-License-Identifier: Apache-2.0
"""Counts of many indicators, places and periods at once are what a plain count of the rows gives."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.measure import Question, measure
from zhihang.measurement.worked_example import example_tables

INDICATORS = Indicators()
COUNTIES = ("450302", "450305", "450312", "450381")
FAR = date(9999, 12, 31)


def patents(count: int) -> list[dict[str, Any]]:
    draw = random.Random(11)
    found = []
    for number in range(count):
        filed = date(2008, 1, 1) + timedelta(days=draw.randrange(3600))
        granted = filed + timedelta(days=draw.randrange(100, 1200))
        ended = granted + timedelta(days=draw.randrange(1, 2500)) if draw.random() < 0.6 else None
        row = {
            "filing_date": filed,
            "publication_date": filed + timedelta(days=30),
            "kind": draw.choice(["invention", "invention", "utility_model"]),
            "region": draw.choice([*COUNTIES, "450300", "450102"]),
            "applicant_type": draw.choice(["enterprise", "university", None]),
            "organisation_id": f"O{number % 37}",
            "family_id": f"F{number // 2}",
        }
        if draw.random() < 0.7:
            known = ended + timedelta(days=draw.randrange(200)) if ended else None
            row |= {"grant_date": granted, "in_force": [granted, ended], "end_known": known}
        found.append(row)
    return found


ROWS = patents(700)


@pytest.fixture(scope="module")
def ask(engine):
    made = example_tables(ROWS)
    lazy = {name: engine.values(table) for name, table in made.items()}

    def table(name: str) -> Any:
        return lazy[name] if name in lazy else engine.values(TABLES[name].schema.empty_table())

    def answer(*codes: str, **question: Any) -> dict[tuple[Any, ...], Any]:
        asked = Question(codes, question.pop("region", "450300"), **question)
        cells = measure(asked, INDICATORS, table, engine.collect, CodeLists(), hold=engine.hold)
        return {(c.indicator.code, c.place.code, str(c.when), *c.dims): c.figure.value for c in cells}

    return answer


def test_stocks_and_flows_of_every_county_and_month(ask):
    found = ask(
        "inventions_in_force",
        "enterprise_inventions_in_force",
        "invention_filings",
        "grants",
        first="2012-01",
        last="2016-12",
        every="month",
        by=["county"],
    )
    inventions = [row for row in ROWS if row["kind"] == "invention"]
    wrong = []
    for county in COUNTIES:
        for number in range(60):
            month = date(2012 + number // 12, number % 12 + 1, 1)
            end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            here = [row for row in inventions if row["region"] == county]
            stock = [row for row in here if _holds(row, end)]
            expected = {
                "inventions_in_force": len(stock),
                "enterprise_inventions_in_force": sum(r["applicant_type"] == "enterprise" for r in stock),
                "invention_filings": sum(month <= row["filing_date"] <= end for row in here),
                "grants": sum(
                    month <= row.get("grant_date", FAR) <= end for row in ROWS if row["region"] == county
                ),
            }
            span = next(key[2] for key in found if key[2].startswith(f"Span(start={2012 * 12 + number},"))
            wrong += [(code, county, month) for code, n in expected.items() if found[code, county, span] != n]
    assert not wrong


@pytest.mark.parametrize(("first", "last"), [("2013", "2014"), ("2008", "2019")])
def test_stocks_of_few_years_and_of_many(ask, first, last):
    found = ask("inventions_in_force", "utility_models_in_force", first=first, last=last, by=("county",))
    wrong = []
    for year in range(int(first), int(last) + 1):
        span, day = f"Span(start={year * 12}, months=12)", date(year, 12, 31)
        for county in COUNTIES:
            held = Counter(row["kind"] for row in ROWS if row["region"] == county and _holds(row, day))
            given = [found[f"{kind}s_in_force", county, span] for kind in ("invention", "utility_model")]
            wrong += [] if given == [held["invention"], held["utility_model"]] else [(county, year)]
    assert not wrong


def test_rights_of_some_age_and_as_known_on_another_day(ask):
    day = date(2015, 5, 17)
    codes = ("inventions_in_force", "inventions_in_force_5_years", "years_since_filing")
    here = [row for row in ROWS if row["kind"] == "invention" and row["region"].startswith("4503")]
    held = [row for row in here if _holds(row, day)]
    found = ask(*codes, at=day)
    assert found[codes[0], "450300", "2015-05-17"] == len(held)
    old = [row for row in held if row["filing_date"] <= date(2010, 5, 17)]
    assert found[codes[1], "450300", "2015-05-17"] == len(old)
    years = sum((day - row["filing_date"]).days for row in held) / 365.25
    assert found[codes[2], "450300", "2015-05-17"] == pytest.approx(years, rel=1e-12)
    then = date(2015, 3, 1)
    known = [
        row
        for row in here
        if "in_force" in row
        and row["in_force"][0] <= min(day, then)
        and ((row["in_force"][1] or FAR) > day or (row["end_known"] or FAR) > then)
    ]
    assert len(known) != len(held)
    assert ask(codes[0], at=day, known_on=then)[codes[0], "450300", "2015-05-17"] == len(known)


def test_holders_of_several_and_new_ones_of_every_year(ask):
    found = ask(
        "enterprises_with_inventions",
        "enterprises_with_first_invention",
        "enterprises_filing_inventions",
        "invention_families_filed",
        first="2011",
        last="2016",
    )
    here = [row for row in ROWS if row["kind"] == "invention" and row["region"].startswith("4503")]
    firms = [row for row in here if row["applicant_type"] == "enterprise"]

    def holders(year: int) -> Counter[str]:
        return Counter(row["organisation_id"] for row in firms if _holds(row, date(year, 12, 31)))

    for year in range(2011, 2017):
        span = f"Span(start={year * 12}, months=12)"
        now, before = holders(year), holders(year - 1)
        assert found["enterprises_with_inventions", "450300", span] == len(now)
        assert found["enterprises_with_first_invention", "450300", span] == len(set(now) - set(before))
        filed = {row["organisation_id"] for row in firms if row["filing_date"].year == year}
        assert found["enterprises_filing_inventions", "450300", span] == len(filed)
        families = {row["family_id"] for row in here if row["filing_date"].year == year}
        assert found["invention_families_filed", "450300", span] == len(families)


@pytest.mark.parametrize("by", [(), pytest.param(("county",), marks=pytest.mark.slow)])
def test_the_whole_catalogue_gives_what_each_question_gives_by_itself(ask, by):
    together = ask(first="2015", last="2016", by=by)
    for code in ("inventions_in_force_5_years", "filings_growth", "invention_holder_top_10_share"):
        alone = ask(code, first="2015", last="2016", by=by)
        assert alone == {key: value for key, value in together.items() if key[0] == code}


def test_an_emerging_industry_counts_a_patent_once_whatever_its_branches(engine):
    made = {
        name: engine.values(t)
        for name, t in example_tables([{"grant_date": "2015-05-01", "emerging": True}]).items()
    }
    number = "CN000001000000"
    branches = [("4", "4.1", "class"), ("4", "4.2", "class"), ("1", "1.3", "class_and_keyword")]
    branches.append(("9", "9.1", "class_only_keyword_unchecked"))
    rows = [{"application_id": number, "code": c, "branch": b, "basis": basis} for c, b, basis in branches]
    schema = TABLES["patent_emerging"].schema
    blank: dict[str, Any] = dict.fromkeys(schema.names)
    rows = [blank | row for row in rows]
    made["patent_emerging"] = engine.values(pa.Table.from_pylist(rows, schema=schema))

    def values(*by: str) -> dict[Any, Any]:
        question = Question(["emerging_invention_grants"], "450300", "2015", by=by)
        cells = measure(question, INDICATORS, made.__getitem__, engine.collect, CodeLists())
        return {cell.dims: cell.figure.value for cell in cells}

    assert values("emerging") == {("1",): 1, ("4",): 1}
    assert values() == {(): 1}


def test_filings_by_size_class_of_the_firm(tables, engine):
    given = [{"filing_date": "2015-03-01", "size_class": size} for size in ("small", "small", "large", None)]
    question = Question(["invention_filings"], "450300", "2015", by=["size_class"])
    cells = measure(question, INDICATORS, tables(given), engine.collect, CodeLists())
    assert {cell.dims: cell.figure.value for cell in cells} == {("small",): 2, ("large",): 1, (None,): 1}


def _holds(row: dict[str, Any], day: date) -> bool:
    start, end = row.get("in_force", (FAR, FAR))
    return bool(start <= day < (end or FAR))
