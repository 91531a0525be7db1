# SPDX-License-Identifier: Apache-2.0
"""Scores by declared schemes: the Lu'an sheet, the Jiangsu classes, and each form by hand."""

from __future__ import annotations

import json
from datetime import date

import pytest

from zhihang.errors import DefinitionError
from zhihang.planning.assess import assess
from zhihang.planning.known import KnownFigures
from zhihang.planning.plan_file import Plans
from zhihang.planning.scheme import Scheme, Schemes, load_scheme
from zhihang.planning.score import Entry, entries_of, score

A, B, C = "341502", "341503", "341504"


def points(scheme: Scheme, item: str, *entries: Entry, region: str = A) -> float | None:
    sheet = score(scheme, entries)
    return next(one.points for one in sheet.items if (one.item, one.region) == (item, region))


@pytest.mark.parametrize(
    ("item", "indicator", "value", "expected"),
    [
        ("filings", "invention_filings", 200, 15),
        ("filings", "invention_filings", 185, 9),  # 92.5 %: 60 % of 15
        ("filings", "invention_filings", 180, 9),  # exactly 90 %
        ("filings", "invention_filings", 179, 0),  # 89.5 %
        ("filings", "invention_filings", 215, 16.5),  # 15 + 15 x 0.1
        ("grants", "invention_grants", 215, 18),  # 15 + 15 x 0.2
    ],
)
def test_the_luan_sheet(item, indicator, value, expected):
    found = points(Schemes()["luan-2017"], item, Entry(A, indicator, value, 200))
    assert found == pytest.approx(expected)


def test_cases_of_the_luan_sheet_count_up_to_the_items_points():
    luan = Schemes()["luan-2017"]
    few = (Entry(A, "patent_dispute_cases", 3), Entry(A, "counterfeit_patent_cases", 4))
    assert points(luan, "enforcement", *few) == 19
    many = (Entry(A, "patent_dispute_cases", 3), Entry(A, "counterfeit_patent_cases", 40))
    assert points(luan, "enforcement", *many) == 25
    assert points(luan, "enforcement", few[0]) is None


def test_pledges_of_the_luan_sheet_earn_a_point_for_each_further_million():
    luan = Schemes()["luan-2017"]
    assert points(luan, "pledge", Entry(A, "ip_pledge_financing", 13e6, 10e6)) == 15
    assert points(luan, "pledge_policy", Entry(A, "pledge_policy_with_funds", 1)) == 3


@pytest.mark.parametrize(
    ("value", "name"),
    [(0.784, "第一类"), (0.6, "第二类"), (0.41, "第二类"), (0.2, "第四类"), (0.1507, "第四类")],
)
def test_the_jiangsu_classes(value, name):
    sheet = score(Schemes()["jiangsu-index-2015"], [Entry(A, "patent_strength_index", value)])
    assert sheet.totals[0].band == name


def test_whether_an_edge_belongs_above_is_the_schemes_choice():
    jiangsu = Schemes()["jiangsu-index-2015"]
    closed = jiangsu.model_copy(update={"classes": jiangsu.classes.model_copy(update={"closed": "lower"})})
    assert score(closed, [Entry(A, "patent_strength_index", 0.6)]).totals[0].band == "第一类"


def own(missing: str = "none", **more) -> Scheme:
    items = [
        {"id": "a", "label": {"zh": "甲"}, "indicator": "a", "points": 60, "form": {"kind": "linear"}},
        {
            "id": "b",
            "label": {"zh": "乙"},
            "indicator": "b",
            "points": 40,
            "form": {"kind": "rank", "last": 0.2},
        },
    ]
    given = {"label": {"zh": "表"}, "reference": {"zh": "自拟"}, "missing": missing, "items": items}
    return Scheme.model_validate(given | more)


ENTRIES = [
    Entry(A, "a", 80, 100), Entry(B, "a", 120, 100), Entry(C, "a", 50, 100),
    Entry(A, "b", 9), Entry(B, "b", 5), Entry(C, "b", 5),
]  # fmt: skip


def test_a_sheet_is_added_up_and_ranked():
    sheet = score(own(), ENTRIES)
    # A: 60 x 0.8 + 40 = 88; B: 60 + 40 x 0.6 = 84 (second of three: 1 - 0.8 / 2); C: 30 + 24 = 54
    assert [total.points for total in sheet.totals] == pytest.approx([88, 84, 54])
    assert [total.rank for total in sheet.totals] == [1, 2, 3]
    total, items = sheet.of(A)
    assert total.arithmetic == "48 + 40 = 88"
    assert items[0].arithmetic == "80 ÷ 100 = 0.8: 60 × 0.8"


def test_peer_groups_are_ranked_apart():
    sheet = score(own(), ENTRIES, {A: "一类", B: "二类", C: "二类"})
    assert [(total.rank, total.ranked) for total in sheet.totals] == [(1, 1), (1, 2), (2, 2)]


@pytest.mark.parametrize(("rule", "expected"), [("none", None), ("zero", 48), ("redistribute", 80)])
def test_what_a_missing_value_costs_is_the_schemes_choice(rule, expected):
    sheet = score(own(rule), [Entry(A, "a", 80, 100)])
    assert sheet.totals[0].points == (expected if expected is None else pytest.approx(expected))
    assert sheet.totals[0].missing == ("b",)


def test_totals_keep_to_cap_and_floor():
    assert score(own(cap=70), ENTRIES).totals[0].points == 70
    assert score(own(floor=60), ENTRIES).totals[2].points == 60


def test_completion_and_growth_are_weighed():
    scheme = Schemes()["progress-and-growth"]
    # 0.7 x 0.9 + 0.3 x (0.05 / 0.1) = 0.78, of 30 points; 105 against 100 a year before
    entry = Entry(A, "invention_filings", 105, 105 / 0.9, before=100)
    assert points(scheme, "filings", entry) == pytest.approx(30 * 0.78)
    assert points(scheme, "filings", Entry(A, "invention_filings", 105, 110)) is None


def test_counties_of_an_assessment_are_scored():
    guilin = Plans()["guilin-2016-2020"]
    counties = [row.region for row in guilin.annexes[0].rows]
    rows = [
        {"indicator": name, "region": code, "period": year, "value": value, "unit": "件", "source": "表"}
        for code in counties
        for name, year, value in (
            ("inventions_in_force", "2016", 60), ("invention_filings", "2016", 150), ("invention_filings", "2015", 140),
        )
    ]  # fmt: skip
    made = assess(guilin, rows, date(2016, 12, 31))
    scheme = Schemes()["progress-and-growth"]
    sheet = score(scheme, entries_of(made, scheme, KnownFigures(rows, guilin)))
    _, items = sheet.of("450323")
    # Lingchuan: 60 of 66 for the stock, 50 points
    assert items[0].points == pytest.approx(50 * 60 / 66)
    json.dumps(sheet.document(), allow_nan=False)


def test_a_faulty_scheme_file_says_what_is_wrong(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "label: {zh: 表}\nreference: {zh: 无}\nmissing: never\nitems: []\npoint: 3\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError) as caught:
        load_scheme(path)
    assert "missing" in str(caught.value)
    assert "point" in str(caught.value)
