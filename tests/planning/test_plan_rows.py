# SPDX-License-Identifier: Apache-2.0
"""Plans as rows: what the command line lists and shows."""

from __future__ import annotations

import json
from pathlib import Path

from zhihang.planning.plan_file import Plans
from zhihang.planning.plan_rows import bodies_of, plan_list, plan_shown


def test_the_five_founding_plans_are_listed() -> None:
    listed = {row["name"]: row["targets"] for row in plan_list(Plans())}
    assert listed == {
        "guangdong-2015-2017": 28,
        "guangxi-intensive-2020": 15,
        "guangxi-ip-2015-2020": 13,
        "guilin-2016-2020": 14,
        "navigation-zones-2013": 3,
    }


def test_a_target_is_shown_under_the_names_of_the_annotations() -> None:
    plans = Plans()
    shown = plan_shown(plans["guilin-2016-2020"], plans)
    first = shown["targets"][0]
    assert (first["value"], first["unit"], first["value_base"], first["unit_base"]) == (
        2.83,
        "万件",
        28300,
        "件",
    )
    assert (first["region"], first["comparator"], first["kind"]) == ("桂林市", ">=", "cumulative")
    assert shown["targets"][4]["baseline"] == "2011/2015 2024件"


def test_an_annex_is_shown_cell_by_cell() -> None:
    plans = Plans()
    cells = plan_shown(plans["guilin-2016-2020"], plans)["annexes"]
    assert len(cells) == 2 * 18 * 5
    assert {"table": "附件1", "target_id": "T003", "region": "", "county": "合计", "year": 2020, "value": 6600,
            "unit": "件"} in cells  # fmt: skip


def test_a_shown_plan_can_be_written_as_json() -> None:
    plans = Plans()
    for plan in plans:
        json.dumps(plan_shown(plan, plans), ensure_ascii=False)


def test_a_faulty_plan_is_listed_as_such_and_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("label: {zh: 坏}", encoding="utf-8")
    listed = {row["name"]: row["status"] for row in plan_list(Plans((tmp_path,)))}
    assert listed["broken"] == "faulty"
    assert listed["guilin-2016-2020"] == "reviewed"


def test_bodies_come_in_the_order_of_the_document() -> None:
    assert list(bodies_of(Plans()["guilin-2016-2020"]))[:3] == ["市发展改革委", "市工信委", "市财政局"]
