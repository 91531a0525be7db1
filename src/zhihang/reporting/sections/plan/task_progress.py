# SPDX-License-Identifier: Apache-2.0
"""What a bulletin says of the tasks of its plan: how many stand how, which are overdue, and what was reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zhihang.planning.plan import Task
from zhihang.planning.task_state import STATES
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.plan_facts import PlanFacts


def task_progress(facts: PlanFacts) -> Iterator[Block]:
    """Yield a sentence and a table; nothing while no task was reported on."""
    if not facts.tasks:
        return
    every = [task for task in facts.plan.tasks if task.id in facts.tasks or facts.is_overdue(task)]
    if not every:
        return
    yield Prose(_told(facts))
    pick, joined = facts.pick, facts.pick("、", ", ")
    yield DataTable.of(
        [
            {
                "clause": task.clause,
                "label": pick(task.label.zh, task.label.en or task.label.zh),
                "bodies": joined.join(task.lead) or "—",
                "due": (facts.tasks[task.id].due if task.id in facts.tasks else "") or task.deadline or "—",
                "stands": facts.standing_of(task),
            }
            for task in sorted(every, key=lambda task: not facts.is_overdue(task))
        ],
        columns=[
            Column("clause", pick("条款", "Clause")),
            Column("label", pick("任务", "Task")),
            Column("bodies", pick("责任单位", "Bodies")),
            Column("due", pick("期限", "Due")),
            Column("stands", pick("进展", "Progress")),
        ],
        title=pick("任务进展", "Progress of tasks"),
        unit=pick("项", "tasks"),
        period=pick(f"截至{facts.day(facts.at)}", f"until {facts.day(facts.at)}"),
        source=pick(f"{facts.title}；责任单位报送", f"{facts.title}; reports of the bodies responsible"),
    )


def _told(facts: PlanFacts) -> str:
    tasks = facts.plan.tasks
    counted = Counter(facts.tasks[task.id].status for task in tasks if task.id in facts.tasks)
    late, silent = sum(map(facts.is_overdue, tasks)), _silent(facts, tasks)
    if facts.language == "zh":
        parts = [f"{label.zh}{counted[name]}项" for name, label in STATES.items() if counted[name]]
        parts += [f"未报送进展{silent}项"] if silent else []
        return f"计划所列{len(tasks)}项任务中，{'、'.join(parts)}{f'；已逾期{late}项' if late else ''}。"
    told = [f"{counted[name]} {label.en.lower()}" for name, label in STATES.items() if counted[name]]
    told += [f"{silent} not reported on"] if silent else []
    return f"Of {len(tasks)} tasks {', '.join(told)}{f'; {late} overdue' if late else ''}."


def _silent(facts: PlanFacts, tasks: tuple[Task, ...]) -> int:
    return sum(task.id not in facts.tasks for task in tasks)
