# SPDX-License-Identifier: Apache-2.0
"""How a count is spread, and rows of periods added up: what the catalogue needs beyond plain counts."""

from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from zhihang.errors import NotComparable
from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.indicator import Method
from zhihang.measurement.measure import Question, measure
from zhihang.measurement.workings import spread

INDICATORS = Indicators()
CODES = CodeLists()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": "herfindahl"}, 0.25 + 0.09 + 0.04),
        ({"name": "entropy"}, -sum(s * math.log(s) for s in (0.5, 0.3, 0.2))),
        ({"name": "share", "item": "b"}, 0.3),
        ({"name": "share", "item": "nobody"}, 0.0),
        ({"name": "top_share", "top": 2}, 0.8),
        ({"name": "top_share", "top": 9}, 1.0),
    ],
)
def test_ways_to_say_how_a_count_is_spread(given, expected):
    [figure] = spread(Method(of="filings", over="field", **given), ["a", "b", "c"], [[5], [3], [2]])
    assert figure.value == pytest.approx(expected)
    assert figure.note == ""


def test_what_has_no_county_is_left_out_and_told():
    held = {"450305": [3, 0], "450302": [1, 0], "450300": [5, 1], None: [2, 0]}
    method = Method(name="herfindahl", of="filings", over="county")
    figure, nothing = spread(method, list(held), list(held.values()))
    assert figure.value == 0.625
    assert figure.note == "7 without county left out"
    assert nothing.value is None
    assert "1 without county left out" in nothing.note


def test_only_a_share_has_an_item():
    for given in ({"name": "share"}, {"name": "entropy", "item": "a"}):
        with pytest.raises(ValidationError, match="item"):
            Method(of="filings", over="field", **given)


def test_a_spread_is_not_split_once_more(tables, engine):
    question = Question(["invention_field_entropy"], "450300", "2015", by=("applicant_type",))
    with pytest.raises(NotComparable, match="cannot be split by applicant_type"):
        measure(question, INDICATORS, tables([]), engine.collect, CODES)


def test_five_years_end_with_the_period_and_not_with_the_plan(tables, engine):
    given = [{"times": n, "grant_date": f"{year}-05-01"} for year, n in ((2012, 9), (2013, 1), (2017, 2))]
    question = Question(["invention_grants_five_years", "invention_grants_of_plan"], "450300", "2017")
    five, plan = measure(question, INDICATORS, tables(given), engine.collect, CODES)
    assert five.figure.value == 3  # 2013 to 2017
    assert plan.figure.value == 2  # 2016 and 2017


def test_asked_for_together_or_alone_a_count_has_the_same_rows(tables, engine):
    given = [
        {"filing_date": f"{year}-03-01", "kind": kind}
        for year, kind in ((2014, "design"), (2015, "invention"))
    ]
    for codes in (["filings"], ["filings", "filings_growth", "filings_of_plan"]):
        cells = measure(
            Question(codes, "450300", "2015", by=("kind",)), INDICATORS, tables(given), engine.collect, CODES
        )
        found = {cell.dims: cell.figure.value for cell in cells if cell.indicator.code == "filings"}
        assert found[("invention",)] == 1
        assert found.get(("design",), 0) == 0
