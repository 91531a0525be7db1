# SPDX-License-Identifier: Apache-2.0
"""Trials before the Patent Trial and Appeal Board: documents and decisions as events of the patent they are about."""

from __future__ import annotations

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.json_value import Object, inner, joined, leaves, said

_STEPS = {
    "petitionFilingDate": "petition filed",
    "institutionDecisionDate": "decision on institution",
    "terminationDate": "trial terminated",
}
_TOLD = frozenset({"applicationNumberText", "grantDate"})


def add_trial(draft: Draft, line: int, trial: Object) -> None:
    """Add one document or proceeding; its parties stay attributes, for the register knows the patent's own."""
    owner, course = inner(trial.get("patentOwnerData")), inner(trial.get("trialMetaData"))
    decision, document = inner(trial.get("decisionData")), inner(trial.get("documentData"))
    draft.record(line)
    draft.add(
        "application",
        office="US",
        number=said(owner.get("applicationNumberText")),
        grant_date=said(owner.get("grantDate")),
    )
    if not said(owner.get("applicationNumberText")) and (number := said(owner.get("patentNumber"))):
        draft.add("publication", office="US", number=number, date=said(owner.get("grantDate")))
    sides = joined(
        inner(trial.get("regularPetitionerData")).get("realPartyInInterestName"),
        owner.get("realPartyInInterestName"),
        by=" v. ",
    )
    number, kind = said(trial.get("trialNumber")), said(course.get("trialTypeCode"))
    for name, step in _STEPS.items():
        if date := said(course.get(name)):
            draft.add(
                "legal_event",
                office="US",
                date=date,
                code=kind,
                name=step,
                detail=joined(number, sides, by="; "),
            )
    if date := said(decision.get("decisionIssueDate")) or said(document.get("documentFilingDate")):
        outcome = joined(decision.get("trialOutcomeCategory"), course.get("trialStatusCategory"), by="; ")
        title = said(document.get("documentTitleText")) or said(trial.get("trialDocumentCategory"))
        detail = joined(number, sides, outcome, by="; ")
        draft.add("legal_event", office="US", date=date, code=kind, name=title, detail=detail)
    for path, text in leaves(trial):
        if path.rpartition("/")[2] not in _TOLD:
            draft.add("attribute", name=path, value=text)
