# SPDX-License-Identifier: Apache-2.0
"""Answers of the EPO's Open Patent Services (OPS 3.2): bibliography, full text, families, legal events, register."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lxml import etree

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.epo_register import add_register_document
from zhihang.ingestion.exchange_document import add_exchange_document, add_publication, read_id
from zhihang.ingestion.exchange_number import DocumentId, publication_number
from zhihang.ingestion.exchange_text import elements, regular
from zhihang.ingestion.inpadoc_event import add_legal_event
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_document import Unreadable, line_of, read_document, without_namespaces
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

Element = etree._Element

BATCH = 2_000
"""Records per draft; an answer holds at most a hundred, but answers may have been joined."""

_TEXT = MarkupText(inline="b i u o sub sup img m[a-z]+")
_CLAIM_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.)]")
_REFERENCES = ("publication-reference", "application-reference", "priority-claim")


def _recognise(sample: Sample) -> float:
    """The root element world-patent-data."""
    return 1.0 if sample.root.rpartition(":")[2] == "world-patent-data" else 0.0


@reader(label=Label("欧专局OPS", "EPO OPS"), recognise=_recognise, precedence=OFFICE_SEARCH)
def epo_ops(source: Source, _: Sample) -> Iterator[Draft]:
    """OPS XML (world-patent-data); each document, family member, search hit or register entry is one record."""
    try:
        document = read_document(source.read_all())
    except Unreadable as error:
        raise SourceError(
            f'"{source.name}" is no complete answer of OPS.', {"error": error}, todo="Ask OPS for it again."
        ) from error
    root = without_namespaces(document.root)
    _split_ids(root)
    draft = Draft()
    for element, add in _records(root):
        add(draft, element)
        if len(draft) >= BATCH:
            yield draft
            draft = Draft()
    if document.mended and len(draft):
        draft.add("attribute", name="document_mended", value=document.mended)
    if not len(draft) and not draft.rejections:
        _refuse(source, root)
    yield draft


def _refuse(source: Source, root: Element) -> None:
    """Say what an answer without patents holds."""
    services = [child.tag for child in root]
    if "classification-search" in services:
        count = len(list(root.iter("classification-statistics")))
        raise SourceError(
            f'"{source.name}" holds statistics on classes, no patents.',
            {"found": f"shares of {count} CPC symbols among the hits of a search"},
            todo="Ingest an OPS answer with published data, a family, legal events or the register.",
        )
    raise SourceError(
        f'"{source.name}" holds no patents.',
        {"found": ", ".join(services) or "an empty answer"},
        todo="Ingest an OPS answer with published data, a family, legal events or the register.",
    )


def _records(root: Element) -> Iterator[tuple[Element, Callable[[Draft, Element], None]]]:
    """Yield what becomes a record, in the order of the file, with the function that adds it."""
    for element in root.iter("patent-family", *_KINDS):
        if element.tag == "patent-family":
            add = partial(_add_member, _members(element))
            yield from ((member, add) for member in element.iterchildren("family-member"))
        elif element.tag == "publication-reference":
            around = element.getparent()
            form = element.get("data-format", "docdb")
            if around is not None and around.tag == "search-result" and form == "docdb":
                yield element, _add_hit
        elif next(element.iterancestors("family-member"), None) is None:
            yield element, _KINDS[element.tag]


def _split_ids(root: Element) -> None:
    """Give each form of a number a reference of its own, as DOCDB does; OPS puts the ids side by side in one."""
    for reference in list(root.iter(*_REFERENCES)):
        ids = reference.findall("document-id[@document-id-type]")
        for identity in ids:
            single = etree.Element(
                reference.tag, {str(name): str(value) for name, value in reference.attrib.items()}
            )
            single.set("data-format", identity.get("document-id-type") or "")
            single.sourceline = reference.sourceline
            single.extend(
                [identity, *(copy.deepcopy(other) for other in reference if other.tag != "document-id")]
            )
            reference.addprevious(single)
        if ids:
            _remove(reference)
    for cited in root.iter("patcit"):
        for identity in cited.findall("document-id[@document-id-type='epodoc']"):
            if cited.find("document-id[@document-id-type='docdb']") is not None:
                cited.remove(identity)


def _remove(element: Element) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)


def _add_document(draft: Draft, element: Element) -> None:
    _add_exchange(draft, element, line_of(element))


def _add_exchange(draft: Draft, document: Element, line: int) -> None:
    for written, content in elements(regular(document), "exchange-document"):
        add_exchange_document(draft, written, content, line)


def _add_hit(draft: Draft, hit: Element) -> None:
    """Add a search hit, which is a publication number and its family."""
    identity = _identity(hit)
    draft.record(line_of(hit))
    draft.add("application")
    add_publication(draft, identity, identity.date)
    if hit.get("family-id"):
        number = publication_number(identity)
        draft.add("family_member", scheme="docdb_simple", family_id=hit.get("family-id"), number=number)


def _add_fulltext(draft: Draft, document: Element) -> None:
    draft.record(line_of(document))
    draft.add("application")
    for reference in document.iterfind("bibliographic-data/publication-reference"):
        identity = _identity(reference)
        add_publication(draft, identity, identity.date)
    for description in document.iterchildren("description"):
        language = (description.get("lang") or "").lower() or None
        draft.add("text", part="description", language=language, text=_TEXT.of(description))
    for claims in document.iterchildren("claims"):
        language = (claims.get("lang") or "").lower() or None
        for number, text in _claims(claims):
            draft.add("claim", number=number, language=language, text=text)


def _claims(claims: Element) -> Iterator[tuple[str | None, str]]:
    """Yield the claims; OPS writes all of them into one `claim`, a text each that opens with its number."""
    for claim in claims.iterchildren("claim"):
        texts = [_TEXT.of(text) for text in claim.iterchildren("claim-text")]
        numbers = [found[1] if (found := _CLAIM_NUMBER.match(text)) else None for text in texts]
        if len(texts) > 1 and all(numbers):
            yield from zip(numbers, texts, strict=True)
        elif "".join(texts):
            yield claim.get("num") or (numbers[0] if numbers else None), "\n".join(texts)


def _members(family: Element) -> list[str | None]:
    references = family.iterfind("family-member/publication-reference[@data-format='docdb']")
    return [publication_number(_identity(reference)) for reference in references]


def _identity(reference: Element) -> DocumentId:
    return read_id(regular(copy.copy(reference)).partition(">")[2])


def _add_member(numbers: list[str | None], draft: Draft, member: Element) -> None:
    """Add a member of an INPADOC family: its data, the numbers of all members, its legal events."""
    for document in member.findall("exchange-document") or [_as_document(member)]:
        _add_exchange(draft, document, line_of(member))
        for number in numbers:
            draft.add("family_member", scheme="inpadoc", number=number)
    for event in member.iterchildren("legal"):
        add_legal_event(draft, event)


def _as_document(member: Element) -> Element:
    """Write the references of a family member as an exchange-document without further data."""
    document = etree.Element("exchange-document")
    if member.get("family-id"):
        document.set("family-id", member.get("family-id") or "")
    biblio = etree.SubElement(document, "bibliographic-data")
    biblio.extend(
        copy.copy(part) for part in member.iterchildren("publication-reference", "application-reference")
    )
    priorities = etree.SubElement(biblio, "priority-claims")
    priorities.extend(copy.copy(part) for part in member.iterchildren("priority-claim"))
    return document


def _add_register(draft: Draft, document: Element) -> None:
    draft.record(line_of(document))
    add_register_document(draft, document)


_KINDS: Mapping[str, Callable[[Draft, Element], None]] = {
    "exchange-document": _add_document,
    "fulltext-document": _add_fulltext,
    "register-document": _add_register,
    "publication-reference": _add_hit,
}
