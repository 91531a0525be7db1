# SPDX-License-Identifier: Apache-2.0
"""Tests of the figures of `zhihang status`: coverage, counts, published figures beside computed ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.quality.made_tables import all_tables

from zhihang.facts.region_name import packaged_regions
from zhihang.quality.counts import largest_applicants, offices, refusals, yearly
from zhihang.quality.coverage import column_coverage, reach, table_rows
from zhihang.quality.published_beside import of_region, published_beside_computed
from zhihang.store.engine import Engine


def opened(engine: Engine, given: Mapping[str, Any]):
    """The tables of a store: a new expression each time one is asked for."""
    tables = all_tables(given)
    return lambda name: engine.values(tables[name])


def app(number: str, **values: object) -> dict[str, object]:
    return {"application_id": number, "id_basis": "application_number", "office": "CN", **values}


def applicant(number: str, name: str | None, place: int = 1, **values: object) -> dict[str, object]:
    return {"application_id": number, "role": "applicant", "sequence": place, "name": name, **values}


A, B, C, D = (f"CN20151000000{n}" for n in range(1, 5))

REGISTER: Mapping[str, Any] = {
    "application": [
        app(A, kind="invention", filing_date=date(2011, 5, 1), grant_date=date(2013, 5, 1)),
        app(B, kind="design", filing_date=date(2015, 12, 31)),
        app(C, filing_date_partial="2015-03", office="US"),
        app(D, kind="plant", grant_date_partial="2015"),
    ],
    "party": [
        applicant(A, "桂林甲公司", city="桂林市"),
        applicant(A, "乙大学", 2, address="南宁市大学路1号"),
        applicant(B, "桂林甲公司", address="广西桂林市灵川县八里街1号"),
        applicant(C, "上海丙公司", address="上海市徐汇区桂林路100号"),
        applicant(D, None, address="541004 广西壮族自治区桂林市七星区"),
        {"application_id": A, "role": "inventor", "sequence": 1, "name": "张三"},
    ],
    "text": [{"application_id": n, "part": "title", "text": "样例"} for n in (A, A, B)],
    "observation": [
        {
            "indicator": "invention_filings",
            "region": "450300",
            "period": period,
            "period_kind": kind,
            "value": value,
            "unit": unit,
            "source": "样例",
        }
        for period, kind, value, unit in (
            ("2011/2015", "five_year", 1.3, "万件"),
            ("2011", "year", 900, "件"),
            ("2009", "year", 10, "件"),
            ("2015-06", "year_to_date", 500, "件"),
        )
    ]
    + [
        {"indicator": "filings", "region": "450300", "period": "2015", "period_kind": "year", "value": 7},
        {"indicator": "filings", "region": "450100", "period": "2015", "period_kind": "year", "value": 7},
        {"indicator": "residents", "region": "450300", "period": "2015", "period_kind": "stock", "value": 7},
    ],
    "rejection": [
        {"scope": "value", "table_name": "application", "column_name": "filing_date", "reason": "no such day"}
    ]
    * 2
    + [{"scope": "record", "reason": "no number"}],
}


def test_rows_of_every_table_are_counted(duckdb):
    found = {
        row["table"]: row["rows"] for row in table_rows(opened(duckdb, REGISTER), duckdb.collect).to_pylist()
    }
    assert (found["application"], found["party"], found["claim"], found["file"]) == (4, 6, 0, 1)


def test_coverage_is_the_share_of_rows_with_a_value_and_tells_roles_apart(duckdb):
    rows = column_coverage(opened(duckdb, REGISTER), duckdb.collect).to_pylist()
    share = {(row["table"], row["group"], row["column"]): row["share"] for row in rows}
    assert share["application", None, "filing_date"] == 0.5  # two of four have a whole date
    assert share["application", None, "kind"] == 0.75
    assert share["party", "applicant", "name"] == 0.8
    assert share["party", "applicant", "address"] == 0.8
    assert share["party", "inventor", "address"] == 0
    assert share["publication", None, "kind_code"] is None  # no rows, no share


def test_reach_is_the_share_of_applications_with_at_least_one_row(duckdb):
    rows = {row["table"]: row for row in reach(opened(duckdb, REGISTER), duckdb.collect).to_pylist()}
    assert (rows["text"]["applications"], rows["text"]["share"]) == (2, 0.5)
    assert rows["claim"]["share"] == 0
    assert "application" not in rows
    assert "observation" not in rows


def test_an_empty_store_has_no_shares(duckdb):
    assert {row["share"] for row in reach(opened(duckdb, {}), duckdb.collect).to_pylist()} == {None}


def test_filings_count_by_year_and_kind_and_half_dates_count_with_their_year(duckdb):
    application = opened(duckdb, REGISTER)("application")
    kinds = ("invention", "utility_model", "design", "other", "total")

    def shown(event):
        return {
            r["year"]: tuple(r[k] for k in kinds)
            for r in duckdb.collect(yearly(application, event)).to_pylist()
        }

    assert shown("filing") == {2011: (1, 0, 0, 0, 1), 2015: (0, 0, 1, 1, 2)}
    assert shown("grant") == {2013: (1, 0, 0, 0, 1), 2015: (0, 0, 0, 1, 1)}


def test_offices_show_their_first_and_last_year(duckdb):
    assert duckdb.collect(offices(opened(duckdb, REGISTER))).to_pylist() == [
        {"office": "CN", "applications": 3, "first_year": 2011, "last_year": 2015},
        {"office": "US", "applications": 1, "first_year": 2015, "last_year": 2015},
    ]


def test_only_first_applicants_with_a_name_are_ranked(duckdb):
    assert duckdb.collect(largest_applicants(opened(duckdb, REGISTER))).to_pylist() == [
        {"name": "桂林甲公司", "applications": 2},
        {"name": "上海丙公司", "applications": 1},
    ]
    assert len(duckdb.collect(largest_applicants(opened(duckdb, REGISTER), top=1))) == 1


def test_refusals_are_counted_by_reason(duckdb):
    rows = duckdb.collect(refusals(opened(duckdb, REGISTER))).to_pylist()
    assert [(row["reason"], row["rows"]) for row in rows] == [("no such day", 2), ("no number", 1)]


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("450300", {A, B, D}),  # not the one in 桂林路, nor the second applicant's city
        ("450100", set()),
        ("450000", {A, B, D}),
        ("450323", {B}),
        ("450305", {D}),
        ("310000", {C}),
        ("000000", {A, B, C, D}),
    ],
)
def test_an_application_belongs_to_the_region_of_its_first_applicant(duckdb, region, expected):
    regions = packaged_regions()
    found = of_region(opened(duckdb, REGISTER), regions.regions[region], regions)
    assert (
        set(duckdb.collect(found.select("application_id")).column("application_id").to_pylist()) == expected
    )


def test_published_figures_stand_beside_the_counts_of_the_same_years(duckdb):
    rows = published_beside_computed(opened(duckdb, REGISTER), duckdb.collect, "450300").to_pylist()
    assert [
        (r["indicator"], r["period"], r["published"], r["published_count"], r["computed"]) for r in rows
    ] == [
        ("filings", "2015", 7, 7, 1),
        ("invention_filings", "2009", 10, 10, None),  # the store holds nothing of 2009
        ("invention_filings", "2011", 900, 900, 1),
        ("invention_filings", "2011/2015", 1.3, 13_000, 1),
    ]
    assert rows[0]["zh"] == "专利申请量"


def test_a_region_without_published_figures_gives_an_empty_table(duckdb):
    assert published_beside_computed(opened(duckdb, REGISTER), duckdb.collect, "110000").num_rows == 0


def test_spark_gives_the_same_figures(duckdb, spark):
    def figures(engine: Engine) -> list[object]:
        tables, collect = opened(engine, REGISTER), engine.collect
        return [
            column_coverage(tables, collect).to_pylist(),
            reach(tables, collect, ["text", "party"]).to_pylist(),
            published_beside_computed(tables, collect, "450300").to_pylist(),
            *(
                collect(expression).to_pylist()
                for expression in (
                    offices(tables),
                    yearly(tables("application"), "grant"),
                    largest_applicants(tables),
                    refusals(tables),
                )
            ),
        ]

    assert figures(spark) == figures(duckdb)
