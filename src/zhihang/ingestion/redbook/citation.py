# SPDX-License-Identifier: Apache-2.0
"""Citations of the Red Book: they are up to half of a document, so regular ones are read without building a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lxml import etree

from zhihang.ingestion.redbook.markup import TEXT
from zhihang.ingestion.uspto_symbol import uspc
from zhihang.ingestion.xml_document import read_document
from zhihang.ingestion.xml_entities import unescape

CitationRow: TypeAlias = tuple[str | None, str | None, str | None, str | None, None]
"""number, text, category, origin, publication: the columns of the raw table."""

_ORIGINS: Mapping[str, str | None] = {
    "cited by examiner": "examiner",
    "cited by applicant": "applicant",
    "cited by third party": "third_party",
    "": None,
}
_PATTERN = (
    r"<(?:us-)?citation>_"
    r"(?:<patcit[^>]*>_<document-id>_<country>([^<]*)</country>_<doc-number>([^<]*)</doc-number>_"
    r"(?:<kind>([^<]*)</kind>_)?(?:<name>([^<]*)</name>_)?(?:<date>([^<]*)</date>_)?</document-id>_</patcit>"
    r"|<nplcit[^>]*>_<othercit>([^<]*(?:<(?!/othercit>)[^<]*)*)</othercit>_</nplcit>)_"
    r"(?:<category>([^<]*)</category>_)?"
    r"(?:<classification-cpc-text>([^<]*)</classification-cpc-text>_)?"
    r"(?:<classification-national>_?<country>[^<]*</country>_?<main-classification>([^<]*)</main-classification>_?"
    r"</classification-national>_)?</(?:us-)?citation>"
)
# As the office writes it, a line for each element; and with any blanks between elements, which takes longer.
_PRINTED = re.compile(_PATTERN.replace("_?", "\n?").replace("_", "\n"))
_REGULAR = re.compile(_PATTERN.replace("_?", r"\s*").replace("_", r"\s*"))


def citations(markup: bytes) -> list[CitationRow]:
    """Return the rows of a list of references, in its order."""
    if not markup:
        return []
    text = markup.decode()
    count = text.count("citation>") // 2
    regular = _PRINTED.findall(text)
    if len(regular) != count:
        regular = _REGULAR.findall(text)
    if len(regular) == count and "<!" not in text:
        return [
            _patent(country, number, kind, name, date, category, cpc, national)
            if not literature
            else _literature(TEXT(literature.encode()), category, cpc, national)
            for country, number, kind, name, date, literature, category, cpc, national in regular
        ]
    return list(parsed_citations(read_document(markup).root))


def parsed_citations(references: etree._Element) -> Iterator[CitationRow]:
    """Yield the rows of a parsed list of references."""
    for citation in references.iter("citation", "us-citation"):
        category = citation.findtext("category") or ""
        cpc, national = (
            "; ".join(element.text or "" for element in citation.iter(tag))
            for tag in ("classification-cpc-text", "main-classification")
        )
        cited = citation.find("patcit/document-id")
        literature = citation.find("nplcit")
        if cited is not None:
            country, number, kind, name, date = (
                (cited.findtext(part) or "").replace("&", "&amp;") for part in _PARTS
            )
            yield _patent(country, number, kind, name, date, category, cpc, national)
        elif literature is not None:
            text = literature.find("othercit")
            yield _literature(TEXT.of(literature if text is None else text), category, cpc, national)


_PARTS = ("country", "doc-number", "kind", "name", "date")


def _patent(
    country: str, number: str, kind: str, name: str, date: str, category: str, cpc: str, national: str
) -> CitationRow:
    cited = f"{country} {number} {kind}" if kind else f"{country} {number}"
    told = f"{cited}; {name.strip()}" if name else cited
    if date:
        told = f"{told}; {date}"
    if cpc or national:
        told = _with_classes(told, cpc, national)
    if "&" in told:
        told, cited = unescape(told.encode()).decode(), unescape(cited.encode()).decode()
    return cited if number else None, told, category or None, _ORIGINS.get(category, "other"), None


def _literature(text: str, category: str, cpc: str, national: str) -> CitationRow:
    return None, _with_classes(text, cpc, national), category or None, _ORIGINS.get(category, "other"), None


def _with_classes(told: str, cpc: str, national: str) -> str:
    return "; ".join(filter(None, (told, cpc, uspc(national))))
