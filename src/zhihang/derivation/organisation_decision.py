# SPDX-License-Identifier: Apache-2.0
"""Decisions of the office on organisations: what belongs together, what does not, what it is called, whose part it is."""

from __future__ import annotations

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from zhihang.errors import DefinitionError, SourceError

SUBJECT: Final = "organisation"
"""Name of the decision file: ``decisions/organisation.csv``."""

ACTIONS: Final[Mapping[str, str]] = {
    "merge": "the organisations of both names are one",
    "split": "the name is taken out of its organisation; names split with the same target stay together",
    "rename": "the organisation of the name is shown under the target",
    "parent": "the organisation of the name belongs to that of the target",
    "undo": "the last decision on the name, or the last one of the kind that the target says, no longer counts",
}
_NEEDS_TARGET = ("merge", "rename", "parent")


@dataclass(frozen=True)
class Decision:
    """One decision. Organisations are named by a name as written, so that a decision outlives any change of ids."""

    action: str
    name: str
    target: str
    decided_on: str
    decided_by: str
    reason: str


Check: TypeAlias = Callable[[Decision], list[str]]
"""Tells the faults of one decision."""
COLUMNS: Final = tuple(field.name for field in fields(Decision))


def read_decisions(
    rows: Iterable[Mapping[str, str]], *, file: Path | str = f"{SUBJECT}.csv"
) -> list[Decision]:
    """Turn rows of a decision file into decisions.

    Raises
    ------
    DefinitionError
        With all faults of all rows: unknown action, blank cells, dates that are none, circles of parents.
    """
    decisions, faults = _sound(rows, faults_of)
    told = [f"第 {number} 行 row {number}: {fault}" for number, found in faults for fault in found]
    told += [_circle_told(circle) for circle in _circles([decision for _, decision in decisions])]
    if told:
        raise _refused(file, told)
    return [decision for _, decision in decisions]


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that count: those not taken back by a later undo."""
    kept: list[Decision] = []
    for decision in decisions:
        if decision.action != "undo":
            kept.append(decision)
        elif (place := _undone(kept, decision)) is not None:
            del kept[place]
    return kept


def list_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a file, in the order they were taken; none if there is no file."""
    return read_decisions(_rows(path), file=path) if path.is_file() else []


def add_decisions(path: Path, decisions: Sequence[Decision]) -> int:
    """Append decisions to a file; those it holds already are left out. Returns how many were added."""
    known = list_decisions(path)
    added = _new(known, decisions)
    if added:
        checked = read_decisions([asdict(decision) for decision in (*known, *added)], file=path)
        _write(path, checked)
    return len(added)


def _new(known: Sequence[Decision], decisions: Iterable[Decision]) -> list[Decision]:
    """Leave out what is known; what was decided again after it was undone is not."""
    left = Counter(known)
    added = []
    for decision in decisions:
        if left[decision]:
            left[decision] -= 1
        else:
            added.append(decision)
    return added


def decide(
    path: Path, action: str, name: str, target: str = "", *, by: str, reason: str, on: date | None = None
) -> Decision:
    """Record one decision in a file and return it."""
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - the day at the office, as it would be written by hand
    decision = Decision(action, name.strip(), target.strip(), day, by.strip(), reason.strip())
    known = list_decisions(path)
    faults = faults_of(decision)
    if action == "undo" and not faults and _undone(standing(known), decision) is None:
        faults = [f"没有关于“{name}”的决定可撤销 there is no such decision on this name to take back"]
    if not faults:
        faults = [_circle_told(circle) for circle in _circles([*known, decision])]
    if faults:
        raise DefinitionError(
            "这项决定无法记录，未作任何改动。The decision cannot be recorded; nothing was changed.",
            {"decision": " ".join(filter(None, (action, name, target))), "faults": "; ".join(faults)},
            todo="改正后再试。Mend it and try again; zhihang organisation decisions lists what was decided.",
        )
    if decision not in standing(known):
        _write(path, [*known, decision])
    return decision


def export_decisions(path: Path, to: Path) -> int:
    """Write the decisions of a file to another place, to be handed on. Returns how many there are."""
    decisions = list_decisions(path)
    _write(to, decisions)
    return len(decisions)


@dataclass(frozen=True)
class Imported:
    """What became of a file of decisions: how many were new, and the rows refused with their number and why."""

    added: int
    refused: Sequence[tuple[int, str]] = ()


