# SPDX-License-Identifier: Apache-2.0
"""The EPO's exchange-document, which DOCDB files and OPS answers share, as rows of a draft."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_citation import add_citations
from zhihang.ingestion.exchange_number import DocumentId, application_number, publication_number
from zhihang.ingestion.exchange_party import add_parties
from zhihang.ingestion.exchange_symbol import add_classes
from zhihang.ingestion.exchange_text import (
    attributes,
    elements,
    leaf,
    leaves,
    one_line,
    paragraphs,
    read_attributes,
    section,
)

GRANTS = ("printed-with-grant", "not-printed-with-grant")
"""Dates of public availability that mean a grant."""
DELETED = "deletion notice: the office withdrew this document from DOCDB"

_FORMS = ("original", "docdba", "docdb", "epodoc", "")
"""Of several forms of one title or abstract the first of these is kept."""
_UNTOLD = "ol"
"""How the EPO marks a text in the original language without saying which that is."""
_STATED = frozenset({"country", "doc-number", "kind", "date-publ", "family-id", "system"})
_UNPLACED = frozenset((
    "extended-kind-code", "language-of-filing", "language-of-publication", "classification-national",
    "classifications-national", "previously-filed-app", "preceding-publication-date", "date-of-coming-into-force",
    "related-documents", "office-specific-bib-data", "search-report-data",
))  # fmt: skip
_PLACED = (
    "publication-reference", "application-reference", "classification-ipc", "classifications-ipcr",
    "patent-classifications", "priority-claims", "parties", "designation-of-states", "invention-title",
    "dates-of-public-availability", "references-cited",
)  # fmt: skip
_BY_LETTER = itertools.groupby(sorted((*_PLACED, *_UNPLACED)), key=lambda name: name[0])
_PART = re.compile(
    "<(?!/)("
    + "|".join(f"{letter}(?:{'|'.join(name[1:] for name in names)})" for letter, names in _BY_LETTER)
    + ")[ >]"
)
_ID = (
    r"<document-id[^>]*+>(?:<country>([^<]*+)</country>)?+<doc-number>([^<]*+)</doc-number>"
    r"(?:<kind>([^<]*+)</kind>)?+(?:<name>[^<]*+</name>)?+(?:<date>([^<]*+)</date>)?+</document-id>"
)
_USUAL_ID = re.compile(_ID)
_USUAL = {
    name: re.compile(rf"<{name}([^>]*+)>{_ID}((?:<priority-[a-z-]++>[^<]*+</priority-[a-z-]++>)*+)</{name}>")
    for name in ("application-reference", "publication-reference", "priority-claim")
}
_USUAL_TITLE = re.compile(r"<invention-title([^>]*+)>([^<]*+)</invention-title>")
_AVAILABLE = re.compile(r"<([a-z-]++)[^>]*+>\s*+<document-id[^>]*+>\s*+<date>([^<]*+)</date>")


def add_exchange_document(draft: Draft, written: str, content: str, line: int) -> None:
    """Add a record for one document: its attributes as written, and its content in the regular form.

    A deletion notice (status D) is rejected: it is no patent, and must not go unseen either.
    """
    stated = read_attributes(written)
    if stated.get("status") == "D":
        number = " ".join(stated.get(name, "") for name in ("country", "doc-number", "kind"))
        draft.reject(line, number, DELETED, column="status")
        return
    draft.record(line)
    biblio, found, rest = content.rpartition("</bibliographic-data>")
    parts = _parts(biblio if found else content)
    left = _add_numbers(draft, stated, parts, rest)
    left |= add_parties(draft, parts.get("parties", ""))
    left |= add_classes(draft, parts)
    _add_texts(draft, "title", _titles(parts.get("invention-title", "")))
    if "<abstract" in rest:
        _add_texts(draft, "abstract", _abstracts(rest))
    left["rel-passage"] = add_citations(draft, parts.get("references-cited", ""))
    left["designation-of-states"] = list(designated_states(parts.get("designation-of-states", "")))
    for name, part in parts.items():
        if name in _UNPLACED:
            left[name] = [one_line(part.replace("<", " <"))]
    rows = [(name, value) for name, value in stated.items() if name not in _STATED]
    rows += [(name, "\n".join(values)) for name, values in left.items() if any(values)]
    draft.extend("attribute", rows)


def _parts(biblio: str) -> dict[str, str]:
    """Cut bibliographic data into its parts, by name; those of one name are joined."""
    parts: dict[str, str] = {}
    name, begin = "", 0
    for found in _PART.finditer(biblio):
        start = found.start()
        if name:
            parts[name] = parts[name] + biblio[begin:start] if name in parts else biblio[begin:start]
        name, begin = found[1], start
        if name == "references-cited":  # the last part, and the longest
            break
    if name:
        parts[name] = parts.get(name, "") + biblio[begin:]
    return parts


def read_ids(text: str, name: str) -> dict[str, DocumentId]:
    """Return the forms (docdb, epodoc, original) of the number in the elements `name`."""
    found: dict[str, DocumentId] = {}
    for written, identity, _ in _references(text, name):
        found.setdefault(attributes(written).get("data-format", "docdb"), identity)
    return found


def read_id(content: str) -> DocumentId:
    """Return the parts of the document-id with which the content begins."""
    usual = _USUAL_ID.match(content)
    if usual:
        return _identity(*usual.groups())
    return _identity(*(leaf(content, name) for name in ("country", "doc-number", "kind", "date")))


def _identity(country: str | None, number: str | None, kind: str | None, date: str | None) -> DocumentId:
    return DocumentId(country or None, number.strip() or None if number else None, kind or None, date or None)


def _references(text: str, name: str) -> list[tuple[str, DocumentId, str]]:
    """Return attributes, number and further content of the elements `name`, by one pattern where they are as usual."""
    found = _USUAL[name].findall(text)
    if len(found) == text.count("<" + name):
        return [(written, _identity(*parts), rest) for written, *parts, rest in found]
    return [(written, read_id(content), content) for written, content in elements(text, name)]


def add_publication(draft: Draft, identity: DocumentId, date: str | None) -> None:
    """Add a publication; its office goes before the number, which alone may begin like another office's."""
    if identity.number:
        number = f"{identity.country or ''}{identity.number}"
        draft.extend("publication", [(identity.country, number, identity.kind, date)])


