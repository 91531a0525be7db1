# SPDX-License-Identifier: Apache-2.0
"""Follow-up of the tasks of plans: who reported what and when, kept in ``plans/tasks/NAME.csv`` of the workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.alone import alone
from zhihang.desks.room import Room
from zhihang.errors import NotFound

if TYPE_CHECKING:
    from zhihang.planning.task_state import TaskState
    from zhihang.terms.label import Label

Row = dict[str, Any]
KEPT = ("status", "due", "note")


@dataclass(frozen=True)
class PlanTasks:
    """Tasks of the plans of one workspace."""

    room: Room

    @property
    def states_known(self) -> Mapping[str, Label]:
        """What may be reported of a task."""
        from zhihang.planning.task_state import STATES

        return STATES

    def rows(self, plan: str, at: date) -> list[Row]:
        """Return the tasks of a plan as they stand, those overdue at a day first, then in the plan's order."""
        from zhihang.planning.task_state import overdue

        states, held = self.states(plan), self.history(plan)
        found = []
        for task in self._tasks(plan):
            state = states.get(task["id"])
            found.append(
                {
                    **task,
                    "state": asdict(state) if state else None,
                    "label": {"zh": state.label.zh, "en": state.label.en} if state else None,
                    "due": (state.due if state else "") or task["deadline"],
                    "over": overdue(task["deadline"], state, at),
                    "reports": [one for one in reversed(held) if one["task"] == task["id"]],
                }
            )
        return sorted(found, key=lambda one: not one["over"])

    def states(self, plan: str) -> Mapping[str, TaskState]:
        """Return the last report on each task, by its id."""
        from zhihang.planning.task_state import reported

        return {one.task: one for one in reported(self._file(plan))}

    def history(self, plan: str) -> list[Row]:
        """Return all reports on a plan's tasks, the oldest first."""
        from zhihang.planning.task_state import reported

        return [asdict(one) for one in reported(self._file(plan))]

    def report(
        self, plan: str, task: str, said: Mapping[str, str], *, by: str, still: Callable[[Row], bool]
    ) -> Row | None:
        """Keep what a person says of a task, with who and when.

        If `still` says no to what stands there (blank values where nothing does), nothing is written and that is
        returned; else None.
        """
        from zhihang.planning.task_state import TaskState, add_report, checked

        known = [one["id"] for one in self._tasks(plan)]
        if task not in known:
            raise NotFound.named("task", task, known)
        path = self._file(plan)
        with alone(path):
            before = self.states(plan).get(task)
            now = {name: getattr(before, name, "") for name in KEPT}
            if not still(now):
                return asdict(before) if before else now
            fresh = {name: " ".join(str(said.get(name, "")).split()) for name in KEPT}
            if fresh != now:
                when = self.room.store.clock().isoformat(timespec="seconds")
                add_report(path, checked(TaskState(task, **fresh, by=by, at=when)))
        return None

    def _tasks(self, plan: str) -> list[Row]:
        from zhihang.desks.plans import PlansDesk

        found: list[Row] = PlansDesk(self.room).show(plan)["tasks"]
        return found

    def _file(self, plan: str) -> Path:
        from zhihang.desks.plans import PlansDesk

        name = PlansDesk(self.room).show(plan)["name"]  # refuses what is no plan
        return self.room.folder / "plans" / "tasks" / f"{name}.csv"
