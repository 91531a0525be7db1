# SPDX-License-Identifier: Apache-2.0
"""Recorded assignments of the Open Data Portal: an event of the register, and its assignees as holders."""

from __future__ import annotations

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.json_value import Object, inner, joined, objects, said
from zhihang.ingestion.odp.party import add_party
from zhihang.ingestion.uspto_conveyance import transfers_title


def add_assignment(draft: Draft, assignment: Object) -> None:
    """Add one recorded assignment to the record begun last."""
    conveyance = said(assignment.get("conveyanceText"))
    assignors = objects(assignment.get("assignorBag"))
    assignees = objects(assignment.get("assigneeBag"))
    given = [joined(one.get("assignorName"), one.get("executionDate"), by=" ") for one in assignors]
    taken = [said(one.get("assigneeNameText")) for one in assignees]
    executed = sorted(filter(None, (said(one.get("executionDate")) for one in assignors)))
    draft.add(
        "legal_event",
        office="US",
        date=said(assignment.get("assignmentRecordedDate")),
        effective_date=executed[-1] if executed else None,
        code=said(assignment.get("reelAndFrameNumber")),
        name=conveyance,
        detail=f"{'; '.join(filter(None, given))} -> {'; '.join(filter(None, taken))}",
    )
    if transfers_title(conveyance):
        for one in assignees:
            add_party(
                draft,
                "assignee",
                one.get("assigneeNameText"),
                inner(one.get("assigneeAddress")),
                kind=conveyance,
            )
