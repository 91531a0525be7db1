# SPDX-License-Identifier: Apache-2.0
"""Workspaces with patents for the pages: a few records that are only indexed, and a small region that is derived."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TITLE = "一种<script>alert(1)</script><b>粗</b>电池&电极"
COLUMNS = (
    "专利名称", "专利类型", "申请人", "申请人地址", "申请号", "申请日", "公开公告号", "公开公告日", "IPC分类号",
    "发明人", "摘要文本", "主权项内容",
)  # fmt: skip


def write_records(path: Path) -> Path:
    """Write 30 records; the first has markup in its title, a long applicant, and stands alone in its class."""
    rows = [
        {
            "专利名称": TITLE if number == 1 else f"电池外壳{number}",
            "专利类型": "发明专利" if number % 2 else "实用新型",
            "申请人": "桂" * 60 + "有限公司" if number == 1 else "桂林漓江电子有限公司",
            "申请人地址": "广西壮族自治区桂林市七星区解放路1号",
            "申请号": f"CN2019100{number:05d}.{check(f'2019100{number:05d}')}",
            "申请日": f"2019-01-{number:02d}",
            "公开公告号": f"CN1100{number:05d}A",
            "公开公告日": f"2019-07-{number:02d}",
            "IPC分类号": "H01M10/0525" if number == 1 else "H01M2/02",
            "发明人": "李明",
            "摘要文本": "本发明涉及电池 <img src=x onerror=alert(2)>。",
            "主权项内容": "1. 一种电池。",
        }
        for number in range(1, 31)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def check(digits: str) -> str:
    """Return the check digit of a Chinese application number: weights 2 to 9, modulo 11, X for 10."""
    total = sum(int(digit) * (place % 8 + 2) for place, digit in enumerate(digits))
    return "0123456789X"[total % 11]


@pytest.fixture(scope="session")
def patents_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 30 records and an index, nothing derived."""
    from zhihang.workspace import create_workspace

    folder = tmp_path_factory.mktemp("patents")
    workspace = create_workspace(folder / "office")
    workspace.ingest([write_records(folder / "records.csv")])
    workspace.search.index()
    return folder / "office"


@pytest.fixture(scope="session")
def region_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated county with firms, industries and a park, derived and indexed."""
    from zhihang.workspace import create_workspace

    folder = tmp_path_factory.mktemp("region")
    workspace = create_workspace(folder)
    workspace.simulate("450305", 2014, 2018, scale=0.02, seed=3)
    workspace.ingest(sorted((folder / "simulated").glob("*.csv")))
    workspace.derive()
    workspace.search.index()
    return folder


@pytest.fixture
def looks_at(office: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Give ``looks_at(folder)``: from then on the pages answer from that workspace."""
    from zhihang.web.answers import Answers
    from zhihang.workspace import open_workspace

    def look(folder: Path) -> None:
        own = threading.local()

        def workspace(_: Answers) -> Any:
            if not hasattr(own, "held"):
                own.held = open_workspace(folder)
            return own.held

        monkeypatch.setattr(Answers, "workspace", property(workspace))
        monkeypatch.setattr(Answers, "state", lambda _: str(folder))

    return look


@pytest.fixture
def patents(patents_folder: Path, looks_at: Callable[[Path], None]) -> Path:
    """The pages answer from the 30 records."""
    looks_at(patents_folder)
    return patents_folder


@pytest.fixture
def region(region_folder: Path, looks_at: Callable[[Path], None]) -> Path:
    """The pages answer from the simulated county."""
    looks_at(region_folder)
    return region_folder


@pytest.fixture
def settled() -> Callable[..., Any]:
    """Give ``settled(client, address)``: the answer once it is worked out."""

    def ask(client: Any, address: str) -> Any:
        for _ in range(200):
            answered = client.get(address)
            if answered.status_code != 202:
                return answered
            time.sleep(0.1)
        raise AssertionError(f"{address} is never worked out")

    return ask
