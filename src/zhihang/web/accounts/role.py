# SPDX-License-Identifier: Apache-2.0
"""What a role is: who somebody is for the office, and what that lets them do."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zhihang.terms.label import Label

TABLE = Path(__file__).with_name("roles.csv")
ANYONE = "anyone"
"""Permission that needs no account: sign-in, help, health."""
PERMISSIONS: Mapping[str, Label] = {
    "public": Label("查看开放数据", "See open data"),
    "own": Label("查看与本单位有关的内容", "See what concerns one's own firm"),
    "view": Label("查看", "See figures, plans, results"),
    "edit": Label("修改规划与分解", "Change plans and splits"),
    "upload": Label("上传数据", "Upload data"),
    "review": Label("核定机构与地域", "Decide on organisations and places"),
    "study": Label("建立导航研究", "Make navigation studies"),
    "export": Label("下载", "Download"),
    "audit": Label("查看操作日志", "Read the log"),
    "administer": Label("管理用户与系统", "Manage people and the system"),
}


@dataclass(frozen=True)
class Role:
    """A role; a `scoped` one acts only within the region of the account."""

    name: str
    label: Label
    scoped: bool
    permissions: frozenset[str]


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Return the roles by name, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {
            row["role"]: Role(
                row["role"],
                Label(row["zh"], row["en"]),
                row["scoped"] == "yes",
                frozenset(row["permissions"].split()),
            )
            for row in csv.DictReader(stream)
        }
