# SPDX-License-Identifier: Apache-2.0
"""Follow-up of a plan's tasks: reports with who and when, what is overdue, and where documents say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from zhihang.errors import ZhihangError
from zhihang.planning.task_state import TaskState, overdue
from zhihang.workspace import Workspace, create_workspace

PLAN = "guilin-2016-2020"
AT = date(2019, 12, 31)


def always(_: Any) -> bool:
    return True


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = create_workspace(tmp_path_factory.mktemp("tasks") / "office")
    workspace.ingest(workspace.published_files())
    return workspace


@pytest.fixture
def workspace(made: Workspace) -> Iterator[Workspace]:
    yield made
    (made.folder / "plans" / "tasks" / f"{PLAN}.csv").unlink(missing_ok=True)


def first(workspace: Workspace) -> dict[str, Any]:
    shown: dict[str, Any] = workspace.plan_tasks.rows(PLAN, AT)[0]
    return shown


def test_the_last_report_counts_and_all_are_kept_with_who_and_when(workspace: Workspace) -> None:
    desk, task = workspace.plan_tasks, first(workspace)["id"]
    assert first(workspace)["state"] is None
    desk.report(
        PLAN, task, {"status": "under_way", "due": "2019-06-30", "note": "已\n开会"}, by="甲", still=always
    )
    row = first(workspace)
    assert (row["id"], row["over"], row["due"], row["state"]["note"]) == (task, True, "2019-06-30", "已 开会")
    desk.report(PLAN, task, {"status": "done"}, by="乙", still=always)
    row = next(one for one in desk.rows(PLAN, AT) if one["id"] == task)
    assert row["over"] is False
    assert [(one["by"], one["status"]) for one in row["reports"]] == [("乙", "done"), ("甲", "under_way")]
    assert row["reports"][0]["at"] >= row["reports"][1]["at"] > "2"
    desk.report(PLAN, task, {"status": "done"}, by="丙", still=always)
    assert len(desk.history(PLAN)) == 2, "the same again is no report"


def test_what_cannot_be_is_refused_and_who_saw_something_else_is_told(workspace: Workspace) -> None:
    desk, task = workspace.plan_tasks, first(workspace)["id"]
    for wrong in (
        {"status": "x"},
        {"status": "done", "due": "someday"},
        {"status": "done", "note": "长" * 500},
    ):
        with pytest.raises(ZhihangError):
            desk.report(PLAN, task, wrong, by="甲", still=always)
    with pytest.raises(ZhihangError):
        desk.report(PLAN, "none", {"status": "done"}, by="甲", still=always)
    desk.report(PLAN, task, {"status": "stuck"}, by="甲", still=always)
    held = desk.report(PLAN, task, {"status": "done"}, by="乙", still=lambda now: not now["status"])
    assert held is not None
    assert (held["status"], held["by"]) == ("stuck", "甲")
    assert len(desk.history(PLAN)) == 1


@pytest.mark.parametrize(
    ("deadline", "state", "late"),
    [
        ("2016-2018", None, True),
        ("2016-2020", None, False),
        ("", None, False),
        ("长期", None, False),
        ("2018", TaskState("a", "done"), False),
        ("2018", TaskState("a", "stuck", due="2020-01-31"), False),
        ("2020", TaskState("a", "stuck", due="2019-12-30"), True),
    ],
)
def test_a_task_is_overdue_once_its_day_is_over_and_it_is_not_done(
    deadline: str, state: TaskState | None, late: bool
) -> None:
    assert overdue(deadline, state, AT) is late


@pytest.mark.slow
def test_bulletin_letter_and_evaluation_say_how_tasks_stand(workspace: Workspace) -> None:
    desk = workspace.plan_tasks
    task = next(one for one in desk.rows(PLAN, AT) if one["lead_units"] == "市财政局")
    before = dict(workspace.reports.plan_documents(PLAN, AT))
    assert not any("任务落实" in str(document.blocks) for document in before.values())
    said = {"status": "stuck", "due": "2019-06-30", "note": "经费未到位"}
    desk.report(PLAN, task["id"], said, by="甲", still=always)
    documents = dict(workspace.reports.plan_documents(PLAN, AT))
    named = [name for name, document in documents.items() if "经费未到位" in str(document.blocks)]
    assert any("bulletin" in name for name in named)
    assert any("市财政局" in name for name in named)
    assert any("受阻（已逾期）" in str(document.blocks) for document in documents.values())
