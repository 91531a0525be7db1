# SPDX-License-Identifier: Apache-2.0
"""XML4IP of the USPTO (WIPO ST.96): abstract, claims and specification of an application, a file for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from zhihang.ingestion.claim_reference import claims_named
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_REGISTER, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_document import Unreadable, read_document, without_namespaces
from zhihang.ingestion.xml_entities import number_entities
from zhihang.ingestion.xml_stream import drafts
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

_ROOTS = ("SpecificationDocument", "ClaimsDocument", "AbstractDocument")
_PARTS = {"ABST": "abstract", "SPEC": "description"}
_TEXT = MarkupText(
    inline="B I U O Sub Sup Sub2 Sup2 Smallcaps Strike OCRConfidenceData PartName PartNumber ClaimReference "
    "ClaimLabelText FigureReference Image m[a-z]+",
    cells="entry Entry",
)
_PAGE_MATTER = "BoundaryData"
"""Headers, footers and line numbers of the scanned page."""


def _recognise(sample: Sample) -> float:
    """A root element of WIPO ST.96 for abstract, claims or specification, in the namespace of the USPTO."""
    known = sample.root.rpartition(":")[2] in _ROOTS
    return 1.0 if known and "uspto:patent" in sample.text else 0.0


@reader(
    label=Label("美国专利商标局 XML4IP（ST.96）", "USPTO XML4IP (ST.96)"),
    recognise=_recognise,
    precedence=OFFICE_REGISTER,
    default_office="US",
)
def uspto_st96(source: Source, _: Sample) -> Iterator[Draft]:
    """Abstract, claims or specification as they lie in the file of an application, read from the page by machine."""
    with source.open() as stream:
        yield from drafts(stream, _read)


def _read(draft: Draft, line: int, content: bytes) -> None:
    document = read_document(number_entities(content))
    root = without_namespaces(document.root)
    number = _said(root, ".//ApplicationNumber")
    if root.tag not in _ROOTS or not number:
        msg = "the document names no application"
        raise Unreadable(msg)
    code, mailed = _said(root, "DocumentCode"), _said(root, "MailRoomDate")
    draft.record(line)
    draft.add("application", office="US", number=number)
    etree.strip_elements(root, _PAGE_MATTER, with_tail=False)
    if root.tag == "ClaimsDocument":
        _claims(draft, root)
    else:
        _text(draft, root, _PARTS.get(code or "", "description"))
    for name, value in ((f"{code} mailed", mailed), ("document_mended", document.mended)):
        if value:
            draft.add("attribute", name=name, value=value)


def _said(element: etree._Element, path: str) -> str | None:
    return " ".join((element.findtext(path) or "").split()) or None


def _readable(element: etree._Element) -> str:
    return re.sub(" {2,}", " ", _TEXT.of(element))


def _text(draft: Draft, root: etree._Element, part: str) -> None:
    texts = [text for body in root.iter("Specification", "Abstract") if (text := _readable(body))]
    draft.add("text", part=part, language="en", text="\n".join(texts))


def _claims(draft: Draft, root: etree._Element) -> None:
    """Add each claim; of one that was canceled only this is told."""
    notes = []
    for claim in root.iter("Claim"):
        number, status = _said(claim, "ClaimNumber"), _said(claim, "ClaimStatusCategory")
        text = "\n".join(filter(None, map(_readable, claim.iterfind("ClaimText"))))
        if number is None or not number.isdigit():
            notes.append(text)
            continue
        draft.add(
            "claim",
            number=number,
            language="en",
            depends_on=_depends_on(claim, number) or claims_named(text, int(number)),
            text=text or f"({status or 'no text'})",
        )
        if status:
            notes.append(f"{number}: {status}")
    if notes:
        draft.add("attribute", name="status of claims", value="; ".join(filter(None, notes)))


def _depends_on(claim: etree._Element, number: str) -> str | None:
    named: dict[str, None] = {}
    for reference in claim.iter("ClaimReference"):
        for name, value in reference.attrib.items():
            if str(name).endswith("idrefs"):
                named |= dict.fromkeys(re.findall(r"CLM-0*(\d+)", str(value)))
    return ",".join(one for one in named if one != number) or None
