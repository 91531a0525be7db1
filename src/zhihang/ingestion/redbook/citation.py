# SPDX-License-Identifier: Apache-2.0
"""Citations of the Red Book: they are up to half of a document, so regular ones are read without building a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from zhihang.ingestion.redbook.markup import TEXT
from zhihang.ingestion.xml_document import read_document
from zhihang.ingestion.xml_entities import unescape

CitationRow: TypeAlias = tuple[str | None, str | None, str | None, str | None, None]
"""number, text, category, origin, publication: the columns of the raw table."""

_ORIGINS = {
    "cited by examiner": "examiner",
    "cited by applicant": "applicant",
    "cited by third party": "third_party",
    "cited by other": "other",
}
_REGULAR = re.compile(
    r"<(?:us-)?citation>\s*"
    r"(?:<patcit[^>]*>\s*<document-id>\s*<country>([^<]*)</country>\s*<doc-number>([^<]*)</doc-number>\s*"
    r"(?:<kind>([^<]*)</kind>\s*)?(?:<name>([^<]*)</name>\s*)?(?:<date>([^<]*)</date>\s*)?</document-id>\s*</patcit>"
    r"|<nplcit[^>]*>\s*<othercit>([^<]*(?:<(?!/othercit>)[^<]*)*)</othercit>\s*</nplcit>)\s*"
    r"(?:<category>([^<]*)</category>\s*)?"
    r"(?:<classification-cpc-text>([^<]*)</classification-cpc-text>\s*)?"
    r"(?:<classification-national>\s*<country>[^<]*</country>\s*<main-classification>([^<]*)</main-classification>\s*"
    r"</classification-national>\s*)?</(?:us-)?citation>"
)


def citations(markup: bytes) -> list[CitationRow]:
    """Return the rows of a list of references, in its order."""
    if not markup:
        return []
    regular = _REGULAR.findall(markup.decode())
    if len(regular) != markup.count(b"citation>") // 2 or b"<!" in markup:
        return list(parsed_citations(read_document(markup).root))
    if b"&" in markup:
        regular = [_unescaped(fields) for fields in regular]
    return [_row(*fields) for fields in regular]


def parsed_citations(references: etree._Element) -> Iterator[CitationRow]:
    """Yield the rows of a parsed list of references."""
    for citation in references.iter("citation", "us-citation"):
        cited = citation.find("patcit/document-id")
        fields = [(cited.findtext(name) or "") if cited is not None else "" for name in _FIELDS]
        literature = citation.find("nplcit")
        if literature is not None:
            literature = literature if literature.find("othercit") is None else literature.find("othercit")
        classes = [element.text or "" for element in citation.iter("classification-cpc-text", "main-classification")]
        yield _row(
            *fields,
            "" if literature is None else etree.tostring(literature, encoding="unicode", with_tail=False),
            citation.findtext("category") or "",
            "; ".join(classes),
            "",
        )


_FIELDS = ("country", "doc-number", "kind", "name", "date")
_LITERATURE = len(_FIELDS)


def _unescaped(fields: tuple[str, ...]) -> list[str]:
    """Decode references; literature is markup still, and decoded when it becomes text."""
    return [
        unescape(field.encode()).decode() if "&" in field and place != _LITERATURE else field
        for place, field in enumerate(fields)
    ]


def _row(
    country: str,
    number: str,
    kind: str,
    name: str,
    date: str,
    literature: str,
    category: str,
    cpc: str,
    national: str,
) -> CitationRow:
    cited = f"{country} {number} {kind}" if kind else f"{country} {number}"
    told = cited
    if literature:
        cited, told = None, TEXT(literature.encode())
    elif not number:
        cited, told = None, ""
    if name:
        told = f"{told}; {name.strip()}"
    if date:
        told = f"{told}; {date}"
    if cpc:
        told = f"{told}; {cpc}"
    if national:
        told = f"{told}; {national}"
    return cited, told, category or None, _ORIGINS.get(category, "other") if category else None, None
