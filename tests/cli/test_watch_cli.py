# SPDX-License-Identifier: Apache-2.0
"""`zhihang watch`: what a person sees and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import zhihang


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert zhihang("-w", tmp_path / "w", "init").code == 0
    return tmp_path / "w"


def test_a_watch_is_added_listed_and_stopped(folder: Path) -> None:
    assert zhihang("-w", folder, "watch", "add", "a", "--scope", "电池", "--address", "a@x.example").code == 0
    (row,) = zhihang("-w", folder, "watch", "list", "--format", "json").json
    assert (row["watch"], row["active"], row["served_to"]) == ("a", True, "")
    assert zhihang("-w", folder, "watch", "stop", "a").code == 0
    assert zhihang("-w", folder, "watch", "list", "--format", "json").json[0]["active"] is False
    assert "watch list" in zhihang("-w", folder, "watch", "stop", "b").err


def test_bad_lines_of_a_file_are_told_with_exit_code_1(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("订阅名,经营范围,邮箱\na,电池,\nb,电池,nobody\n", "utf-8")
    done = zhihang("-w", folder, "watch", "add", "--from", path)
    assert done.code == 1
    assert "1 watches added" in done.err
    assert "line 3" in done.err
    assert zhihang("-w", folder, "watch", "add", "--from", tmp_path / "none.csv").code == 2


def test_a_round_with_nobody_to_serve_says_so(folder: Path) -> None:
    done = zhihang("-w", folder, "watch", "run")
    assert done.code == 0
    assert "没有有效的订阅" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--until", "2999-01-01"),
        ("run", "--until", "soon"),
        ("send",),
        ("add", "bad name"),
        ("again", "7"),
    ],
)
def test_what_cannot_be_done_is_told_with_exit_code_2(folder: Path, words: tuple[str, ...]) -> None:
    done = zhihang("-w", folder, "watch", *words)
    assert done.code == 2
    assert "what to do" in done.err or "Usage" in done.err
