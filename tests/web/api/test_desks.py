# SPDX-License-Identifier: Apache-2.0
"""What the desks for data, splits, studies and watches show, over the interface."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_files_runs_and_rejections_come_in_pages(signed_in: Callable[..., Any]) -> None:
    client = signed_in("auditor")
    files = client.get("/api/v1/data/files/?limit=2").json()
    assert files["count"] > 2
    assert len(files["items"]) == 2
    assert client.get("/api/v1/data/runs/").json()["items"][0]["verb"] == "ingest"
    assert client.get("/api/v1/data/files/1/rejections/").json()["items"] == []
    assert client.get("/api/v1/data/files/999/rejections/").status_code == 404


def test_a_kept_scenario_is_solved(signed_in: Callable[..., Any], office: Path) -> None:
    from zhihang.workspace import open_workspace

    asked = {"method": "as_planned", "locks": {"450305": {2020: 4400}}}
    open_workspace(office).scenarios.save("guilin-2016-2020", "T003", "甲", asked, by="office")
    try:
        client = signed_in("analyst")
        listed = client.get("/api/v1/scenarios/guilin-2016-2020/T003/").json()["items"]
        assert [(one["name"], one["locks"]) for one in listed] == [("甲", 1)]
        split = client.get("/api/v1/scenarios/guilin-2016-2020/T003/甲/").json()["split"]
        cells = {(one["region"], one["period"]): one["value"] for one in split["cells"]}
        assert cells["450305", 2020] == 4400
        assert client.get("/api/v1/scenarios/guilin-2016-2020/T003/none/").status_code == 404
    finally:
        shutil.rmtree(office / "scenarios")


def test_studies_and_watches_answer_and_keep_to_what_one_may_see(
    signed_in: Callable[..., Any], office: Path
) -> None:
    from zhihang.workspace import open_workspace

    client = signed_in("analyst")
    assert "drones" in {one["study"] for one in client.get("/api/v1/studies/").json()["items"]}
    assert client.get("/api/v1/studies/drones/").json()["variant"] == "industry"
    assert client.get("/api/v1/studies/drones/result/").status_code == 404
    assert client.get("/api/v1/studies/none/recommendations/").status_code == 404
    open_workspace(office).watches.add_one(name="w", addressee="别家", classes=("H01M",))
    try:
        assert client.get("/api/v1/watches/").json()["count"] == 0
        assert client.get("/api/v1/watches/w/items/").status_code == 404
        assert signed_in("office").get("/api/v1/watches/").json()["count"] == 1
    finally:
        shutil.rmtree(office / "watches")


@pytest.mark.parametrize(
    "path", ["data/files/", "data/runs/", "studies/", "watches/", "scenarios/guilin-2016-2020/T003/"]
)
def test_none_of_it_is_public(client: Any, signed_in: Callable[..., Any], path: str) -> None:
    assert client.get(f"/api/v1/{path}").status_code in (401, 403)
    assert signed_in("firm").get(f"/api/v1/{path}").status_code == 403
