# SPDX-License-Identifier: Apache-2.0
"""Assignments recorded by the USPTO, as its search service answers (Solr XML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_REGISTER, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.uspto_conveyance import transfers_title
from zhihang.ingestion.uspto_kind_code import grant_kind_code
from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import number_entities
from zhihang.terms.label import Label

_OF_EACH_PATENT = (
    *(
        "applNum",
        "filingDate",
        "patNum",
        "issueDate",
        "publNum",
        "publDate",
        "pctNum",
        "inventionTitle",
        "inventors",
    ),
    *("intlRegNum", "intlPublDate", "inventionTitleLang", "inventionTitleId"),
)
_OF_EACH_ASSIGNEE = {
    "Address1": "",
    "Address2": "",
    "City": "city",
    "State": "province",
    "Postcode": "postcode",
    "CountryName": "country",
}
_NOTHING = frozenset({"", "NULL"})
_NO_DATE = "0001-01-01"
_ATTRIBUTES = ("attorneyDockNum", "pageCount", "actionKeyCode", "purgeIndicator", "lastUpdateDate")

_Fields = Mapping[str, list[str | None]]


def _recognise(sample: Sample) -> float:
    """A Solr answer (root element response) with assignors or conveyances."""
    solr = sample.root == "response" and ("patAssignor" in sample.text or "conveyanceText" in sample.text)
    return 1.0 if solr else 0.0


@reader(
    label=Label("美国专利商标局转让登记", "USPTO assignment search"),
    recognise=_recognise,
    precedence=OFFICE_REGISTER,
    default_office="US",
)
def uspto_assignment(source: Source, _: Sample) -> Iterator[Draft]:
    """Assignment search: each patent an assignment names is a record, the assignment an event of it."""
    try:
        root = read_document(number_entities(source.read_all())).root
    except Unreadable as error:
        raise SourceError(
            f'"{source.name}" is not readable as XML.', {"error": error}, todo="Download the answer again."
        ) from error
    draft = Draft()
    for found in root.iter("doc"):
        fields = _fields(found)
        line = int(getattr(found, "sourceline", None) or 0)
        named = fields.get("applNum", []) or fields.get("patNum", []) or fields.get("publNum", [])
        if not any(named):
            draft.reject(line, _first(fields, "id") or "", "the assignment names no patent")
        for position in range(len(named)):
            _add(draft, line, fields, position)
    yield draft


def _fields(found: etree._Element) -> _Fields:
    fields: dict[str, list[str | None]] = {}
    for element in found:
        values = list(element) if element.tag == "arr" else [element]
        fields[element.get("name", "")] = [_said(value) for value in values]
    return fields


def _said(value: etree._Element) -> str | None:
    text = " ".join((value.text or "").split())
    if text in _NOTHING or text.startswith(_NO_DATE):
        return None
    return text.partition("T")[0] if value.tag == "date" else text


def _first(fields: _Fields, name: str) -> str | None:
    return next(iter(fields.get(name, [])), None)


def _at(fields: _Fields, name: str, position: int) -> str | None:
    values = fields.get(name, [])
    return values[position] if position < len(values) else None


def _add(draft: Draft, line: int, fields: _Fields, position: int) -> None:
    """Add one of the patents that an assignment names."""
    patent = {name: _at(fields, name, position) for name in _OF_EACH_PATENT}
    draft.record(line)
    draft.add(
        "application",
        office="US",
        number=patent["applNum"],
        filing_date=patent["filingDate"],
        grant_date=patent["issueDate"],
        pct_number=patent["pctNum"],
    )
    before, grant = patent["publNum"], patent["patNum"]
    if before:
        draft.add("publication", office="US", number=before, kind_code="A1", date=patent["publDate"])
    if grant:
        code = grant_kind_code(grant, patent["issueDate"], published_before=bool(before))
        draft.add("publication", office="US", number=grant, kind_code=code, date=patent["issueDate"])
    if patent["inventionTitle"]:
        draft.add(
            "text", part="title", language=patent["inventionTitleLang"] or "en", text=patent["inventionTitle"]
        )
    _event(draft, fields)
    if transfers_title(_first(fields, "conveyanceText")):
        _assignees(draft, fields)
    for name in _ATTRIBUTES:
        if value := _first(fields, name):
            draft.add("attribute", name=name, value=value)
    if patent["inventors"]:
        draft.add("attribute", name="inventors", value=patent["inventors"])


def _event(draft: Draft, fields: _Fields) -> None:
    """Add the assignment: code is reel and frame, detail who gave (and when) to whom."""
    assignors = fields.get("patAssignorName", [])
    given = [_joined(name, _at(fields, "patAssignorExDate", place)) for place, name in enumerate(assignors)]
    executed = sorted(filter(None, fields.get("patAssignorExDate", [])))
    taken = filter(None, fields.get("patAssigneeName", []))
    correspondent = _joined(
        *(_first(fields, name) for name in ("corrName", "corrAddress1", "corrAddress2", "corrAddress3"))
    )
    detail = f"{'; '.join(filter(None, given))} -> {'; '.join(taken)}"
    draft.add(
        "legal_event",
        office="US",
        date=_first(fields, "recordedDate"),
        effective_date=executed[-1] if executed else None,
        code=_first(fields, "displayId"),
        name=_first(fields, "conveyanceText"),
        detail=f"{detail}; correspondent {correspondent}" if correspondent else detail,
    )


def _joined(*values: str | None) -> str:
    return " ".join(filter(None, values))


def _assignees(draft: Draft, fields: _Fields) -> None:
    for place, name in enumerate(fields.get("patAssigneeName", [])):
        if not name:
            continue
        address = {field: _at(fields, f"patAssignee{field}", place) for field in _OF_EACH_ASSIGNEE}
        columns = {column: address[field] for field, column in _OF_EACH_ASSIGNEE.items() if column}
        columns["country"] = columns["country"] or ("US" if columns["province"] else None)
        draft.add(
            "party",
            role="assignee",
            name=name,
            address=", ".join(filter(None, address.values())) or None,
            type=_first(fields, "conveyanceText"),
            **columns,
        )
