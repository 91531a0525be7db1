# SPDX-License-Identifier: Apache-2.0
"""Decisions of the office on persons: which filings are of one inventor, which are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from zhihang.derivation.organisation_decision import (
    Decision,
    decide,
    import_decisions,
    list_decisions,
    read_decisions,
)
from zhihang.errors import DefinitionError

SUBJECT: Final = "person"
"""Name of the decision file: ``decisions/person.csv``."""
ACTIONS: Final[Mapping[str, str]] = {
    "merge": "the persons of both filings are one",
    "split": "the filing is taken out of its person; filings split with the same target stay together",
}


def read_person_decisions(rows: Iterable[Mapping[str, str]]) -> list[Decision]:
    """Turn rows of the decision file into decisions; all faults are told together."""
    return _checked(read_decisions(rows, file=f"{SUBJECT}.csv"), f"{SUBJECT}.csv")


def decide_person(path: Path, action: str, name: str, target: str, *, by: str, reason: str) -> Decision:
    """Record one decision in a file and return it; persons are named as application/name."""
    _checked([Decision(action, name.strip(), target.strip(), "", by, reason)], path)
    return decide(path, action, name, target, by=by, reason=reason)


def import_person_decisions(path: Path, source: Path) -> int:
    """Append the decisions of another file, all or none; return how many were new."""
    _checked(list_decisions(source), source)
    return import_decisions(path, source)


def mention(text: str) -> tuple[str, str]:
    """Return application and name of a mention: everything before the first stroke, and after it.

    >>> mention("CN201510012345/张伟")
    ('CN201510012345', '张伟')
    """
    application, _, name = text.partition("/")
    return application.strip(), name.strip()


def _checked(decisions: Sequence[Decision], file: Path | str) -> list[Decision]:
    faults = []
    for number, decision in enumerate(decisions, 1):
        named = [decision.name, *([decision.target] if decision.action == "merge" else [])]
        faults += [
            f'decision {number}: "{text}" is not application/name' for text in named if not all(mention(text))
        ]
        if decision.action not in ACTIONS:
            faults.append(f'decision {number}: "{decision.action}" cannot be decided on a person')
    if faults:
        raise DefinitionError(
            "The decisions on persons have faults.",
            {"file": file, "faults": "; ".join(faults[:20]), "actions": ", ".join(ACTIONS)},
            todo="Name a person by a filing and the inventor's name on it, as in CN201510012345/张伟.",
        )
    return list(decisions)
