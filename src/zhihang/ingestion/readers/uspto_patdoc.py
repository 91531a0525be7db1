# SPDX-License-Identifier: Apache-2.0
"""Grants of the USPTO of 2001 to 2004: PATDOC, the first Red Book, with tags numbered after INID codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.uspto_symbol import ipc_or_locarno, uspc
from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import number_entities
from zhihang.ingestion.xml_stream import drafts
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

_TEXT = MarkupText(
    inline="PDAT PTEXT STEXT HIL BOLD ITALIC UL SMALLCAPS SP SB SP2 SB2 O F FGREF CLREF CRF EMI CUSTOM-CHARACTER "
    "CITED-BY-EXAMINER CITED-BY-OTHER INS-S INS-E DEL-S DEL-E m[a-z]+",
    cells="ENTRY entry",
)
# SGML does not close these; XML must.
_EMPTY = re.compile(
    rb"<((EMI|CHEMCDX|CHEMMOL|MATHEMATICA|COLSPEC|CUSTOM-CHARACTER|CITED-BY-EXAMINER|CITED-BY-OTHER|B473US|B597US"
    rb"|B221US|INS-S|INS-E|DEL-S|DEL-E)\b(?:[^>\"]|\"[^\"]*\")*?)\s*/?>(?:\s*</\2>)?"
)
_TIES: Mapping[str, str] = {
    "B610": "addition",
    "B620": "division",
    "B631": "continuation",
    "B632": "continuation-in-part",
    "B633": "continuing-reissue",
    "B640": "reissue",
    "B641US": "divisional-reissue",
    "B645": "reexamination",
    "B645US": "reissue-of-reexamination",
    "B646US": "reexamination-by-third-party",
    "B660": "substitution",
    "B680US": "us-provisional-application",
}
_ATTRIBUTES: Mapping[str, str] = {
    "B472/B474": "length-of-grant",
    "B472/B475/DATE": "disclaimer-date",
    "B577": "number-of-claims",
    "B578US": "us-exemplary-claim",
    "B595": "number-of-drawing-sheets",
    "B596": "number-of-figures",
    "B748US": "examiner department",
    "B863/DATE": "us-371c124-date",
    "B864US/DATE": "us-371c2-date",
}
_ROLES = {"B721": "inventor", "B731": "assignee", "B741": "agent", "B746": "examiner", "B747": "examiner"}
_NAME_PARTS = ("TTL", "FNM", "MNM", "SNM", "SFX")


def _recognise(sample: Sample) -> float:
    """The root element PATDOC."""
    return 1.0 if sample.root == "PATDOC" else 0.0


@reader(
    label=Label("美国专利商标局 PATDOC（2001—2004年授权）", "USPTO PATDOC (grants 2001-2004)"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
    default_office="US",
    divisible=True,
)
def uspto_patdoc(source: Source, _: Sample) -> Iterator[Draft]:
    """Red Book v2.4 and v2.5 (SGML and XML): weekly files of many documents, and single documents."""
    with source.open() as stream:
        yield from drafts(stream, _read, share=source.share)


def _read(draft: Draft, line: int, content: bytes) -> None:
    document = read_document(number_entities(_EMPTY.sub(rb"<\1/>", content)))
    root = document.root
    front = root.find("SDOBI")
    if front is None or not (_said(front, "B100/B110") or _said(front, "B200/B210")):
        msg = "the document names neither an application nor a publication"
        raise Unreadable(msg)
    draft.record(line)
    _numbers(draft, front)
    _parties(draft, front)
    _classes(draft, front)
    _citations(draft, front)
    _priorities(draft, front)
    _related(draft, front)
    _texts(draft, root, front)
    _attributes(draft, root, front)
    if document.mended:
        draft.add("attribute", name="document_mended", value=document.mended)


def _said(element: etree._Element | None, path: str = ".") -> str | None:
    found = None if element is None else element.find(path)
    text = "" if found is None else " ".join("".join(found.itertext()).split())  # type: ignore[arg-type]
    return text or None


def _fixed(element: etree._Element) -> str:
    """Return a text whose blanks mean something: without the line breaks around its data."""
    return "".join(data.text or "" for data in element.iter("PDAT"))


def _numbers(draft: Draft, front: etree._Element) -> None:
    date, kind = _said(front, "B100/B140"), _said(front, "B100/B130")
    office = _said(front, "B100/B190")
    draft.add(
        "application",
        office=office,
        number=_said(front, "B200/B210"),
        filing_date=_said(front, "B200/B220"),
        grant_date=date if kind != "H1" else None,
        pct_number=_said(front, "B800/B860/B861/DOC/DNUM"),
    )
    draft.add("publication", office=office, number=_said(front, "B100/B110"), kind_code=kind, date=date)
    for earlier in front.iterfind("B600/*"):
        if earlier.tag in ("B650", "B690US") and earlier.find("DOC/DNUM") is not None:
            draft.add("publication", **_document(earlier.find("DOC")))


def _document(element: etree._Element | None) -> dict[str, str | None]:
    return {
        "office": _said(element, "CTRY") or "US",
        "number": _said(element, "DNUM"),
        "kind_code": _said(element, "KIND"),
        "date": _said(element, "DATE"),
    }


def _named(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(filter(None, _document(element).values()))


def _parties(draft: Draft, front: etree._Element) -> None:
    for one in front.iterfind("B700/*/*"):
        role = _ROLES.get(str(one.tag))
        party = one.find("PARTY-US")
        if role is None or party is None:
            continue
        firm = _said(party, "NAM/ONM")
        kind = {"B746": "primary", "B747": "assistant"}.get(str(one.tag))
        if role == "assignee":
            following = one.getnext()
            kind = _said(following) if following is not None and following.tag == "B732US" else None
        _party(draft, "agency" if role == "agent" and firm else role, party, firm, kind)
        if role == "inventor":
            _party(draft, "applicant", party, firm, "applicant-inventor")


def _party(draft: Draft, role: str, party: etree._Element, firm: str | None, kind: str | None) -> None:
    parts = [_said(party, f"NAM/{part}") for part in _NAME_PARTS]
    address = party.find("ADR")
    lines = [_said(part) for part in address] if address is not None else []
    state = _said(address, "STATE")
    draft.add(
        "party",
        role=role,
        name=firm or " ".join(filter(None, parts)) or None,
        address=", ".join(filter(None, lines)) or None,
        postcode=_said(address, "PCODE"),
        country=_said(address, "CTRY") or ("US" if state else None),
        province=state,
        city=_said(address, "CITY"),
        county=_said(address, "CNTY"),
        type=kind,
    )


def _classes(draft: Draft, front: etree._Element) -> None:
    edition = _said(front, "B500/B510/B516")
    for element in front.iterfind("B500/B510/*"):
        if element.tag in ("B511", "B512", "B513", "B514") and _fixed(element).strip():
            scheme, symbol = ipc_or_locarno(_fixed(element))
            draft.add("classification", scheme=scheme, symbol=symbol, version=edition)
    for element in front.iterfind("B500/B520/*"):
        if element.tag in ("B521", "B522"):
            draft.add("classification", scheme="uspc", symbol=uspc(_fixed(element)))


def _citations(draft: Draft, front: etree._Element) -> None:
    for one in front.iterfind("B500/B560/*"):
        category = next(
            (f"cited by {name.lower()}" for name in _CITERS if one.find(f".//CITED-BY-{name}") is not None),
            None,
        )
        number = None
        told = [_TEXT.of(found)] if (found := one.find("NCIT")) is not None else []
        if (cited := one.find("PCIT")) is not None:
            document = cited.find("DOC")
            parts = (_said(document, "CTRY") or "US", _said(document, "DNUM"), _said(document, "KIND"))
            number = " ".join(filter(None, parts))
            cited_class = cited.find("PNC")
            symbol = None if cited_class is None else uspc(_fixed(cited_class))
            told = [
                part
                for part in (number, _said(cited, "PARTY-US/NAM"), _said(document, "DATE"), symbol)
                if part
            ]
        origin = {"cited by examiner": "examiner", "cited by other": "other"}.get(category or "")
        draft.add("citation", number=number, text="; ".join(told), category=category, origin=origin)


_CITERS = ("EXAMINER", "OTHER")


def _priorities(draft: Draft, front: etree._Element) -> None:
    for group in front.iterfind("B300"):
        columns = {"B310": "number", "B320": "date", "B330": "office"}
        earlier: list[dict[str, str | None]] = []
        for part in group:
            if part.tag == "B310":
                earlier.append({})
            if part.tag in columns and earlier:
                earlier[-1][columns[str(part.tag)]] = _said(part)
        for one in earlier:
            draft.add("priority", **one)


def _related(draft: Draft, front: etree._Element) -> None:
    notes: list[str] = []
    for element in front.iterfind("B600//*"):
        if element.tag not in _TIES:
            continue
        kind = _TIES[str(element.tag)]
        for tie in element.iterfind("PARENT-US"):
            parent, child = tie.find("PDOC/DOC"), tie.find("CDOC/DOC")
            _relation(draft, kind, parent)
            note = [f"{_named(child)} {kind} {_named(parent)}"]
            note += [
                _named(extra.find(".//DOC")) or _said(extra) or "" for extra in tie if extra.tag[1:] != "DOC"
            ]
            notes.append(", ".join(filter(None, note)))
        for document in element.iterfind("DOC"):
            _relation(draft, kind, document)
    if notes:
        draft.add("attribute", name="related-document", value="; ".join(notes))
    _relation(draft, "pct-or-regional-filing-data", front.find("B800/B860/B861/DOC"))
    published = _said(front, "B800/B870/B871/DOC")
    if published:
        draft.add("attribute", name="pct-or-regional-publishing-data", value=published)


def _relation(draft: Draft, kind: str, document: etree._Element | None) -> None:
    said = _document(document)
    if said["number"]:
        draft.add("relation", type=kind, office=said["office"], number=said["number"], date=said["date"])


def _texts(draft: Draft, root: etree._Element, front: etree._Element) -> None:
    for part, element in (
        ("title", front.find("B500/B540")),
        ("abstract", root.find("SDOAB")),
        ("description", root.find("SDODE")),
    ):
        if element is not None:
            draft.add("text", part=part, language="en", text=_TEXT.of(element))
    claims = root.findall("SDOCL//CLM")
    for position, claim in enumerate(claims, 1):
        number = _claim_number(claim.get("ID")) or str(position)
        named = dict.fromkeys(filter(None, (_claim_number(one.get("ID")) for one in claim.iter("CLREF"))))
        depends_on = ",".join(one for one in named if one != number) or None
        draft.add("claim", number=number, language="en", depends_on=depends_on, text=_TEXT.of(claim))


def _claim_number(identity: str | None) -> str | None:
    found = re.search(r"0*(\d+)$", identity or "")
    return found[1] if found else None


def _attributes(draft: Draft, root: etree._Element, front: etree._Element) -> None:
    for path, name in _ATTRIBUTES.items():
        if value := _said(front, f".//{path}"):
            draft.add("attribute", name=name, value=value)
    searched = [
        ipc_or_locarno(_fixed(element))[1] if element.tag == "B581" else uspc(_fixed(element))
        for element in front.iterfind("B500/B580/*")
    ]
    drawings = [file for image in root.iterfind("SDODR//EMI") if (file := image.get("FILE"))]
    for name, values in (("field-of-search", searched), ("drawings", drawings)):
        if values:
            draft.add("attribute", name=name, value="; ".join(values))
    if heading := _said(root, "SDOCL/H"):
        draft.add("attribute", name="us-claim-statement", value=heading)
