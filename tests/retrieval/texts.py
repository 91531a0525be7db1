# SPDX-License-Identifier: Apache-2.0
"""A small workspace of patents with texts, for tests of searching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.store_rows import application, put

from zhihang.workspace import Workspace, create_workspace

Patent = dict[str, Any]

PATENTS: tuple[Patent, ...] = (
    {
        "id": "CN201010000001",
        "title": "一种锂离子电池正极材料的制备方法",
        "abstract": "将磷酸铁锂与石墨烯混合，得到正极材料。",
        "claim": "一种正极材料，其特征在于，含有磷酸铁锂。",
        "ipc": ["H01M4/58", "H01M10/0525"],
        "applicant": "桂林电子科技大学",
        "filed": date(2010, 3, 1),
        "kind": "invention",
    },
    {
        "id": "CN201110000002",
        "title": "電動車輛的鋰電池組",
        "abstract": "包括水池、組件以及電池。",
        "claim": "一種電池組。",
        "ipc": ["H01M2/10"],
        "applicant": "广西玉柴机器股份有限公司",
        "filed": date(2011, 5, 1),
        "kind": "utility_model",
    },
    {
        "id": "US201200003",
        "title": "Lithium-ion batteries having coated cathodes",
        "abstract": "A battery comprises a cathode coated with <b>graphene</b> & carbon.",
        "language": "en",
        "ipc": ["H01M4/62"],
        "applicant": "=CMD|' /C calc'!A0",
        "filed": date(2012, 7, 1),
        "kind": "invention",
    },
    {
        "id": "CN201310000004",
        "title": "甘蔗收割机",
        "abstract": "采用５Ｇ通信的甘蔗收割机，带有切割刀。",
        "ipc": ["A01D45/10"],
        "applicant": "广西玉柴机器股份有限公司",
        "filed": date(2013, 9, 1),
        "kind": "utility_model",
    },
)


def patent(number: str, title: str) -> Patent:
    """Make a patent of which little matters."""
    return {
        "id": number, "title": title, "abstract": "说明。", "ipc": ["B23B1/00"], "applicant": "某厂",
        "filed": date(2015, 1, 1), "kind": "invention",
    }  # fmt: skip


def lathes(count: int) -> list[Patent]:
    """Make patents of one kind."""
    return [patent(f"CN2015{n:08d}", f"第{n}号车床") for n in range(count)]


def tables(patents: Sequence[Patent]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the recorded tables."""
    found: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("application", "publication", "text", "claim", "classification", "party")
    }
    for line, patent in enumerate(patents, 1):
        number, language = patent["id"], patent.get("language", "zh")
        printed = f"{number[:2]}1{number[-8:]}A"
        base = {"application_id": number, "line": line}
        facts = {"kind": patent["kind"], "office": number[:2], "filing_date": patent["filed"]}
        found["application"].append(application(number, line, **facts))
        found["publication"].append({**base, "publication_id": printed, "number": printed[2:-1]})
        written = {**base, "publication_id": printed, "language": language}
        for part in ("title", "abstract"):
            found["text"].append({**written, "part": part, "text": patent[part]})
        if "claim" in patent:
            found["claim"].append({**written, "number": 1, "text": patent["claim"]})
        for position, symbol in enumerate(patent["ipc"], 1):
            found["classification"].append({**base, "scheme": "ipc", "symbol": symbol, "position": position})
        party = {**base, "role": "applicant", "sequence": 1, "name": patent["applicant"]}
        found["party"].append(party)
    return found


def workspace_of(folder: Path, patents: Sequence[Patent] = PATENTS) -> Workspace:
    """Make a workspace with these patents, nothing derived, no index yet."""
    workspace = create_workspace(folder)
    put(workspace.store, "first.csv", tables(patents))
    return workspace
