# SPDX-License-Identifier: Apache-2.0
"""Result lists of Espacenet, as the XLS it gave out or saved as CSV from there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {
    "Publication number",
    "Publication date",
    "Date of application",
    "International classification",
    "Cooperative Patent Classification",
    "Priority number(s)",
}
FIELDS = {
    "Title": "text.title",
    "Publication number": "publication.number",
    "Publication date": "publication.date",
    "Inventor(s)": "party.inventor.name",
    "Applicant(s)": "party.applicant.name",
    "Application number": "application.number",
    "Date of application": "application.filing_date",
    "International classification": "classification.ipc.symbol",
    "Cooperative Patent Classification": "classification.cpc.symbol",
    "Priority number(s)": "priority.number",
    "Patents cited in the search report": "citation.search_report.number",
    "Literature cited in the search report": "citation.search_report.text",
    "Patents cited during examination": "citation.examiner.number",
    "Literature cited during examination": "citation.examiner.text",
    "Other patent citations": "citation.other.number",
    "Other literature citations": "citation.other.text",
    "Patents used in opposition": "citation.opposition.number",
    "Literature used in opposition": "citation.opposition.text",
    "Patents cited by the applicant": "citation.applicant.number",
    "Literature cited by the applicant": "citation.applicant.text",
    "International search citation": "citation.international_search.number",
    "International search NPL citation": "citation.international_search.text",
    "Supplementary international search citation": "citation.supplementary_search.number",
    "Supplementary international search NPL citation": "citation.supplementary_search.text",
}
PATTERNS = {
    "party": r"^(?P<name>.*?),?[\s\x{2002}]*(?:\[(?P<country>[A-Z]{2})\])?$",
    "priority.number": r"^(?P<number>\S+)(?:\s+(?:0+|(?P<date>\d{8})))?$",
}
_LATER = re.compile(r"\((?:[^AU]\d?|A[3489])\)$")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("Espacenet 检索结果", "Espacenet result list"),
    recognise=_recognise,
    precedence=OFFICE_SEARCH,
    date_order="dmy",
)
def espacenet(source: Source, sample: Sample) -> Iterator[Draft]:
    """Espacenet result lists, one row per application and its publications; lists by line or ";"."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    lists = ("\n",) if sample.sheet else ("\n", ";")
    layout = vendor_layout(
        names,
        FIELDS,
        separators={"citation": lists, "party": lists, "publication": ("\n", ";")},
        patterns=PATTERNS,
    )
    yield from mended_drafts(source, sample, header, layout, _put_right(names))


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    number, date, filed = (
        place[name] for name in ("publicationnumber", "publicationdate", "dateofapplication")
    )

    def rewrite(cells: list[str]) -> list[str]:
        if not cells[filed].strip(" \n0"):
            cells[filed] = ""
        if ";" in cells[number] and not re.search(r"\S[\n;]\s*\S", cells[date]):
            cells[number] = _first_published_first(cells[number])
        return cells

    return rewrite


def _first_published_first(numbers: str) -> str:
    """Order publications so that the one comes first to which the row's only date belongs: the earliest.

    >>> _first_published_first("WO02100176 (A3); WO02100176 (A9); WO02100176 (A2)")
    'WO02100176 (A2); WO02100176 (A3); WO02100176 (A9)'
    """
    items = [item.strip() for item in numbers.split(";")]
    return "; ".join(sorted(items, key=lambda item: _LATER.search(item) is not None))
