# SPDX-License-Identifier: Apache-2.0
"""Decisions of the office on organisations: what belongs together, what does not, what it is called, whose part it is."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from zhihang.errors import DefinitionError, SourceError

SUBJECT: Final = "organisation"
"""Name of the decision file: ``decisions/organisation.csv``."""

ACTIONS: Final[Mapping[str, str]] = {
    "merge": "the organisations of both names are one",
    "split": "the name is taken out of its organisation; names split with the same target stay together",
    "rename": "the organisation of the name is shown under the target",
    "parent": "the organisation of the name belongs to that of the target",
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
    decisions, faults = [], []
    for number, row in enumerate(rows, start=2):
        decision = Decision(**{column: (row.get(column) or "").strip() for column in COLUMNS})
        missing = [column for column in COLUMNS if column not in row]
        found = [f'no column "{column}"' for column in missing] if number == 2 else []
        faults += [f"row {number}: {fault}" for fault in (*found, *_faults(decision))]
        decisions.append(decision)
    faults += [f"the parents form a circle: {circle}" for circle in _circles(decisions)]
    if faults:
        shown = "; ".join(faults[:20]) + (f"; and {len(faults) - 20} more" if len(faults) > 20 else "")
        raise DefinitionError(
            "The decisions have faults.",
            {"file": file, "faults": shown, "actions": ", ".join(ACTIONS)},
            todo="Mend these rows; nothing was changed.",
        )
    return decisions


def list_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a file, in the order they were taken; none if there is no file."""
    return read_decisions(_rows(path), file=path) if path.is_file() else []


def add_decisions(path: Path, decisions: Sequence[Decision]) -> int:
    """Append decisions to a file; those it holds already are left out. Returns how many were added."""
    known = list_decisions(path)
    added = [decision for decision in dict.fromkeys(decisions) if decision not in known]
    if added:
        checked = read_decisions([asdict(decision) for decision in (*known, *added)], file=path)
        _write(path, checked)
    return len(added)


def decide(
    path: Path, action: str, name: str, target: str = "", *, by: str, reason: str, on: date | None = None
) -> Decision:
    """Record one decision in a file and return it."""
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - the day at the office, as it would be written by hand
    decision = Decision(action, name.strip(), target.strip(), day, by.strip(), reason.strip())
    add_decisions(path, [decision])
    return decision


def export_decisions(path: Path, to: Path) -> int:
    """Write the decisions of a file to another place, to be handed on. Returns how many there are."""
    decisions = list_decisions(path)
    _write(to, decisions)
    return len(decisions)


def import_decisions(path: Path, source: Path) -> int:
    """Append the decisions of another file. Nothing is changed unless all of them are sound together."""
    if not source.is_file():
        raise SourceError(
            "There is no such file of decisions.", {"file": source}, todo="Give the path of a CSV file."
        )
    return add_decisions(path, read_decisions(_rows(source), file=source))


def _faults(decision: Decision) -> list[str]:
    found = []
    if decision.action not in ACTIONS:
        found.append(f'action "{decision.action}" is not known')
    blank = [
        column for column in ("name", "decided_on", "decided_by", "reason") if not getattr(decision, column)
    ]
    if decision.action in _NEEDS_TARGET and not decision.target:
        blank.append("target")
    found += [f'"{column}" is blank' for column in blank]
    if decision.name and decision.name == decision.target and decision.action in ("merge", "parent"):
        found.append(f'"{decision.name}" is named twice')
    if decision.decided_on and not _is_day(decision.decided_on):
        found.append(f'"{decision.decided_on}" is not a date such as 2024-05-31')
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _circles(decisions: Sequence[Decision]) -> list[str]:
    """Return the circles among parents, merged names taken as one; of two parents of a name the later counts."""
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
            "The decisions cannot be read.",
            {"file": path, "fault": error},
            todo="Save the file as CSV in UTF-8.",
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
