# SPDX-License-Identifier: Apache-2.0
"""Result lists of The Lens (lens.org), CSV or XLSX, with the column names of any year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {"Jurisdiction", "Kind", "Application Number", "Priority Numbers", "IPCR Classifications"}
FIELDS = {
    "#": "ignore",
    "Jurisdiction": "publication.office",
    "Kind": "publication.kind_code",
    "Publication Number": "publication.number",
    "Display Key": "publication.number",
    "Publication Date": "publication.date",
    "Application Number": "application.number",
    "Application Date": "application.filing_date",
    "Legal Status": "application.legal_status",
    "Priority Numbers": "priority.number",
    "Title": "text.title",
    "Abstract": "text.abstract",
    "Applicants": "party.applicant.name",
    "Inventors": "party.inventor.name",
    "Owners": "party.assignee.name",
    "Owners (US)": "party.assignee.name",
    "CPC Classifications": "classification.cpc.symbol",
    "IPCR Classifications": "classification.ipc.symbol",
    "US Classifications": "classification.uspc.symbol",
    "National Classifications": "attribute.US Classifications",
    "Simple Family Members": "family_member.vendor_simple.number",
    "Extended Family Members": "family_member.vendor_extended.number",
    "NPL Citations": "citation.text",
    "Non-Patent Citations": "citation.text",
}
LISTED = ("party", "priority", "classification", "family_member", "citation")
PATTERNS = {
    "priority.number": r"^(?P<number>.*?)(?:\s+(?P<date>\d{8}))?$",
    "publication.number": r"^(?P<number>.*?)(?:\s+\d{8})?$",
}


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("The Lens 检索结果", "The Lens result list"),
    recognise=_recognise,
    precedence=VENDOR,
    date_order="dmy",
)
def lens(source: Source, sample: Sample) -> Iterator[Draft]:
    """Exports of The Lens, one row per publication; ";;" joins lists, and a priority ends in its date."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout(
        [*names, "National Classifications"],
        FIELDS,
        separators=dict.fromkeys(LISTED, (";;",)),
        patterns=PATTERNS,
    )
    yield from mended_drafts(source, sample, header, layout, _national_classes_apart(names))


def _national_classes_apart(names: Sequence[str]) -> Rewrite:
    """Keep national classes of other offices, which stand in the column "US Classifications" too, apart."""
    place = positions(names)
    jurisdiction, classes = place["jurisdiction"], place.get("usclassifications")

    def rewrite(cells: list[str]) -> list[str]:
        if classes is None or cells[jurisdiction] == "US":
            return [*cells, ""]
        national, cells[classes] = cells[classes], ""
        return [*cells, national]

    return rewrite
