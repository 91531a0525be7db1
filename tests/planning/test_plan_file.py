# SPDX-License-Identifier: Apache-2.0
"""Plan files: the five shipped ones hold every target of the annotated documents; faults are told all at once."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.planning.draft import draft_plan
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans, load_plan, parse_plan

OF = {
    "000_39eb0b733267064f": "guangxi-intensive-2020",
    "001_96812638419f9774": "guilin-2016-2020",
    "002_90bffa36e5a01545": "guangxi-ip-2015-2020",
    "003_c15e7cfb177e6486": "navigation-zones-2013",
    "004_2a5b9eb880a5463a": "guangdong-2015-2017",
}
SMALL = """
label: {zh: 小规划, en: Small plan}
document: {policy: small, title: {zh: 小规划}}
region: "450300"
period: 2016/2020
targets:
  - id: T1
    clause: 一
    label: {zh: 发明专利拥有量}
    indicator: inventions_in_force
    kind: level
    comparator: ">="
    value: 1.2
    unit: 万件
    as_of: 2020
"""


def gold(shared: Path, name: str, table: str) -> list[dict[str, str]]:
    path = shared / "data" / "policies" / "gold" / name / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", OF)
def test_every_annotated_target_stands_in_the_shipped_plan(shared: Path, name: str) -> None:
    plan = Plans()[OF[name]]
    rows = gold(shared, name, "targets")
    assert len(plan.targets) == len(rows)
    for row in rows:
        target = plan.target(row["target_id"])
        value, unit = target.in_base(target.value)
        found = [
            str(value),
            unit,
            target.comparator,
            target.kind,
            target.clause,
            target.hedge,
            target.frequency,
        ]
        columns = ("value_base", "unit_base", "comparator", "kind", "clause", "hedge", "frequency")
        assert found == [row[column] for column in columns]
        high = "" if target.value_hi is None else str(target.in_base(target.value_hi)[0])
        assert high == row["value_hi_base"]
        assert [str(target.period_start or ""), str(target.period_end or ""), str(target.as_of or "")] == [
            row["period_start"],
            row["period_end"],
            row["as_of"],
        ]


@pytest.mark.parametrize("name", OF)
def test_shipped_plans_name_the_same_bodies(shared: Path, name: str) -> None:
    plan = Plans()[OF[name]]
    rows = gold(shared, name, "tasks")
    assert [(t.clause, t.type, "；".join(t.lead), "；".join(t.supporting)) for t in plan.tasks] == [
        (row["clause"], row["type"], row["lead_units"], row["supporting_units"]) for row in rows
    ]


def test_annexes_of_the_guilin_plan_are_complete(shared: Path) -> None:
    plan = Plans()["guilin-2016-2020"]
    printed = {
        (row["table"], row["county"], int(row["year"])): Decimal(row["value"])
        for row in gold(shared, "001_96812638419f9774", "tables")
    }
    found = {
        (annex.clause, row.name, year): value
        for annex in plan.annexes
        for row in annex.rows
        for year, value in zip(annex.years, row.values, strict=True)
    }
    found |= {(a.clause, "合计", year): value for a in plan.annexes for year, value in a.totals.items()}
    assert found == printed


@pytest.mark.parametrize("name", OF)
def test_no_sentence_of_a_document_is_shipped(shared: Path, name: str) -> None:
    text = (shared / "data" / "policies" / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    plan = (Path(load_plan.__code__.co_filename).parent / "plans" / f"{OF[name]}.yaml").read_text("utf-8")
    sentences = [
        part.strip() for line in text.splitlines() for part in line.split("。") if len(part.strip()) > 40
    ]
    assert not [sentence for sentence in sentences if sentence in plan]


def test_a_value_in_ten_thousands_is_kept_as_written_and_known_in_pieces() -> None:
    target = parse_plan(SMALL, Path("small.yaml")).target("T1")
    assert (target.value, target.unit) == (Decimal("1.2"), "万件")
    assert target.in_base(target.value) == (Decimal(12000), "件")


def test_a_strict_target_is_not_met_by_the_very_figure() -> None:
    plan = Plans()["guilin-2016-2020"]
    assert not plan.target("T003").is_met_by(6600)
    assert plan.target("T003").is_met_by(6601)


def test_all_faults_are_told_together() -> None:
    wrong = (
        SMALL.replace("clause: 一", "clase: 一")
        .replace("kind: level", "kind: levle")
        .replace("450300", "4503")
    )
    with pytest.raises(DefinitionError) as told:
        parse_plan(wrong, Path("small.yaml"))
    faults = told.value.facts["faults"]
    assert "targets[0].clase: not a known key, close to clause" in faults
    assert "targets[0].kind" in faults
    assert "region:" in faults


def test_an_unknown_indicator_names_the_nearest_and_the_place() -> None:
    wrong = SMALL.replace("inventions_in_force", "invention_in_force")
    with pytest.raises(DefinitionError) as told:
        parse_plan(wrong, Path("small.yaml"), indicators=["inventions_in_force"])
    assert 'targets[0].indicator: "invention_in_force" is not known, close to inventions_in_force' in str(
        told.value
    )


def test_double_ids_and_crossed_years_are_faults() -> None:
    again = SMALL[SMALL.index("  - id: T1") :].replace(
        "as_of: 2020", "period_start: 2020\n    period_end: 2016"
    )
    with pytest.raises(DefinitionError) as told:
        parse_plan(SMALL + again, Path("small.yaml"))
    assert 'targets: the id "T1" occurs twice' in str(told.value)
    assert "targets[1]: period_end 2016 is before period_start 2020" in str(told.value)


def test_a_key_given_twice_is_a_fault() -> None:
    with pytest.raises(DefinitionError, match="not a YAML file") as told:
        parse_plan(SMALL + 'region: "450100"\n', Path("small.yaml"))
    assert 'the key "region" occurs twice' in str(told.value)


def test_a_bare_equals_sign_is_the_comparator() -> None:
    plan = parse_plan(SMALL.replace('">="', "="), Path("small.yaml"))
    assert plan.target("T1").comparator == "="


def test_a_path_comes_from_the_annex_from_the_target_or_is_the_deadline_alone() -> None:
    plan = Plans()["guilin-2016-2020"]
    assert plan.path(plan.target("T003"))[2018] == 4700
    assert plan.path(plan.target("T003"), "450323")[2018] == 103
    assert plan.path(plan.target("T002")) == {}
    small = parse_plan(SMALL, Path("small.yaml"))
    assert small.path(small.target("T1")) == {2020: 12000}
    yearly = parse_plan(SMALL + "    path: {2019: 1.1, 2020: 1.2}\n", Path("small.yaml"))
    assert yearly.path(yearly.target("T1")) == {2019: 11000, 2020: 12000}


def test_plans_of_a_workspace_come_before_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "guilin-2016-2020.yaml").write_text(SMALL, encoding="utf-8")
    plans = Plans((tmp_path,))
    assert plans["guilin-2016-2020"].label.en == "Small plan"
    assert "guangdong-2015-2017" in plans.names()


def test_an_unknown_plan_names_the_nearest() -> None:
    with pytest.raises(NotFound) as told:
        Plans()["guilin-2016"]
    assert "guilin-2016-2020" in told.value.facts["close to"]


def test_an_unknown_target_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="T999"):
        Plans()["guilin-2016-2020"].target("T999")


def test_a_target_is_found_by_its_indicator_where_that_is_clear() -> None:
    assert Plans()["guilin-2016-2020"].target("inventions_in_force").id == "T003"


@pytest.mark.parametrize("name", OF)
def test_a_draft_of_annotated_rows_loads_and_keeps_every_figure(shared: Path, name: str) -> None:
    parts = ("targets", "tasks", "conditions", "facts", "tables")
    reading = {part: gold(shared, name, part) for part in parts}
    plan = parse_plan(draft_plan(reading, name=name), Path(f"{name}.yaml"))
    assert plan.status == "draft"
    for row in reading["targets"]:
        target = plan.target(row["target_id"])
        assert (str(target.base_value), target.in_base(target.value)[1]) == (
            row["value_base"],
            row["unit_base"],
        )


def test_a_draft_finds_codes_only_where_names_are_sure() -> None:
    rows = [
        {"target_id": "T1", "clause": "一", "indicator_zh": "每万人口发明专利拥有量", "value": 10, "unit": "件",
         "comparator": ">", "kind": "level", "region": "桂林市", "as_of": 2020, "quote": "突破10件"},
        {"target_id": "T2", "clause": "一", "indicator_zh": "某种新指标", "value": "5", "unit": "", "comparator": "=",
         "kind": "count", "region": "每个园区", "as_of": "建设期满"},
    ]  # fmt: skip
    text = draft_plan({"targets": rows}, name="small")
    plan: Plan = parse_plan(text, Path("small.yaml"))
    assert (plan.region, plan.target("T1").indicator, plan.target("T1").per) == (
        "450300",
        "inventions_per_10k",
        "万人",
    )
    assert (plan.target("T2").indicator, plan.target("T2").subject.zh) == ("", "每个园区")
    assert "# 原文：突破10件" in text


def test_what_the_reader_is_unsure_of_stays_a_comment() -> None:
    text = draft_plan(
        {"review": [{"clause": "二", "quote": "大幅提高", "reason": "no number"}]}, name="small"
    )
    assert "#   二：大幅提高（no number）" in text
    assert not parse_plan(text, Path("small.yaml")).targets
