# SPDX-License-Identifier: Apache-2.0
"""Decisions of the office on persons: which filings are of one inventor, which are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from zhihang.derivation.organisation_decision import (
    Decision,
    Imported,
    decide,
    faults_of,
    import_decisions,
    read_decisions,
    standing,
)
from zhihang.errors import DefinitionError

SUBJECT: Final = "person"
"""Name of the decision file: ``decisions/person.csv``."""
ACTIONS: Final[Mapping[str, str]] = {
    "merge": "the persons of both filings are one",
    "split": "the filing is taken out of its person; filings split with the same target stay together",
    "undo": "the last decision on the filing no longer counts",
}


def read_person_decisions(rows: Iterable[Mapping[str, str]]) -> list[Decision]:
    """Turn rows of the decision file into the decisions that count; all faults are told together."""
    return standing(_checked(read_decisions(rows, file=f"{SUBJECT}.csv"), f"{SUBJECT}.csv"))


def decide_person(path: Path, action: str, name: str, target: str, *, by: str, reason: str) -> Decision:
    """Record one decision in a file and return it; persons are named as application/name."""
    _checked([Decision(action, name.strip(), target.strip(), "", by, reason)], path)
    return decide(path, action, name, target, by=by, reason=reason)


def import_person_decisions(path: Path, source: Path) -> Imported:
    """Append the sound decisions of another file; rows that are not are listed."""
    return import_decisions(path, source, check=lambda decision: [*faults_of(decision), *_faults(decision)])


def mention(text: str) -> tuple[str, str]:
    """Return application and name of a mention: everything before the first stroke, and after it.

    >>> mention("CN201510012345/张伟")
    ('CN201510012345', '张伟')
    """
    application, _, name = text.partition("/")
    return application.strip(), name.strip()


def _faults(decision: Decision) -> list[str]:
    named = [decision.name, *([decision.target] if decision.action == "merge" else [])]
    found = [f'应为“申请/姓名” "{text}" is not application/name' for text in named if not all(mention(text))]
    if decision.action not in ACTIONS:
        found.append(f'不能对人作此决定 "{decision.action}" cannot be decided on a person')
    return found


def _checked(decisions: Sequence[Decision], file: Path | str) -> list[Decision]:
    faults = [
        f"decision {number}: {fault}"
        for number, decision in enumerate(decisions, 1)
        for fault in _faults(decision)
    ]
    if faults:
        raise DefinitionError(
            "关于人的决定有误。The decisions on persons have faults.",
            {"file": file, "faults": "; ".join(faults[:20]), "actions": ", ".join(ACTIONS)},
            todo="以申请和其上的姓名指称一人，如 CN201510012345/张伟。"
            "Name a person by a filing and the inventor's name on it, as in CN201510012345/张伟.",
        )
    return list(decisions)
