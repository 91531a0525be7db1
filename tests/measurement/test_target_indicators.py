# SPDX-License-Identifier: Apache-2.0
"""Every countable phrase of the founding documents has its indicator, or a reason why it has none."""

from __future__ import annotations

import csv
from pathlib import Path

import zhihang.measurement
from zhihang.measurement.catalogue import Indicators
from zhihang.planning.plan_file import PACKAGED as PLANS

LIST = Path(zhihang.measurement.__file__).parent / "target_indicators.csv"


def _rows():
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _gold(shared, name):
    folder = shared / "data" / "policies" / "gold"
    for path in sorted(folder.glob(f"*/{name}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def test_every_row_names_an_indicator_or_a_reason():
    indicators = Indicators()
    for row in _rows():
        assert bool(row["indicator"]) != bool(row["not_measurable"]), row
        assert not row["indicator"] or row["indicator"] in indicators, row


def test_policies_are_those_on_the_shelf_of_plans():
    assert {row["policy"] for row in _rows()} == {path.stem for path in PLANS.glob("*.yaml")}


def test_every_target_of_the_founding_documents_is_listed(shared):
    listed = {(row["document"], row["item"]): row for row in _rows()}
    targets = list(_gold(shared, "targets"))
    assert len(targets) == 73
    for target in targets:
        row = listed[target["doc"][:3], target["target_id"]]
        assert row["clause"] == target["clause"]


def test_every_fact_and_every_condition_with_a_number_is_listed(shared):
    for letter, name in (("F", "facts"), ("C", "conditions")):
        found: dict[str, list[str]] = {}
        for row in _gold(shared, name):
            counted = row["value"] and row["unit"] != "date" and row.get("type") != "acceptance"
            if counted:
                found.setdefault(row["doc"][:3], []).append(row["clause"])
        for document, clauses in found.items():
            rows = [r for r in _rows() if r["document"] == document and r["item"].startswith(letter)]
            assert {row["clause"] for row in rows} == set(clauses), (document, name)


def test_the_unit_of_a_target_is_that_of_its_indicator(shared):
    indicators, listed = Indicators(), {(r["document"], r["item"]): r for r in _rows()}
    loose = {"件", "项", "个", "家", "所", "件/万人", "件/人"}  # documents use these words of measure freely
    for target in _gold(shared, "targets"):
        row = listed[target["doc"][:3], target["target_id"]]
        unit = indicators[row["indicator"]].unit
        wanted = target["unit"].removeprefix("万")
        assert unit == wanted or {unit, wanted} <= loose, (target["target_id"], unit, wanted)
