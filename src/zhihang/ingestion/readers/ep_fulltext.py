# SPDX-License-Identifier: Apache-2.0
"""European patent documents in full text (A and B), document type definitions 1.0 to 1.5.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sdobi import add_bibliography, text_of
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_document import Unreadable, read_document, without_namespaces
from zhihang.ingestion.xml_stream import drafts
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

Element = etree._Element

_TEXT = MarkupText(
    inline="b i u o sub sup smallcaps figref crossref claim-ref patcit nplcit text img m[a-z]+", cells="entry"
)
_ANYTHING = re.compile(rb"<[A-Za-z_]")


def _recognise(sample: Sample) -> float:
    """The root element ep-patent-document."""
    return 1.0 if sample.root == "ep-patent-document" else 0.0


@reader(
    label=Label("欧洲专利全文", "European patent full text"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
    default_office="EP",
)
def ep_fulltext(source: Source, _: Sample) -> Iterator[Draft]:
    """EP full-text XML (ep-patent-document), one document or several one after the other; each is one publication.

    A document that is not well-formed is mended first; the attribute `document_mended` says how.
    """
    with source.open() as stream:
        yield from drafts(stream, _read)


def _read(draft: Draft, line: int, content: bytes) -> None:
    if not _ANYTHING.search(content):
        return  # a comment before the first document
    found = read_document(content)
    document = without_namespaces(found.root)
    if document.tag != "ep-patent-document":
        raise Unreadable(f"not an ep-patent-document but <{document.tag}>")
    draft.record(line)
    sdobi = document.find("SDOBI")
    if sdobi is not None:
        add_bibliography(draft, sdobi)
    for part in ("abstract", "description"):
        for element in document.iterchildren(part):
            draft.add("text", part=part, language=_language(element), text=_TEXT.of(element))
    _add_claims(draft, document)
    _add_references(draft, document)
    _add_attributes(draft, document, found.mended)


def _language(element: Element) -> str | None:
    return (element.get("lang") or "").lower() or None


def _add_claims(draft: Draft, document: Element) -> None:
    """Add the first set of claims in each language; further sets (for other states) are kept as attributes."""
    seen: set[str | None] = set()
    for claims in document.iterchildren("claims"):
        language = _language(claims)
        if language in seen:
            draft.add(
                "attribute",
                name=f"claims {claims.get('id', '')} {language or ''}".strip(),
                value=_TEXT.of(claims),
            )
            continue
        seen.add(language)
        numbers = {
            claim.get("id"): claim.get("num", "").lstrip("0") for claim in claims.iterchildren("claim")
        }
        for claim in claims.iterchildren("claim"):
            references = (numbers.get(reference.get("idref")) for reference in claim.iter("claim-ref"))
            depends_on = ",".join(dict.fromkeys(number for number in references if number))
            number = numbers[claim.get("id")]
            draft.add(
                "claim",
                number=number or None,
                language=language,
                depends_on=depends_on or None,
                text=_TEXT.of(claim),
            )


def _add_references(draft: Draft, document: Element) -> None:
    """Add the documents cited in the description, as the reference list at the end gives them."""
    for cited in document.iterfind("ep-reference-list//patcit"):
        parts = [cited.findtext(f"document-id/{name}") or "" for name in ("country", "doc-number", "kind")]
        published = cited.get("dnum-type") != "L"  # L: number of an application
        number = "".join(parts) if parts[1] else cited.get("dnum")
        draft.add(
            "citation",
            number=number if published else None,
            text=None if published else number,
            origin="applicant",
        )
    for cited in document.iterfind("ep-reference-list//nplcit"):
        text = ", ".join(" ".join(part.split()) for part in map(str, cited.itertext()) if part.strip())
        draft.add("citation", text=text or None, origin="applicant")


def _add_attributes(draft: Draft, document: Element, mended: str | None) -> None:
    for name in ("status", "dtd-version", "file"):
        draft.add("attribute", name=name, value=document.get(name))
    for part in ("drawings", "search-report-data"):
        files = [page.get("file") or "" for page in document.iterfind(f"{part}//*[@file]")]
        if files:
            draft.add("attribute", name=part, value=" ".join(files))
    for other in document:
        if other.tag not in _KNOWN and text_of(other):
            draft.add("attribute", name=other.tag, value=text_of(other))
    if mended:
        draft.add("attribute", name="document_mended", value=mended)


_KNOWN = frozenset(
    {"SDOBI", "abstract", "description", "claims", "ep-reference-list", "drawings", "search-report-data"}
)