def import_decisions(path: Path, source: Path, *, check: Check | None = None) -> Imported:
    """Append the sound decisions of another file; rows that are not, or would close a circle, are listed."""
    if not source.is_file():
        raise SourceError(
            "没有这个决定文件。There is no such file of decisions.",
            {"file": source},
            todo="给出 CSV 文件的路径。Give the path of a CSV file.",
        )
    rows = _rows(source)
    if not rows:
        raise SourceError(
            "文件中没有决定。The file holds no decisions.",
            {"file": source, "columns": ", ".join(COLUMNS)},
            todo="每行写一项决定，第一行为列名。Write one decision a line under a line with the names of the columns.",
        )
    missing = [column for column in COLUMNS if column not in rows[0]]
    if missing:
        raise _refused(source, [f'no column "{column}"' for column in missing])
    told, faults = _sound(rows, check or faults_of)
    refused = [(number, "; ".join(found)) for number, found in faults]
    known = list_decisions(path)
    kept = [decision for _, decision in told]
    if _circles([*known, *_new(known, kept)]):
        kept = []
        for number, decision in told:
            closed = _circles([*known, *_new(known, [*kept, decision])])
            if closed:
                refused.append((number, "; ".join(map(_circle_told, closed))))
            else:
                kept.append(decision)
    added = _new(known, kept)
    if added:
        _write(path, [*known, *added])
    return Imported(len(added), tuple(sorted(refused)))


def _sound(
    rows: Iterable[Mapping[str, str]], check: Check
) -> tuple[list[tuple[int, Decision]], list[tuple[int, list[str]]]]:
    """Return sound decisions and the faults of the others, each with the number of its row."""
    decisions, faults = [], []
    for number, row in enumerate(rows, start=2):
        decision = Decision(**{column: (row.get(column) or "").strip() for column in COLUMNS})
        missing = [f'no column "{column}"' for column in COLUMNS if column not in row] if number == 2 else []
        found = [*missing, *check(decision)]
        if found:
            faults.append((number, found))
        else:
            decisions.append((number, decision))
    return decisions, faults


def _undone(decisions: Sequence[Decision], undo: Decision) -> int | None:
    """Return the place of the last decision that an undo means."""
    for place in range(len(decisions) - 1, -1, -1):
        if decisions[place].name == undo.name and undo.target in ("", decisions[place].action):
            return place
    return None


def _circle_told(circle: str) -> str:
    return f"上级关系成环 the parents form a circle: {circle}"


def _refused(file: Path | str, told: Sequence[str]) -> DefinitionError:
    shown = "; ".join(told[:20]) + (f"; and {len(told) - 20} more" if len(told) > 20 else "")
    return DefinitionError(
        "决定文件有误。The decisions have faults.",
        {"file": file, "faults": shown, "actions": ", ".join(ACTIONS)},
        todo="改正这些行；未作任何改动。Mend these rows; nothing was changed.",
    )


def faults_of(decision: Decision) -> list[str]:
    """Return what is wrong with one decision by itself."""
    found = []
    if decision.action not in ACTIONS:
        found.append(f'没有这种决定 action "{decision.action}" is not known')
    blank = [
        column for column in ("name", "decided_on", "decided_by", "reason") if not getattr(decision, column)
    ]
    if decision.action in _NEEDS_TARGET and not decision.target:
        blank.append("target")
    found += [f'未填 "{column}" is blank' for column in blank]
    if decision.action == "undo" and decision.target not in ("", *ACTIONS):
        found.append(f'撤销的种类有误 "{decision.target}" is no kind of decision')
    if decision.name and decision.name == decision.target and decision.action in ("merge", "parent"):
        found.append(f'两个名称相同 "{decision.name}" is named twice')
    if decision.decided_on and not _is_day(decision.decided_on):
        found.append(f'日期有误 "{decision.decided_on}" is not a date such as 2024-05-31')
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _circles(decisions: Sequence[Decision]) -> list[str]:
    """Return the circles among parents, merged names taken as one; of two parents of a name the later counts."""
    decisions = standing(decisions)
    stands: dict[str, str] = {}

    def find(name: str) -> str:
        while name in stands:
            name = stands[name]
        return name

    for decision in decisions:
        if decision.action == "split":
            stands = {name: stand for name, stand in stands.items() if decision.name not in (name, stand)}
        elif decision.action == "merge" and find(decision.name) != find(decision.target):
            stands[find(decision.name)] = find(decision.target)
    parent = {find(d.name): find(d.target) for d in decisions if d.action == "parent"}
    return circles(parent)


def circles(parent: Mapping[str, str]) -> list[str]:
    """Return each circle among things and their parents, written out once."""
    found: list[str] = []
    done: set[str] = set()
    for start in parent:
        path: list[str] = []
        thing: str | None = start
        while thing is not None and thing not in done and thing not in path:
            path.append(thing)
            thing = parent.get(thing)
        if thing is not None and thing in path:
            circle = path[path.index(thing) :]
            found.append(" → ".join([*circle, circle[0]]))
        done.update(path)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DefinitionError(
            "决定文件无法读取。The decisions cannot be read.",
            {"file": path, "fault": error},
            todo="请另存为 UTF-8 编码的 CSV。Save the file as CSV in UTF-8.",
        ) from error
    return [{key: value or "" for key, value in row.items() if key} for row in rows]


def _write(path: Path, decisions: Sequence[Decision]) -> None:
    """Write a file so that there is either the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(asdict(decision) for decision in decisions)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
