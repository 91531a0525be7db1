# SPDX-License-Identifier: Apache-2.0
"""Bibliographic data of the Red Book: each part goes to the table made for it, the rest to attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from zhihang.ingestion.redbook.citation import citations
from zhihang.ingestion.redbook.classification import plain_symbols, searched, symbols
from zhihang.ingestion.redbook.markup import TEXT, cut
from zhihang.ingestion.redbook.party import assignees, examiners, parties
from zhihang.ingestion.redbook.related import document_id, leaves, related_documents
from zhihang.ingestion.xml_entities import number_entities

Row = tuple[str | bytes | None, ...]

_TOLD_ELSEWHERE = frozenset({"us-application-series-code"})
"""The series code is the beginning of the application number."""


@dataclass
class Bibliography:
    """Rows by raw table, and the values that end in the one row of the application."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    application: dict[str, str | None] = field(default_factory=dict)

    def add(self, table: str, *rows: Row) -> None:
        """Add rows to a table."""
        if rows:
            self.rows.setdefault(table, []).extend(rows)

    def note(self, name: str, value: str) -> None:
        """Keep a value that has no column; several of one name are joined."""
        self.attributes.setdefault(name, []).append(value)


def bibliography(markup: bytes, language: str | None) -> Bibliography:
    """Read `us-bibliographic-data-grant` or `-application`, well-formed and in UTF-8.

    The long lists are cut out and read as text, so that only the small rest becomes a tree.
    """
    said = Bibliography()
    references, markup = _cut_any(markup, (b"us-references-cited", b"references-cited"))
    field_of_search, markup = _cut_any(markup, (b"us-field-of-classification-search", b"field-of-search"))
    ipc, markup = cut(markup, b"classifications-ipcr")
    cpc, markup = cut(markup, b"classifications-cpc")
    title, markup = cut(markup, b"invention-title")
    if title:
        said.add("text", ("title", language, b" ".join(TEXT.utf8(title).split()), None))
    said.add("classification", *symbols(ipc, "ipc"), *symbols(cpc, "cpc"))
    said.add("citation", *citations(references))
    if field_of_search:
        said.note("field-of-search", searched(field_of_search))
    if b"<combination-set" in cpc:
        for number, combination in enumerate(cpc.split(b"<combination-set>")[1:], 1):
            combined = [
                symbol for _, symbol, *_ in symbols(combination.partition(b"</combination-set>")[0], "cpc")
            ]
            said.note("cpc-combination-set", f"{number}: {' + '.join(combined)}")
    for element in ElementTree.XML(number_entities(markup)):
        if element.tag not in _TOLD_ELSEWHERE:
            _HANDLERS.get(element.tag, _other)(said, element)
    return said


def _cut_any(markup: bytes, tags: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    for tag in tags:
        part, rest = cut(markup, tag)
        if part:
            return part, rest
    return b"", markup


def _publication(said: Bibliography, element: Element) -> None:
    document = document_id(element.find("document-id"))
    said.rows.setdefault("publication", []).insert(0, _publication_row(document))


def _publication_row(document: dict[str, str]) -> Row:
    return tuple(document.get(name) for name in ("country", "doc-number", "kind", "date"))


def _application(said: Bibliography, element: Element) -> None:
    document = document_id(element.find("document-id"))
    said.application |= {
        "office": document.get("country"),
        "number": document.get("doc-number"),
        "filing_date": document.get("date"),
        "kind": element.get("appl-type"),
    }


def _priorities(said: Bibliography, element: Element) -> None:
    for claim in element.iter("priority-claim"):
        earlier = document_id(claim)
        said.add("priority", (earlier.get("country"), earlier.get("doc-number"), earlier.get("date")))


def _classes(said: Bibliography, element: Element) -> None:
    said.add("classification", *plain_symbols(element))


def _parties(said: Bibliography, element: Element) -> None:
    said.add("party", *parties(element))
    for one in element.iter("applicant"):
        nationality = one.findtext("nationality/country")
        if nationality and nationality != "omitted":
            said.note("applicant nationality", nationality)


def _assignees(said: Bibliography, element: Element) -> None:
    said.add("party", *assignees(element))


def _examiners(said: Bibliography, element: Element) -> None:
    said.add("party", *examiners(element))
    for department in element.iter("department"):
        said.note("examiner department", department.text or "")


def _related(said: Bibliography, element: Element) -> None:
    related = related_documents(element)
    said.add("relation", *related.relations)
    said.add("publication", *related.publications)
    for note in related.notes:
        said.note("related-document", note)


def _international_filing(said: Bibliography, element: Element) -> None:
    document = document_id(element.find("document-id"))
    said.application["pct_number"] = document.get("doc-number")
    if document.get("doc-number"):
        said.add(
            "relation",
            (
                "pct-or-regional-filing-data",
                document.get("country"),
                document["doc-number"],
                document.get("date"),
            ),
        )
    for path, text in leaves(element):
        if not path.startswith("document-id"):
            said.note(path.partition("/")[0], text)


def _international_publication(said: Bibliography, element: Element) -> None:
    document = document_id(element.find("document-id"))
    named = (document.get(name) for name in ("country", "doc-number", "kind", "date"))
    said.note(element.tag, " ".join(filter(None, named)))


def _other(said: Bibliography, element: Element) -> None:
    if len(element):
        for path, text in leaves(element):
            said.note(f"{element.tag}/{path}", text)
    else:
        said.note(element.tag, (element.text or "").strip() or "yes")


_HANDLERS: Mapping[str, Callable[[Bibliography, Element], None]] = {
    "publication-reference": _publication,
    "application-reference": _application,
    "priority-claims": _priorities,
    "classification-ipc": _classes,
    "classification-locarno": _classes,
    "classification-national": _classes,
    "parties": _parties,
    "us-parties": _parties,
    "assignees": _assignees,
    "examiners": _examiners,
    "us-related-documents": _related,
    "pct-or-regional-filing-data": _international_filing,
    "pct-or-regional-publishing-data": _international_publication,
}
