# SPDX-License-Identifier: Apache-2.0
"""Plans from the command line, without a workspace: what ships with the program is enough."""

from __future__ import annotations

import pytest
from tests.command_line import zhihang

TEXT = (
    "某市知识产权行动计划\n一、主要目标\n到2025年，发明专利拥有量达到5000件以上，培育知识产权优势企业20家。\n"
)


def test_a_document_becomes_rows_and_a_draft(tmp_path):
    document = tmp_path / "plan.txt"
    document.write_text(TEXT, encoding="gb18030")
    found = zhihang("plan", "extract", document, "--format", "json").json
    assert {"targets", "tasks", "conditions", "facts", "tables", "review"} <= found.keys()
    first = found["targets"][0]
    assert (first["value"], first["unit"], first["comparator"], first["as_of"]) == (
        5000,
        "件",
        ">=",
        2025,
    )
    draft = tmp_path / "draft.yaml"
    assert zhihang("plan", "extract", document, "--to", draft).code == 0
    assert "status: draft" in draft.read_text("utf-8")


def test_the_founding_plans_ship():
    names = {row["name"] for row in zhihang("plan", "list", "--format", "json").json}
    assert names == {
        "guilin-2016-2020",
        "guangxi-ip-2015-2020",
        "guangxi-intensive-2020",
        "guangdong-2015-2017",
        "navigation-zones-2013",
    }


def test_the_guilin_plan_contradicts_itself():
    found = zhihang("plan", "check", "guilin-2016-2020", "--format", "json").json["findings"]
    codes = {row["code"] for row in found}
    assert {
        "stock_against_flow",
        "doubling_against_total",
        "density_against_population",
        "annex_against_text",
    } <= codes
    assert all({"severity", "code", "clauses", "message", "arithmetic"} <= row.keys() for row in found)


def test_the_rule_behind_a_table_is_found_with_its_exception():
    found = zhihang("plan", "infer", "guilin-2016-2020", "--target", "T001", "--format", "json").json
    (odd,) = found["exceptions"]
    assert (odd["name"], odd["period"], odd["printed"], odd["fitted"]) == ("阳朔县", 2017, 50, 51)
    assert len(found["cells"]) == 85


@pytest.mark.parametrize(
    "method", ["fixed_share", "equal_growth", "growth_ladder", "convergence", "capacity"]
)
def test_an_allocation_adds_up_and_gives_reasons(method):
    words = ("allocate", "guilin-2016-2020", "--target", "T001", "--method", method, "--total", "2020=7000")
    found = zhihang(*words, "--format", "json").json
    for year, total in found["totals"].items():
        assert sum(cell["value"] for cell in found["cells"] if str(cell["period"]) == year) == total
    assert found["totals"]["2020"] == 7000
    assert all(cell["reason"] for cell in found["cells"])


def test_how_guilin_stood_at_the_end_of_2017():
    found = zhihang("assess", "guilin-2016-2020", "--at", "2017-12-31", "--format", "json").json
    stock = next(row for row in found["rows"] if (row["target"], row["region"]) == ("T003", "450300"))
    assert (stock["value"], stock["expected"], stock["status"]) == (3936, 3650, "green")
    assert 0 < stock["probability"] < 1


def test_a_forecast_says_how_little_it_rests_on():
    words = ("forecast", "guilin-2016-2020", "--at", "2017-12-31", "--region", "450300", "--format", "json")
    found = {row["target"]: row for row in zhihang(*words).json}
    assert found["T003"]["rests_on"] == 3
    assert found["T002"]["weak"]
    assert found["T009"]["probability"] is None


def test_wrong_words_are_answered():
    assert "close to" in zhihang("plan", "show", "guilin-2016").err
    assert zhihang("assess", "guilin-2016-2020", "--at", "2017-13-31").code == 2
    assert zhihang("allocate", "guilin-2016-2020", "--target", "T004").code == 2


@pytest.mark.slow
def test_the_documents_of_a_plan_are_written(tmp_path):
    ran = zhihang(
        "bulletin", "guangdong-2015-2017", "--at", "2017-12-31", "--to", tmp_path, "--format", "json"
    )
    assert ran.code == 0
    assert {"annual-bulletin-2017.docx", "evaluation-2017.pdf"} <= {path.name for path in tmp_path.iterdir()}


def test_divisions_are_scored_by_a_declared_scheme_and_every_number_is_told():
    words = ("assess", "guilin-2016-2020", "--at", "2017-12-31")
    sheet = zhihang(*words, "--score", "luan-2017", "--format", "json").json
    (guilin,) = [row for row in sheet["totals"] if row["region"] == "450300"]
    assert guilin["points"] is None or guilin["points"] >= 0
    steps = zhihang(*words, "--trail", "--region", "450300", "--format", "json").json
    stock = [step for step in steps if step["target"] == "T003"]
    assert any(step["value"] == 3936 for step in stock)
    assert all(step["arithmetic"] or step["source"] for step in stock)
    unknown = zhihang(*words, "--score", "luan-2018")
    assert unknown.code == 2
    assert "luan-2017" in unknown.err


def test_no_model_is_asked_unless_one_is_set(tmp_path):
    document = tmp_path / "plan.txt"
    document.write_text(TEXT, encoding="utf-8")
    ran = zhihang("plan", "extract", document, "--propose")
    assert ran.code == 2
    assert "[proposals] address, model" in ran.err
