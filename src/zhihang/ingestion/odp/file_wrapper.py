# SPDX-License-Identifier: Apache-2.0
"""File wrappers of the Open Data Portal: all that the USPTO's register says of one application, or a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.assignment import add_assignment
from zhihang.ingestion.odp.json_value import Object, inner, joined, leaves, objects, office, said
from zhihang.ingestion.odp.party import add_agents, add_party
from zhihang.ingestion.uspto_kind_code import grant_kind_code

_READ = frozenset(
    {
        *("applicantBag", "inventorBag", "examinerNameText", "firstApplicantName", "firstInventorName"),
        *("applicationStatusDescriptionText", "applicationStatusDate", "applicationTypeLabelName"),
        *("cpcClassificationBag", "uspcSymbolText", "class", "subclass", "inventionTitle"),
        *("earliestPublicationDate", "earliestPublicationNumber", "filingDate", "grantDate", "patentNumber"),
    }
)
_APART = frozenset(
    {
        *("applicationMetaData", "applicationNumberText", "assignmentBag", "childContinuityBag"),
        *("correspondenceAddressBag", "eventDataBag", "foreignPriorityBag", "parentContinuityBag"),
        *("patentTermAdjustmentData", "recordAttorney"),
    }
)


def add_file_wrapper(draft: Draft, line: int, wrapper: Object) -> None:
    """Add one application, or the part of it that a response holds."""
    data = inner(wrapper.get("applicationMetaData"))
    draft.record(line)
    _numbers(draft, wrapper, data)
    _parties(draft, wrapper, data)
    _classes(draft, data)
    if title := said(data.get("inventionTitle")):
        draft.add("text", part="title", language="en", text=title)
    for claimed in objects(wrapper.get("foreignPriorityBag")):
        draft.add(
            "priority",
            office=office(claimed.get("ipOfficeName")),
            number=said(claimed.get("applicationNumberText")),
            date=said(claimed.get("filingDate")),
        )
    _continuity(draft, wrapper)
    for event in objects(wrapper.get("eventDataBag")):
        draft.add(
            "legal_event",
            office="US",
            date=said(event.get("eventDate")),
            code=said(event.get("eventCode")),
            name=said(event.get("eventDescriptionText")),
        )
    for assignment in objects(wrapper.get("assignmentBag")):
        add_assignment(draft, assignment)
    _attributes(draft, wrapper, data)


def _numbers(draft: Draft, wrapper: Object, data: Object) -> None:
    draft.add(
        "application",
        office="US",
        number=said(wrapper.get("applicationNumberText")),
        kind=said(data.get("applicationTypeLabelName")),
        filing_date=said(data.get("filingDate")),
        grant_date=said(data.get("grantDate")),
        pct_number=_international(wrapper),
        legal_status=said(data.get("applicationStatusDescriptionText")),
        legal_status_date=said(data.get("applicationStatusDate")),
    )
    earliest = said(data.get("earliestPublicationNumber"))
    if earliest:
        draft.add("publication", office="US", number=earliest, date=said(data.get("earliestPublicationDate")))
    if number := said(data.get("patentNumber")):
        draft.add(
            "publication",
            office="US",
            number=number,
            kind_code=grant_kind_code(number, said(data.get("grantDate")), published_before=bool(earliest)),
            date=said(data.get("grantDate")),
        )


def _international(wrapper: Object) -> str | None:
    """Number of the international application that this one entered the national phase from."""
    for parent in objects(wrapper.get("parentContinuityBag")):
        number = said(parent.get("parentApplicationNumberText")) or ""
        own = parent.get("childApplicationNumberText") == wrapper.get("applicationNumberText")
        if own and parent.get("claimParentageTypeCode") == "NST" and number.startswith("PCT"):
            return number
    return None


def _parties(draft: Draft, wrapper: Object, data: Object) -> None:
    for one in objects(data.get("applicantBag")):
        add_party(draft, "applicant", one.get("applicantNameText"), _best(one))
    for one in objects(data.get("inventorBag")):
        add_party(draft, "inventor", one.get("inventorNameText"), _best(one), country=one.get("countryCode"))
    if examiner := said(data.get("examinerNameText")):
        draft.add("party", role="examiner", name=examiner)
    for one in objects(wrapper.get("correspondenceAddressBag")):
        name = joined(one.get("nameLineOneText"), one.get("nameLineTwoText"))
        add_party(draft, "agent", name, one, kind="correspondence address")
    add_agents(draft, inner(wrapper.get("recordAttorney")))


def _best(one: Object) -> Object:
    """Return the address that says most."""
    return max(objects(one.get("correspondenceAddressBag")), key=len, default={})


def _classes(draft: Draft, data: Object) -> None:
    symbols = data.get("cpcClassificationBag")
    for symbol in symbols if isinstance(symbols, list) else []:
        draft.add("classification", scheme="cpc", symbol=" ".join((said(symbol) or "").split()))
    if symbol := said(data.get("uspcSymbolText")):
        draft.add("classification", scheme="uspc", symbol=symbol)


def _continuity(draft: Draft, wrapper: Object) -> None:
    for bag, side in (("parentContinuityBag", "parent"), ("childContinuityBag", "child")):
        for tie in objects(wrapper.get(bag)):
            kind = said(tie.get("claimParentageTypeCodeDescriptionText")) or said(
                tie.get("claimParentageTypeCode")
            )
            number = said(tie.get(f"{side}ApplicationNumberText"))
            draft.add(
                "relation",
                type=kind if side == "parent" else f"child: {kind}",
                office="US",
                number=number,
                date=said(tie.get(f"{side}ApplicationFilingDate")),
            )


def _ties(wrapper: Object) -> Iterator[tuple[str, str]]:
    """Tell of each tie whose child is whose, and what became of the other application."""
    for bag, side in (("parentContinuityBag", "parent"), ("childContinuityBag", "child")):
        for tie in objects(wrapper.get(bag)):
            told = joined(
                tie.get("childApplicationNumberText"),
                tie.get("claimParentageTypeCodeDescriptionText"),
                tie.get("parentApplicationNumberText"),
            )
            state = tie.get(f"{side}ApplicationStatusDescriptionText")
            yield "related-document", joined(told, state, tie.get(f"{side}PatentNumber"), by=", ") or ""


def _attributes(draft: Draft, wrapper: Object, data: Object) -> None:
    found: dict[str, list[str]] = {}
    rest = {name: value for name, value in wrapper.items() if name not in _APART}
    rest |= {name: value for name, value in data.items() if name not in _READ}
    for path, text in [
        *_ties(wrapper),
        *leaves(rest),
        *_term(inner(wrapper.get("patentTermAdjustmentData"))),
    ]:
        found.setdefault(path, []).append(text)
    for path, texts in found.items():
        draft.add("attribute", name=path, value="; ".join(texts))


def _term(data: Object) -> Iterator[tuple[str, str]]:
    history = "patentTermAdjustmentHistoryDataBag"
    yield from leaves(
        {name: value for name, value in data.items() if name != history}, "patentTermAdjustmentData"
    )
    for event in objects(data.get(history)):
        told = joined(
            *(event.get(name) for name in ("eventDate", "eventDescriptionText")),
            joined(event.get("ipOfficeDayDelayQuantity"), event.get("applicantDayDelayQuantity"), by="/"),
        )
        if told:
            yield history, told
