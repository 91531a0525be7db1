# SPDX-License-Identifier: Apache-2.0
"""What changed between two days: what turned worse comes first, what stayed is left out."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest


def _row(target: str, value: float | None, status: str, region: str = "") -> dict[str, Any]:
    return {"target": target, "region": region, "value": value, "status": status}


def test_what_turned_worse_comes_first_and_what_stayed_is_left_out(office: object) -> None:
    from zhihang.web.changes import changes

    before = [_row("A", 10, "green"), _row("B", 5, "red"), _row("C", 1, "green"), _row("D", None, "none")]
    now = [_row("A", 10, "green"), _row("B", 9, "yellow"), _row("C", 1, "red"), _row("D", 3, "green")]
    found = changes(before, now)
    assert [(one["row"]["target"], one["turn"], one["difference"]) for one in found] == [
        ("C", -1, 0),
        ("B", 1, 4),
        ("D", 0, None),
    ]


def test_the_month_before_begins_a_year_too(office: object) -> None:
    from zhihang.web.changes import month_before

    assert month_before(date(2018, 1, 31)) == date(2017, 12, 31)
    assert month_before(date(2016, 3, 31)) == date(2016, 2, 29)


def test_the_text_of_a_clause_stands_beside_its_targets(
    signed_in: Callable[..., Any], office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web import answers
    from zhihang.workspace import open_workspace

    folder = office / "policies"
    folder.mkdir(exist_ok=True)
    path = folder / "guilin-2016-2020.txt"
    assert open_workspace(office).plans.clauses("guilin-2016-2020") == {"file": "", "clauses": {}}
    path.write_text(
        "某计划\n\n三、发展目标\n发明<b>专利</b>受理量达到28300件。\n\n四、任务\n推进企业工作。\n", "utf-8"
    )
    monkeypatch.setattr(answers.answers(), "_state", (0.0, ""))
    try:
        answered = signed_in("office").get("/plans/guilin-2016-2020/?at=2017-12-31")
        while answered.status_code == 202:
            time.sleep(0.3)
            answered = signed_in("office").get("/plans/guilin-2016-2020/?at=2017-12-31")
        text = answered.content.decode()
    finally:
        path.unlink()
    assert "受理量达到28300件" in text
    assert "<b>专利" not in text
