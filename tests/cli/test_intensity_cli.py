# SPDX-License-Identifier: Apache-2.0
"""The commands on industries, enterprises and parks: what is handed in comes out identified."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import zhihang

from zhihang.workspace import create_workspace


def test_templates_and_schemes_need_no_workspace(tmp_path: Path):
    made = zhihang("template", "park", "--to", tmp_path / "parks.xlsx")
    assert (made.code, (tmp_path / "parks.xlsx").read_bytes()[:2]) == (0, b"PK")
    listed = zhihang("industries", "schemes", "--format", "json").json
    assert {"generic", "sme_pool", "experimental_zone"} <= {row["scheme"] for row in listed}
    wrong = zhihang("template", "firm", "--to", tmp_path / "x.xlsx")
    assert (wrong.code, "enterprise" in wrong.err) == (2, True)


@pytest.mark.slow
def test_a_simulated_region_from_files_to_lists(tmp_path: Path):
    workspace = create_workspace(tmp_path / "w")
    made = workspace.simulate("450300", 2010, 2020, seed=2, scale=0.1)
    outcomes = workspace.ingest(
        [path for path in made.paths if path.suffix == ".csv" and "truth" not in path.parts]
    )
    assert all(outcome.status == "ingested" and outcome.simulated for outcome in outcomes)
    workspace.derive()
    run = ("-w", tmp_path / "w")
    found = zhihang(
        *run, "industries", "identify", "--region", "450300", "--year", 2020, "--format", "json"
    ).json
    assert found["simulated"] is True
    row = found["industries"][0]
    named = (
        "industry",
        "intensity",
        "interval",
        "scale",
        "conditions",
        "in_catalogue",
        "stability",
        "output_share",
    )
    assert set(named) <= row.keys()
    assert row["interval"][0] <= row["intensity"] <= row["interval"][1]
    assert found["catalogue"] == [row["industry"] for row in found["industries"] if row["in_catalogue"]]
    firms = zhihang(
        *run, "enterprises", "recognise", "--scheme", "intensive_enterprise", "--format", "json"
    ).json
    eligible = [row for row in firms["enterprises"] if row["eligible"]]
    assert len(eligible) == firms["eligible"]
    assert {"value", "threshold", "passed", "clause"} <= eligible[0]["conditions"][0].keys()
    wanted = max(1, firms["eligible"] // 2)
    simulated = zhihang(*run, "enterprises", "simulate", "--target", wanted, "--format", "json").json
    assert all(one["reached"] >= wanted for one in simulated["alone"])
    unlinked = zhihang(*run, "enterprises", "unlinked", "--format", "json").json
    assert {row["link"] for row in unlinked} <= {"none", "several"}
    parks = zhihang(*run, "parks", "list", "--format", "json").json["parks"]
    profile = zhihang(*run, "parks", "profile", parks[0]["park"], "--format", "json").json
    assert len(profile["firms"]) == profile["enterprises"]
    assert zhihang(*run, "enterprises", "first-patent", "--format", "json").json
    assert zhihang(*run, "enterprises", "first-filing", "--format", "json").json
    watched = zhihang(*run, "enterprises", "watch", "--at", "2020-12-31", "--format", "json").json
    assert {row["direction"] for row in watched} == {"up", "down"}
    assert all(row["decisive_on"] > "2020-12-31" for row in watched if row["direction"] == "down")
    place = ("--region", "450300", "--year", 2020)
    paper = zhihang(*run, "industries", "bulletin", *place, "--to", tmp_path / "out", "--format", "json")
    assert [Path(row["file"]).suffix for row in paper.json] == [".docx", ".pdf", ".html", ".xlsx"]
    assert "模拟数据" in Path(paper.json[2]["file"]).read_text("utf-8")
    sheet = zhihang(*run, "industries", "sheet", found["catalogue"][0], *place, "--to", tmp_path / "out")
    assert sheet.code == 0
    panel = zhihang(
        *run, "industries", "panel", "--region", "450300", "--from", 2019, "--to", 2020, "--format", "json"
    ).json
    assert len(panel) == 2 * 17
    both = zhihang(
        *run,
        "industries",
        "compare",
        "generic",
        "guangxi",
        "--region",
        "450300",
        "--year",
        2020,
        "--format",
        "json",
    ).json
    assert set(both["both"]) <= set(found["catalogue"])
