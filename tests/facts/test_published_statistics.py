# SPDX-License-Identifier: Apache-2.0
"""Tests of the shipped statistics: one layout, known codes, sources, and sums that must come out."""

from __future__ import annotations

import csv
import re
from collections import Counter

from zhihang.facts.codelist import CodeLists
from zhihang.facts.published_statistics import COLUMNS, published_files

LISTS = CodeLists()


def read() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in published_files():
        with path.open(encoding="utf-8", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


ROWS = read()


def values(indicator: str, period: str, kind: str) -> dict[str, float]:
    return {
        row["region_code"]: float(row["value"])
        for row in ROWS
        if (row["indicator"], row["period"], row["period_kind"]) == (indicator, period, kind)
    }


def test_all_files_have_the_one_layout():
    assert len(published_files()) == 5
    for path in published_files():
        assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS), path.name


def test_every_code_is_known():
    former = {row["old_code"] for row in LISTS.rows("region_change")}
    assert {row["region_code"] for row in ROWS} <= {*LISTS["region"].entries, *former}
    assert {row["indicator"] for row in ROWS} <= set(LISTS["indicator_name"].entries)
    assert {row["period_kind"] for row in ROWS} <= set(LISTS["period_kind"].entries)
    assert {row["status"] for row in ROWS} <= set(LISTS["observation_status"].entries)


def test_every_row_has_a_number_a_period_and_a_source():
    for row in ROWS:
        float(row["value"])
        assert re.fullmatch(r"\d{4}(-\d\d)?|\d{4}/\d{4}", row["period"]), row
        assert row["source"], row


def test_no_figure_is_told_twice_by_one_source():
    keys = ("indicator", "region_code", "period", "period_kind", "source", "source_address")
    counted = Counter(tuple(row[key] for key in keys) for row in ROWS)
    assert [key for key, times in counted.items() if times > 1] == []


def test_guilins_plan_gives_its_baseline_with_the_clause():
    plan = {
        (row["indicator"], row["period"]): row
        for row in ROWS
        if "双倍增计划" in row["source"] and row["value"]
    }
    assert plan["invention_filings", "2011/2015"]["value"] == "13578"
    assert plan["invention_grants", "2011/2015"]["value"] == "2024"
    assert plan["inventions_in_force", "2015"]["value"] == "2254"
    assert plan["inventions_per_10k", "2015"]["value"] == "4.62"
    assert all(row["source"].endswith("前言") for row in plan.values())
    assert plan["invention_filings", "2006/2010"]["status"] == "derived"


def test_the_counties_of_guilin_add_up_to_the_city_in_both_censuses():
    # Census communiqués: 4,747,963 residents on 2010-11-01, 4,931,137 on 2020-11-01.
    for period, total in (("2010-11", 4_747_963), ("2020-11", 4_931_137)):
        residents = values("residents", period, "moment")
        counties = {code: value for code, value in residents.items() if re.fullmatch(r"4503(?!00)\d\d", code)}
        assert len(counties) == 17
        assert sum(counties.values()) == residents["450300"] == total


def test_the_cities_of_guangxi_add_up_to_the_region():
    for period in ("2010-11", "2020-11"):
        residents = values("residents", period, "moment")
        cities = [value for code, value in residents.items() if re.fullmatch(r"45(?!00)\d\d00", code)]
        assert len(cities) == 14
        assert sum(cities) == residents["450000"]


def test_the_kinds_of_filing_add_up_in_every_city_of_guangxi_in_2017():
    kinds = [values(f"{kind}_filings", "2017", "year") for kind in ("invention", "utility_model", "design")]
    total = values("filings", "2017", "year")
    cities = [code for code in total if re.fullmatch(r"45(?!00)\d\d00", code)]
    assert len(cities) == 14
    for code in cities:
        assert sum(kind[code] for kind in kinds) == total[code]
    assert total["450300"] == 9750
    assert sum(total[code] for code in cities) == 56_957


def test_known_slips_of_the_sources_are_marked():
    # M-STAT-04, M-STAT-08: slips of the press on 2013; the grants of Chongzuo do not add up in the source.
    slips = {
        (row["region_code"], row["indicator"], row["period"])
        for row in ROWS
        if "slip of the source" in row["note"] or "sources disagree" in row["note"]
    }
    assert ("000000", "inventions_in_force", "2013") in slips
    assert ("000000", "pct_filings", "2013") in slips
    assert ("451400", "grants", "2017") in slips