def first_date(ids: Mapping[str, DocumentId]) -> str | None:
    """Return the date of whichever form of a number has one; it is not the docdb form everywhere."""
    for identity in ids.values():
        if identity.date:
            return identity.date
    return None


def designated_states(text: str) -> Iterator[str]:
    """Yield one line for each region (``EP: AT BE``) and one for the states designated singly."""
    for _, content in elements(text, "regional"):
        first, *states = leaves(content.partition("</regional>")[0], "country") or [""]
        yield f"{first}: {' '.join(states)}" if "<region>" in content else " ".join([first, *states])
    for name in ("national", "contracting-states", "designation-epc"):
        for _, content in elements(text, name) if "<" + name in text else ():
            yield " ".join(leaves(content.partition(f"</{name}>")[0], "country"))


def _add_numbers(
    draft: Draft, stated: Mapping[str, str], parts: Mapping[str, str], rest: str
) -> dict[str, list[str]]:
    filed = read_ids(parts.get("application-reference", ""), "application-reference")
    number = application_number(filed)
    office = filed["docdb"].country if "docdb" in filed else None
    granted = _add_availability(draft, parts.get("dates-of-public-availability", ""), stated.get("country"))
    draft.extend("application", [(office, number, None, first_date(filed), granted, None, None, None)])
    own = DocumentId(
        stated.get("country"), stated.get("doc-number"), stated.get("kind"), stated.get("date-publ")
    )
    if not (own.number and own.date):
        published = read_ids(parts.get("publication-reference", ""), "publication-reference")
        own = own if own.number else published.get("docdb", own)
        own = own._replace(date=own.date or first_date(published))
    add_publication(draft, own, own.date)
    _add_family(draft, own, stated.get("family-id"), rest)
    originals = _add_priorities(draft, parts.get("priority-claims", ""), filed, number)
    return {"priority-claim original": originals}


