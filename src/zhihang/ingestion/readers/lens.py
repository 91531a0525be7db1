# SPDX-License-Identifier: Apache-2.0
"""Result lists of The Lens (lens.org), CSV or XLSX, with the column names of any year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Repair, Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import Row, body
from zhihang.ingestion.source import Source
from zhihang.ingestion.week_year import read_date
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
REASON = "the year was that of the week; the year of the day itself"
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
    repairs = [_true_years(names)] if _writes_week_years(body(source, sample, header), names) else []
    yield from mended_drafts(source, sample, header, layout, _national_classes_apart(names), repairs=repairs)


def _writes_week_years(rows: Iterable[Row], names: Sequence[str]) -> bool:
    """Tell whether dates bear the year of their week, as exports of about 2014 to 2016 do (2015-12-31 for 2014).

    The column for the year of publication is right; the first date at a turn of the year that can tell, tells.
    """
    place = positions(names)
    published, year = place.get("publicationdate"), place.get("publicationyear")
    if published is None or year is None:
        return False
    for _, cells in rows:
        if len(cells) <= max(published, year) or not cells[year].strip().isdigit():
            continue
        true_year, written = int(cells[year]), read_date(cells[published])
        if written and written.year == true_year + 1 and written.misleads:
            return True
        if written and written.year == true_year and true_year not in written.true_years:
            return False
    return False


def _true_years(names: Sequence[str]) -> Repair:
    """Put the year right by the year of publication, by the own date among the priorities, or by the calendar."""
    place = positions(names)
    published, year = place["publicationdate"], place["publicationyear"]
    number, filed = place["applicationnumber"], place.get("applicationdate", -1)
    priorities = place["prioritynumbers"]

    def repair(cells: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        if len(cells) < len(names):
            return
        written = read_date(cells[published])
        if written and written.misleads and cells[year].strip() == str(written.year - 1):
            yield published, written.of(written.year - 1), REASON
        written = read_date(cells[filed]) if filed >= 0 else None
        if written and written.misleads:
            own = [
                item[-8:-4] for item in cells[priorities].split(";;") if item.startswith(cells[number] + " ")
            ]
            years = [int(each) for each in own if each.isdigit()] or written.true_years
            if years == [written.year - 1]:
                yield filed, written.of(written.year - 1), REASON

    return repair


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
