# SPDX-License-Identifier: Apache-2.0
"""Real patents identified: every one counts once, in parts or apart, and what no real table gives is said to be missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zhihang.intensity.facts_seen import Area, FactsSeen
from zhihang.intensity.industry_answer import IndustryAnswer, answer
from zhihang.intensity.scheme import Scheme, SchemeFile
from zhihang.reporting.intensity_remark import told_in_chinese
from zhihang.workspace import Workspace, create_workspace

pytestmark = pytest.mark.quality
NATION = Area("000000", "全国", ("",))
FILES = {
    "taian": ("cn-taian-applications/taian_patents_1985-2015.xlsx", 2015, 30),
    "aviation": ("cn-patsnap-green-aviation/patsnap_export_rows1-1399.xlsx", 2024, 30),
    "rail": ("cn-cnipr-rail/cnipr_export_200.xlsx", 2013, 5),
}
SCHEME: dict[str, Any] = {
    "label": {"zh": "试", "en": "Trial"},
    "description": "All filings by division.",
    "reference": "test",
    "subject": "industry",
    "status": "illustrative",
    "patents": {"kinds": ["invention", "utility_model", "design"], "measure": "filings", "holders": "all"},
    "conditions": [{"name": "scale", "measure": "patents", "at_least": 1}],
}


@pytest.fixture(scope="module", params=FILES)
def tried(request, shared: Path, tmp_path_factory) -> tuple[str, Workspace, IndustryAnswer]:
    """A file of real patents, ingested and identified over all its years."""
    name, year, window = FILES[request.param]
    workspace = create_workspace(tmp_path_factory.mktemp(request.param) / "w")
    workspace.ingest([shared / "data" / "patents" / name])
    workspace.derive()
    stated = {**SCHEME, "patents": {**SCHEME["patents"], "window": min(window, 20)}}
    scheme = Scheme("trial", SchemeFile.model_validate(stated))
    store = workspace.store
    facts = FactsSeen(store.table, store.collect, workspace.codes, store.engine.values)
    return request.param, workspace, answer(facts, NATION, scheme, year, draws=20)


def test_every_patent_counts_once_in_parts_or_apart(tried):
    _, workspace, found = tried
    made, window = found.made, found.made.window
    store = workspace.store
    rows = store.table("patent")
    rows = rows.filter(rows.filing_date.year().isin(list(window)))
    expected = store.collect(rows.aggregate(n=rows.count())).to_pylist()[0]["n"]
    counted = float(found.found.subjects.measure("patents").sum())
    assert counted + made.unallocated + made.coarse + made.outside == pytest.approx(expected, abs=0.01)
    assert made.unallocated < 0.1 * expected


def test_the_fields_of_the_exports_are_the_industries_that_lead(tried):
    name, _, found = tried
    counts = dict(
        zip(found.found.subjects.ids, found.found.subjects.measure("patents").tolist(), strict=True)
    )
    leading = sorted(counts, key=lambda code: -counts[code])[:5]
    expected = {"taian": {"34", "35"}, "aviation": {"37"}, "rail": {"48", "35"}}[name]
    assert expected & set(leading), leading


def test_no_real_employment_is_told_and_not_made_up(tried):
    _, _, found = tried
    assert all(row["intensity"] is None for row in found.rows())
    told = told_in_chinese(remark.text for remark in found.remarks)
    assert any("没有从业人员数据、不能计算密集度" in line for line in told)