def _add_availability(draft: Draft, dates: str, office: str | None) -> str | None:
    """Add an event for each date of public availability; return the date of grant."""
    granted = None
    for name, date in _AVAILABLE.findall(dates):
        draft.extend("legal_event", [(date, None, office, None, name, None)])
        granted = date if name in GRANTS else granted
    return granted


def _add_priorities(
    draft: Draft, priorities: str, filed: Mapping[str, DocumentId], own: str | None
) -> list[str]:
    """Add claimed priorities and ties; return the original numbers, which are counted apart and match no other.

    DOCDB lists the application itself where it claims none; that is no priority.
    """
    claims: dict[str, dict[str, DocumentId]] = {}
    contents: dict[str, str] = {}
    originals = []
    for written, identity, content in _references(priorities, "priority-claim"):
        stated = attributes(written)
        form, sequence = stated.get("data-format", "docdb"), stated.get("sequence", "1")
        if form == "original":
            originals.append(one_line(identity.number))
            continue
        claims.setdefault(sequence, {}).setdefault(form, identity)
        contents[sequence] = contents.get(sequence, "") + content
    for sequence, ids in claims.items():
        if ids.get("docdb") == filed.get("docdb", ""):
            continue
        number = application_number(ids)
        if number and number != own:
            _add_priority(draft, number, ids, contents[sequence])
    return originals


def _add_priority(draft: Draft, number: str, ids: Mapping[str, DocumentId], content: str) -> None:
    office = ids["docdb"].country if "docdb" in ids and number[:3] != "PCT" else None
    tie = leaf(content, "priority-linkage-type")
    passive = leaf(content, "priority-active-indicator") in ("N", "NO")
    if tie or passive:
        kind = "pct" if tie == "W" else f"linkage {tie}" if tie else "passive priority"
        draft.extend("relation", [(kind, office, number, first_date(ids))])
    if not passive:
        draft.extend("priority", [(office, number, first_date(ids))])


def _add_family(draft: Draft, own: DocumentId, family: str | None, rest: str) -> None:
    """Add the simple family: the document itself, and the members that a front file lists."""
    itself = publication_number(own)
    rows: list[tuple[str | None, ...]] = [("docdb_simple", family, itself)] if family else []
    if "<patent-family" in rest:
        for written, identity, _ in _references(section(rest, "patent-family"), "publication-reference"):
            number = publication_number(identity)
            if attributes(written).get("data-format", "docdb") == "docdb" and number != itself:
                rows.append(("docdb_simple", family, number))
    draft.extend("family_member", rows)


def _add_texts(draft: Draft, part: str, found: Iterable[tuple[str, str]]) -> None:
    """Add one text for each language, in the form nearest to the original."""
    kept: dict[str, dict[str, str]] = {}
    for written, text in found:
        stated = attributes(written)
        if text:
            kept.setdefault(stated.get("lang", _UNTOLD).lower(), {}).setdefault(
                stated.get("data-format", ""), text
            )
    for language, forms in kept.items():
        form = next(form for form in (*_FORMS, *forms) if form in forms)
        draft.extend("text", [(part, language if language != _UNTOLD else None, forms[form], None)])


def _titles(biblio: str) -> list[tuple[str, str]]:
    found = _USUAL_TITLE.findall(biblio)
    if len(found) != biblio.count("<invention-title"):
        end = "</invention-title>"
        found = [
            (written, content.partition(end)[0]) for written, content in elements(biblio, "invention-title")
        ]
    return [(written, one_line(title)) for written, title in found]


def _abstracts(rest: str) -> list[tuple[str, str]]:
    found = elements(rest, "abstract")
    return [(written, paragraphs(content.partition("</abstract>")[0])) for written, content in found]
