# SPDX-License-Identifier: Apache-2.0
"""Published applications of the USPTO of 2001 to 2004: patent-application-publication, v1.5 and v1.6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from zhihang.ingestion.claim_reference import claims_named
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.uspto_symbol import ipc_or_locarno, uspc_of_parts
from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import number_entities
from zhihang.ingestion.xml_stream import drafts
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

_TEXT = MarkupText(
    inline="highlight bold italic underline superscript subscript smallcaps sub sup number cross-reference image "
    "dependent-claim-reference in-line-formula custom-character m[a-z]+",
    cells="entry",
)
_NAME_PARTS = ("name-prefix", "given-name", "middle-name", "family-name", "name-suffix")
_CONTACT = frozenset({"email", "telephone", "fax"})


def _recognise(sample: Sample) -> float:
    """The root element patent-application-publication."""
    return 1.0 if sample.root == "patent-application-publication" else 0.0


@reader(
    label=Label("美国专利商标局申请公开（2001—2004年）", "USPTO published applications (2001-2004)"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
    default_office="US",
    divisible=True,
)
def uspto_pap(source: Source, _: Sample) -> Iterator[Draft]:
    """Published applications in PAP v1.5 and v1.6: weekly files of many documents, and single documents."""
    with source.open() as stream:
        yield from drafts(stream, _read, share=source.share)


def _read(draft: Draft, line: int, content: bytes) -> None:
    document = read_document(number_entities(content))
    root = document.root
    front = root.find("subdoc-bibliographic-information")
    if front is None or not (_said(front, "document-id/doc-number") or _said(front, _APPLICATION)):
        msg = "the document names neither an application nor a publication"
        raise Unreadable(msg)
    draft.record(line)
    _numbers(draft, front)
    _parties(draft, front)
    _classes(draft, front)
    _ties(draft, front)
    _texts(draft, root, front)
    _attributes(draft, root, front)
    if document.mended:
        draft.add("attribute", name="document_mended", value=document.mended)


_APPLICATION = "domestic-filing-data/application-number/doc-number"


def _said(element: etree._Element | None, path: str = ".") -> str | None:
    found = None if element is None else element.find(path)
    text = "" if found is None else " ".join("".join(found.itertext()).split())  # type: ignore[arg-type]
    return text or None


def _document(element: etree._Element | None) -> dict[str, str | None]:
    return {
        "office": _said(element, "country-code") or "US",
        "number": _said(element, "doc-number"),
        "kind_code": _said(element, "kind-code"),
        "date": _said(element, "document-date"),
    }


def _numbers(draft: Draft, front: etree._Element) -> None:
    international = front.find("continuity-data/a-371-of-international/parent-child/parent/document-id")
    draft.add(
        "application",
        office="US",
        number=_said(front, _APPLICATION),
        filing_date=_said(front, "domestic-filing-data/filing-date"),
        pct_number=_said(international, "doc-number"),
    )
    draft.add("publication", **_document(front.find("document-id")))


def _parties(draft: Draft, front: etree._Element) -> None:
    for inventor in front.iterfind("inventors/*"):
        if inventor.tag in ("inventor", "first-named-inventor", "deceased-inventor"):
            _party(draft, "inventor", inventor, "deceased" if inventor.tag == "deceased-inventor" else None)
            _party(
                draft, "applicant", inventor, _said(inventor, "authority-applicant") or "applicant-inventor"
            )
    for assignee in front.iterfind("assignee"):
        _party(draft, "assignee", assignee, _said(assignee, "assignee-type"))
    for addressee in front.iterfind("correspondence-address"):
        _party(draft, "agent", addressee, "correspondence address")


def _party(draft: Draft, role: str, party: etree._Element, kind: str | None) -> None:
    address = party.find("address")
    residence = address if address is not None else party.find("residence/*")
    state = _said(residence, "state")
    lines = [] if residence is None else [_said(part) for part in residence if part.tag not in _CONTACT]
    draft.add(
        "party",
        role=role,
        name=_name(party),
        address=", ".join(filter(None, lines)) or None,
        postcode=_said(residence, "postalcode"),
        country=_said(residence, "country/country-code")
        or _said(residence, "country-code")
        or ("US" if state else None),
        province=state,
        city=_said(residence, "city"),
        type=kind,
    )


def _name(party: etree._Element) -> str | None:
    firm = [_said(party, tag) for tag in ("organization-name", "name-1", "name-2")]
    person = [_said(party, f"name/{tag}") for tag in _NAME_PARTS]
    return " ".join(filter(None, [*firm, *person])) or None


def _classes(draft: Draft, front: etree._Element) -> None:
    classes = front.find("technical-information")
    edition = _said(classes, "classification-ipc/classification-ipc-edition")
    for element in () if classes is None else classes.iter("ipc"):
        scheme, symbol = ipc_or_locarno(element.text or "")
        draft.add("classification", scheme=scheme, symbol=symbol, version=edition)
    for element in () if classes is None else classes.iter("uspc"):
        symbol = uspc_of_parts(_said(element, "class") or "", _said(element, "subclass") or "")
        draft.add("classification", scheme="uspc", symbol=symbol)


def _ties(draft: Draft, front: etree._Element) -> None:
    for claimed in front.iterfind("foreign-priority-data"):
        number = _said(claimed, "priority-application-number/doc-number")
        office, date = _said(claimed, "country-code"), _said(claimed, "filing-date")
        draft.add("priority", office=office, number=number, date=date)
    notes: list[str] = []
    for tie in front.iterfind("continuity-data//*"):
        if tie.tag == "parent-child":
            kind = _kind(tie.getparent())
            _relation(draft, kind, tie.find("parent/document-id"))
            note = f"{_named(tie.find('child/document-id'))} {kind} {_named(tie.find('parent/document-id'))}"
            others = [_named(tie.find(f"{path}/document-id")) for path in ("parent-patent", "parent-pct")]
            said = ", ".join(filter(None, [note, *others, _said(tie, "parent-status")]))
            notes.append(said)
        elif tie.find("document-id") is not None and tie.getparent().tag == "continuity-data":  # type: ignore[union-attr]
            _relation(draft, _kind(tie), tie.find("document-id"))
    if notes:
        draft.add("attribute", name="related-document", value="; ".join(notes))


def _kind(element: etree._Element | None) -> str:
    """Name of a tie in the words of the later Red Book: `continuation` for `continuation-of`."""
    tag = "" if element is None else str(element.tag)
    return {"non-provisional-of-provisional": "us-provisional-application"}.get(tag, tag.removesuffix("-of"))


def _relation(draft: Draft, kind: str, document: etree._Element | None) -> None:
    said = _document(document)
    if said["number"]:
        draft.add("relation", type=kind, office=said["office"], number=said["number"], date=said["date"])


def _named(document: etree._Element | None) -> str:
    return "" if document is None else " ".join(filter(None, _document(document).values()))


def _texts(draft: Draft, root: etree._Element, front: etree._Element) -> None:
    for reference in root.iter("dependent-claim-reference"):
        for inner in reference.iter("claim-text"):
            inner.tag = "highlight"  # it stands inside a sentence
    for part, element in (
        ("title", front.find("technical-information/title-of-invention")),
        ("abstract", root.find("subdoc-abstract")),
        ("description", root.find("subdoc-description")),
    ):
        if element is not None:
            draft.add("text", part=part, language="en", text=_TEXT.of(element))
    for position, claim in enumerate(root.iterfind("subdoc-claims//claim"), 1):
        number = _claim_number(claim.get("id")) or str(position)
        references = (_claim_number(one.get("depends_on")) for one in claim.iter("dependent-claim-reference"))
        marked = ",".join(dict.fromkeys(one for one in references if one and one != number))
        text = _TEXT.of(claim)
        draft.add(
            "claim",
            number=number,
            language="en",
            depends_on=marked or claims_named(text, int(number)),
            text=text,
        )


def _claim_number(identity: str | None) -> str | None:
    found = re.search(r"0*(\d+)$", identity or "")
    return found[1] if found else None


def _attributes(draft: Draft, root: etree._Element, front: etree._Element) -> None:
    for name, value in (
        ("publication-filing-type", _said(front, "publication-filing-type")),
        ("representative-figure", _said(root, "subdoc-drawings/representative-figure")),
        (
            "drawings",
            "; ".join(filter(None, (image.get("file") for image in root.iterfind("subdoc-drawings//image")))),
        ),
        (
            "citizenship",
            "; ".join(filter(None, (_said(one) for one in front.iterfind("inventors//citizenship")))),
        ),
    ):
        if value:
            draft.add("attribute", name=name, value=value)
