# SPDX-License-Identifier: Apache-2.0
"""Result lists of Google Patents ("Download CSV")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {"id", "title", "assignee", "inventor/author", "filing/creation date", "result link"}
FIELDS = {
    "id": "publication.number",
    "title": "text.title",
    "assignee": "party.assignee.name",
    "inventor/author": "party.inventor.name",
    "priority date": "priority.date",
    "filing/creation date": "application.filing_date",
    "publication date": "publication.date",
    "grant date": "application.grant_date",
}
# A comma before one of these belongs to the name of a company.
_LEGAL_FORMS = (
    r"(?:Ltd|Inc|Llc|Lllp|Llp|L\.?L\.?C|L\.?P|Limited|Incorporated|Corp|Corporation|Co|Company|Plc|Gmbh|Ag|S\.?A|"
    r"S\.?A\.?S|S\.?P\.?A|S\.?R\.?L|N\.?V|B\.?V|Pty|Pte|K\.?K|A\.?S|AB|Oy|Инк|Лтд|ООО)"
)
_NEXT_NAME = re.compile(rf",\s+(?!{_LEGAL_FORMS}\.?\s*(?:,|$|\s(?:Ltd|Inc|Limited|KG)))", re.IGNORECASE)


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("谷歌专利检索结果", "Google Patents result list"),
    recognise=_recognise,
    precedence=VENDOR,
)
def google_patents(source: Source, sample: Sample) -> Iterator[Draft]:
    """Google Patents CSV, one row per publication: no classes, no abstract, titles in the page's language."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout(names, FIELDS, separators={"party": ("\n",)}, language=_language(sample, names))
    yield from mended_drafts(source, sample, header, layout, _put_right(names))


def _language(sample: Sample, names: Sequence[str]) -> str | None:
    """Language of the pages that the result links lead to: their last part."""
    link = positions(names)["resultlink"]
    endings = {row[link][-3:] for row in sample.rows if len(row) > link and "/patent/" in row[link]}
    ending = endings.pop() if len(endings) == 1 else ""
    return ending[1:] if ending.startswith("/") else None


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    people = (place["assignee"], place["inventor/author"])
    priority, filed = place.get("prioritydate"), place["filing/creationdate"]

    def rewrite(cells: list[str]) -> list[str]:
        for column in people:
            cells[column] = _NEXT_NAME.sub("\n", cells[column])
        if priority is not None and cells[priority] == cells[filed]:
            cells[priority] = ""  # the application's own date: no priority is claimed
        return cells

    return rewrite
