# SPDX-License-Identifier: Apache-2.0
"""Enriched citations of the Open Data Portal: documents cited in office actions, one object for each citation."""

from __future__ import annotations

from collections.abc import Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.json_value import Object, day, joined, said

_ATTRIBUTES = ("groupArtUnitNumber", "techCenter", "workGroupNumber")


def add_cited(draft: Draft, line: int, application: str | None, citations: Sequence[Object]) -> None:
    """Add one application with everything cited against it."""
    draft.record(line)
    draft.add("application", office="US", number=application)
    for one in citations:
        draft.add(
            "citation",
            number=_number(one),
            text=_told(one),
            category=said(one.get("citationCategoryCode")),
            origin=_origin(one),
        )
    for name in _ATTRIBUTES:
        values = dict.fromkeys(filter(None, (said(one.get(name)) for one in citations)))
        if values:
            draft.add("attribute", name=name, value="; ".join(values))


def _number(one: Object) -> str | None:
    if one.get("nplIndicator") is True:
        return None
    if number := said(one.get("citedDocumentIdentifier")):
        return number
    if not said(one.get("publicationNumber")):
        return None
    return joined(one.get("countryCode"), one.get("publicationNumber"), one.get("kindCode"))


def _told(one: Object) -> str | None:
    """What is cited, by whom written, in which office action, against which claims, and which passages."""
    document = said(one.get("citedDocumentIdentifier")) or joined(
        one.get("countryCode"), one.get("publicationNumber")
    )
    action = joined(one.get("officeActionCategory"), day(one.get("officeActionDate")))
    claims = said(one.get("relatedClaimNumberText"))
    passages = one.get("passageLocationText")
    return joined(
        document,
        one.get("inventorNameText"),
        action,
        f"against claims {claims}" if claims else None,
        *(passages if isinstance(passages, list) else [passages]),
        by="; ",
    )


def _origin(one: Object) -> str:
    if one.get("examinerCitedReferenceIndicator") is True:
        return "examiner"
    return "applicant" if one.get("applicantCitedExaminerReferenceIndicator") is True else "other"
