# SPDX-License-Identifier: Apache-2.0
"""One small workspace for all tests of the command line: two runs, three records, one of them refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.command_line import Ran, zhihang

REGISTER = """\
申请号,申请日,公开公告号,公开公告日,专利名称,申请人,IPC分类号
CN201410000001.6,2014-01-02,CN103000001A,2014-06-04,飞行杯,样例大学;甲公司,A47G19/22
CN201420000002.6,2014-03-04,CN203000002U,2014-09-10,=1+1,甲公司,B65D 43/02
ZZ,,,,坏行,甲公司,
"""
UPDATE = """\
申请号,申请日,专利名称,申请人
CN201420000002.6,2014-03-05,杯盖,乙公司
"""


@dataclass(frozen=True)
class Place:
    """A workspace and what the commands that made it said."""

    folder: Path
    init: Ran
    first: Ran
    second: Ran

    asked: dict[tuple[str, ...], Ran] = field(default_factory=dict)

    def run(self, *words: object) -> Ran:
        """Run a command that only reads; the same one is run once."""
        key = tuple(map(str, words))
        if key not in self.asked:
            self.asked[key] = zhihang("--workspace", self.folder, *words)
        return self.asked[key]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The workspace, made by the command line itself; tests only read it."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "update.csv").write_text(UPDATE, encoding="utf-8")
    workspace = folder / "workspace"
    return Place(
        workspace,
        zhihang("--workspace", workspace, "init"),
        zhihang("-w", workspace, "ingest", folder / "register.csv", "--format", "json"),
        zhihang("-w", workspace, "ingest", folder / "update.csv"),
    )


@pytest.fixture(autouse=True)
def no_workspace_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the tester's own shell says."""
    monkeypatch.delenv("ZHIHANG_WORKSPACE", raising=False)
