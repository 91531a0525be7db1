# SPDX-License-Identifier: Apache-2.0
"""Citations of an exchange-document: who cited what, how relevant it is and for which claims."""

from __future__ import annotations

import re
from functools import lru_cache

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_text import attributes, elements, leaf, leaves, one_line, section

ORIGINS = {
    "APP": "applicant",  # given by the applicant in the description
    "SEA": "search_report",
    "ISR": "search_report",  # international search
    "SUP": "search_report",  # supplementary international search
    "PRS": "search_report",  # before the search: international-type or earlier search
    "EXA": "examiner",
    "CH2": "examiner",  # international preliminary examination (PCT chapter II)
    "OPP": "opposition",
    "FOP": "opposition",  # filed by the opponent
    "TPO": "third_party",
    "APL": "appeal",
    "LIM": "other",  # limitation
}
_PATENT = (
    r"<patcit[^>]*+><document-id[^>]*+><country>([^<]*+)</country><doc-number>([^<]*+)</doc-number>"
    r"(?:<kind>([^<]*+)</kind>)?+(?:<name>[^<]*+</name>)?+(?:<date>[^<]*+</date>)?+</document-id></patcit>"
)
_USUAL_PATENT = re.compile(_PATENT)
_USUAL = re.compile(rf"<citation([^>]*+)>{_PATENT}(?:<category>([^<]*+)</category>)?+</citation>")
_CLAIMS = re.compile(r"<(category|rel-claims)>([^<]*)")
_OPENING = re.compile(r"<([a-z]+)>")


@lru_cache(maxsize=256)
def origin(phase: str, cited_by: str = "") -> str | None:
    """Return who cited, from the phase in DOCDB's letters or the words of OPS and the register.

    Examples
    --------
    >>> origin("ISR"), origin("national-search-report", "examiner"), origin("undefined", "applicant")
    ('search_report', 'search_report', 'applicant')
    """
    if phase in ORIGINS:
        return ORIGINS[phase]
    if cited_by == "applicant" or phase in ("applicant", "description"):
        return "applicant"
    for word, who in (("search", "search_report"), ("opposition", "opposition"), ("third", "third_party")):
        if word in phase:
            return who
    if cited_by == "examiner" or "examination" in phase:
        return "examiner"
    return "other" if phase and phase != "undefined" else None


def add_citations(draft: Draft, references: str) -> list[str]:
    """Add a row for each citation; return its passages and claims, one line for each citation that has any.

    The category is written as a search report prints it (XY), each letter once.
    """
    usual = _USUAL.findall(references)
    if len(usual) == references.count("<citation "):
        draft.extend(
            "citation",
            [
                (f"{country}{number.strip()}{kind}", None, category or None, _origin(written), None)
                for written, country, number, kind, category in usual
            ],
        )
        return []
    rows: list[tuple[str | None, ...]] = []
    passages: list[str] = []
    for written, content in elements(references, "citation"):
        number, text = _cited(content)
        category = None
        if "<category" in content:
            category = "".join(dict.fromkeys("".join(leaves(content, "category"))))
        rows.append((number, text, category, _origin(written), None))
        if "<rel-" in content:
            passages.append(_relevance(number or (text or "")[:80], content))
    draft.extend("citation", rows)
    return passages


@lru_cache(maxsize=8192)
def _origin(written: str) -> str | None:
    stated = attributes(written)
    return origin(stated.get("cited-phase", ""), stated.get("cited-by", ""))


def _cited(content: str) -> tuple[str | None, str | None]:
    """Return number and text; of a patent document the docdb id is complete, `dnum` is all that some have."""
    usual = _USUAL_PATENT.match(content)
    if usual:
        country, number, kind = usual.groups("")
        return f"{country}{number.strip()}{kind}", None
    for written, patent in elements(content, "patcit"):
        parts = [leaf(patent, name) or "" for name in ("country", "doc-number", "kind")]
        stated = "".join(parts) if parts[1] else attributes(written).get("dnum")
        return stated, None if stated else one_line(leaf(patent, "text"))
    literature = section(content, "nplcit")
    return None, one_line(leaf(literature, "text") or literature.replace("<", " <")) or None


def _relevance(cited: str, content: str) -> str:
    """Return in one line which passages are relevant for which claims."""
    claims: list[str] = []
    category = ""
    for name, text in _CLAIMS.findall(content):
        if name == "category":
            category = text
        else:
            claims.append(f"[{category}] {one_line(text)}" if category else one_line(text))
    passages = [_passage(part.partition("</passage>")[0]) for _, part in elements(content, "passage")]
    return " | ".join(part for part in (cited, "; ".join(claims), "; ".join(passages)) if part)


def _passage(text: str) -> str:
    """Write a passage with the names of its parts: ``pp 7 table 2 Experiments``."""
    if "<" in text:
        text = _OPENING.sub(r" \1 ", text).replace("</", " </")
    return one_line(text)
