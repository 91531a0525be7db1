# SPDX-License-Identifier: Apache-2.0
"""How a plan's task stands: what a person reported of it and when; every report is a line of a file, the last counts."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from zhihang.errors import DefinitionError, SourceError
from zhihang.terms.label import Label

STATES: Mapping[str, Label] = {
    "not_begun": Label("未启动", "Not begun"),
    "under_way": Label("进行中", "Under way"),
    "stuck": Label("受阻", "Stuck"),
    "done": Label("已完成", "Done"),
}
LONGEST = 400


@dataclass(frozen=True)
class TaskState:
    """One report on a task: state, the day it is due by (blank: as the plan says), note, who said so and when."""

    task: str
    status: str
    due: str = ""
    note: str = ""
    by: str = ""
    at: str = ""

    @property
    def label(self) -> Label:
        """The state in words."""
        return STATES[self.status]


COLUMNS = tuple(field.name for field in fields(TaskState))


def reported(path: Path) -> list[TaskState]:
    """Return the reports of a file, the oldest first; none where there is no file."""
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f'"{path}" cannot be read.', {"reason": error}, todo=f"Give a CSV with {', '.join(COLUMNS)}."
        ) from error
    found = [TaskState(**{name: (row.get(name) or "").strip() for name in COLUMNS}) for row in rows]
    wrong = [(n, one.status) for n, one in enumerate(found, 2) if one.status not in STATES]
    if wrong:
        raise SourceError(
            f'"{wrong[0][1]}" is no state of a task.',
            {"file": path, "line": wrong[0][0], "states": ", ".join(STATES)},
            todo="Mend the line.",
        )
    return found


def add_report(path: Path, state: TaskState) -> None:
    """Write a report behind the others; it is on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if first:
            writer.writerow(COLUMNS)
        writer.writerow(astuple(state))
        stream.flush()


def checked(state: TaskState) -> TaskState:
    """Return a report that can be kept; refuse an unknown state, a day that is none, and a note that is too long."""
    if state.status not in STATES:
        raise DefinitionError(
            f'"{state.status}" is no state of a task. “{state.status}”不是任务状态。',
            {"states": "、".join(label.zh for label in STATES.values())},
            todo="Choose one of them. 请选择其中之一。",
        )
    if state.due and last_day(state.due) is None:
        raise DefinitionError(
            f'"{state.due}" is no day. “{state.due}”不是日期。',
            {"expected": "2020-12-31"},
            todo="Give year, month and day. 请填写年-月-日。",
        )
    if len(state.note) > LONGEST:
        raise DefinitionError(
            f"The note has {len(state.note)} characters. 说明有 {len(state.note)} 个字。",
            {"most": LONGEST},
            todo="Shorten it. 请缩短。",
        )
    return state


def last_day(term: str) -> date | None:
    """Return the last day of a term: a day, a month, a year or years; None where it names none.

    Examples
    --------
    >>> [str(last_day(term)) for term in ("2016-2020", "2018-02", "2018-06-15", "长期")]
    ['2020-12-31', '2018-02-28', '2018-06-15', 'None']
    """
    if years := re.fullmatch(r"(?:\d{4}\s*[-—/]\s*)?(\d{4})年?底?", term.strip()):
        return date(int(years[1]), 12, 31)
    found = re.fullmatch(r"(\d{4})[-年](\d{1,2})(?:[-月](\d{1,2})?日?)?", term.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])
    except ValueError:
        return None


def overdue(deadline: str, state: TaskState | None, at: date) -> bool:
    """Whether a task's day is over without its being done."""
    if state is not None and state.status == "done":
        return False
    last = last_day((state.due if state else "") or deadline)
    return last is not None and last < at
