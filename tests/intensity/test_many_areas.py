# SPDX-License-Identifier: Apache-2.0
"""Tests of many areas at once, of industries without patents, of series of statistics, and of bounds within others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.intensity.made_facts import facts_seen, joined, patents, statistics
from tests.intensity.made_subjects import AREA, scheme, subjects, tried

from zhihang.errors import NotComparable
from zhihang.intensity.facts_seen import Area
from zhihang.intensity.industry_answer import answer, answers
from zhihang.store.engine import Engine, start_engine

SEVEN = {"name": "seven", "measure": "intensity", "at_least": 7}
COUNTIES = [Area("450302", "秀峰区", ("450302",)), Area("450305", "七星区", ("450305",))]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def test_many_areas_and_years_at_once_give_what_each_alone_gives(engine):
    tables = joined(
        patents(9, {"39": 0.5, "40": 0.5}, 2019),
        patents(4, {"39": 1.0}, 2020, organisation_id="a"),
        patents(7, {"40": 1.0}, 2020, region="450305", organisation_id="b"),
        patents(3, {"39": 0.5, "40": 0.5}, 2018, region="450305", organisation_id="c"),
        *(
            statistics(code, year, region=area.code, employment=500 + 100 * place)
            for place, area in enumerate(COUNTIES)
            for code in ("39", "40")
            for year in (2018, 2019, 2020)
        ),
    )
    facts, rule = facts_seen(engine, tables), scheme(SEVEN)
    together = {
        (one.found.area.code, one.found.year): one
        for one in answers(facts, COUNTIES, rule, [2019, 2020], draws=50)
    }
    assert len(together) == 4
    for area in COUNTIES:
        for year in (2019, 2020):
            alone, found = answer(facts, area, rule, year, draws=50), together[area.code, year]
            assert found.rows() == alone.rows()
            assert found.summary() == alone.summary()


def test_no_patents_leave_the_exact_upper_end_of_a_count_of_nought(engine):
    tables = joined(
        patents(1, {"39": 1.0}, 2020),
        statistics("39", 2020, employment=1000),
        statistics("40", 2020, employment=1000),
    )
    (row,) = (
        row
        for row in answer(facts_seen(engine, tables), AREA, scheme(SEVEN), 2020).rows()
        if row["industry"] == "40"
    )
    assert row["interval"] == pytest.approx([0, 3.689], abs=0.001)  # Garwood, 95 %


def test_original_and_revised_figures_of_a_year_are_never_mixed(engine):
    tables = joined(
        statistics("39", 2019, employment=1000, gross_output=10e8),
        statistics("39", 2020, employment=1000, gross_output=12e8),
        statistics("39", 2020, employment=2000, gross_output=15e8, series="修订数"),
    )
    facts = facts_seen(engine, tables)
    with pytest.raises(NotComparable, match="修订数"):
        answer(facts, AREA, scheme(SEVEN), 2020)
    revised = answer(facts, AREA, scheme(SEVEN, staff={"years": 1, "series": "修订数"}), 2020)
    assert revised.rows()[0]["employment"] == 2000
    first = answer(facts, AREA, scheme(SEVEN, staff={"years": 1, "series": ""}), 2020)
    assert first.found.subjects.measure("output_growth")[0] == pytest.approx(0.2)


def test_years_of_different_series_have_no_growth_and_it_is_told(engine):
    tables = joined(
        statistics("39", 2019, employment=1000, gross_output=10e8),
        statistics("39", 2020, employment=1000, gross_output=15e8, series="第五次经济普查"),
    )
    found = answer(facts_seen(engine, tables), AREA, scheme(SEVEN), 2020)
    growth = found.found.subjects.measure("output_growth")[0]
    assert growth != growth
    assert any("several series" in remark.text for remark in found.remarks)


def test_a_bound_within_an_either_or_condition_moves_too():
    from tests.intensity.made_subjects import LISTS

    from zhihang.intensity.sensitivity import changes

    either = {
        "name": "either",
        "any_of": [
            {"name": "scale", "measure": "patents", "at_least": 100},
            {"name": "strong", "measure": "intensity", "at_least": 7},
        ],
    }
    found = tried(scheme(either), subjects({"patents": [95, 10], "employment": [50_000, 1_500]}))
    moved = {change.what: change.enter for change in changes(found, LISTS) if "×" in change.what}
    assert moved["scale at_least × 0.9"] == ("A",)
    assert moved["strong at_least × 0.9"] == ("B",)
    assert moved["scale at_least × 1.1"] == ()
