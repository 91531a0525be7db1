# SPDX-License-Identifier: Apache-2.0
"""Tests of `zhihang simulate`."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from zhihang.cli.commands.simulate import ingest_line


def test_the_line_to_take_in_what_was_made_can_be_copied(tmp_path: Path) -> None:
    made = tmp_path / "my files" / "simulated"
    (made / "truth").mkdir(parents=True)
    names = [f"simulated-450300-{part}-2016-2017.csv" for part in ("register", "events", "parks")]
    truth = made / "truth" / "simulated-450300-truth-2016-2017.csv"
    paths = [made / name for name in names] + [truth, made / "README.txt"]
    for path in paths:
        path.touch()
    program, option, folder, verb, files = shlex.split(ingest_line(tmp_path / "my files", paths))
    assert (program, option, folder, verb) == ("zhihang", "--workspace", str(tmp_path / "my files"), "ingest")
    assert sorted(path.name for path in Path(files).parent.glob(Path(files).name)) == sorted(names)


def test_a_workspace_chosen_for_the_whole_session_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHANG_WORKSPACE", "guilin")
    made = [Path("guilin/simulated/simulated-450300-register-2016-2017.csv")]
    assert (
        ingest_line(Path("guilin"), made)
        == "zhihang ingest guilin/simulated/simulated-450300-*-2016-2017.csv"
    )
