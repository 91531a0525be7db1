# SPDX-License-Identifier: Apache-2.0
"""Documents a Red Book document is tied to: parents, provisionals, earlier publications, international filings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass
class Related:
    """Rows for the tables `relation` and `publication`, and what there is no column for."""

    relations: list[tuple[str, str | None, str | None, str | None]] = field(default_factory=list)
    publications: list[tuple[str | None, str, str | None, str | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def document_id(element: Element | None) -> dict[str, str]:
    """Return what a `document-id` says, by the names of its parts."""
    return {} if element is None else {child.tag: (child.text or "").strip() for child in element}


def related_documents(element: Element) -> Related:
    """Read `us-related-documents`.

    Each parent is a relation of the application, those further up the line too, since it claims the benefit of all
    of them. An earlier publication of the application itself is one of its publications. Who is whose child, the
    parent's state and patent are told in a note.
    """
    related = Related()
    for one in element:
        if one.tag == "related-publication":
            _publication(related, document_id(one.find("document-id")))
        elif one.find("relation") is not None:
            for tie in one.iter("relation"):
                _parent(related, one.tag, tie)
        else:
            for document in one.iter("document-id"):
                _relation(related, one.tag, document_id(document))
    return related


def _parent(related: Related, kind: str, tie: Element) -> None:
    parent = document_id(tie.find("parent-doc/document-id"))
    _relation(related, kind, parent)
    child = document_id(tie.find("child-doc/document-id"))
    note = [f"{_named(child)} {kind} {_named(parent)}"]
    note += [_named(document_id(document)) for document in tie.iterfind("parent-doc/*/document-id")]
    note += [status.text for status in tie.iterfind("parent-doc/parent-status") if status.text]
    related.notes.append(", ".join(note))


def _relation(related: Related, kind: str, document: dict[str, str]) -> None:
    if document.get("doc-number"):
        related.relations.append(
            (kind, document.get("country"), document["doc-number"], document.get("date"))
        )


def _publication(related: Related, document: dict[str, str]) -> None:
    number, date = document.get("doc-number", ""), document.get("date", "")
    if len(number) == 7 and document.get("kind", "").startswith("A"):
        number = date[:4] + number  # some early files leave the year out
    if number:
        related.publications.append((document.get("country"), number, document.get("kind"), date or None))


def _named(document: dict[str, str]) -> str:
    return " ".join(filter(None, (document.get(name) for name in ("country", "doc-number", "kind", "date"))))


def leaves(element: Element) -> Iterator[tuple[str, str]]:
    """Yield every text below an element with the path of tags to it; a mere flag says yes."""
    for child in element:
        if len(child) and not (child.text or "").strip():
            for path, text in leaves(child):
                yield f"{child.tag}/{path}", text
        else:
            yield child.tag, " ".join("".join(child.itertext()).split()) or "yes"
