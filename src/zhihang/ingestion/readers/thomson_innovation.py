# SPDX-License-Identifier: Apache-2.0
"""Thomson Innovation (now Derwent Innovation) exports, with columns named in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import (
    Rewrite,
    mended_drafts,
    positions,
    undo_double_encoding,
    vendor_layout,
)
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {
    "publication_number",
    "application_numbers",
    "priority_numbers",
    "inpadoc_family_member_numbers",
    "international_classifications_codes",
}
FIELDS = {
    "application_countries": "application.office",
    "application_numbers": "application.number",
    "application_dates": "application.filing_date",
    "attorney_agent": "party.agent.name",
    "cited_patent_numbers": "citation.number",
    "citing_patent_numbers": "cited_by.number",
    "cpc_codes": "classification.cpc.symbol",
    "inpadoc_family_member_numbers": "family_member.inpadoc.number",
    "international_classifications_codes": "classification.ipc.symbol",
    "inventors_with_address": "party.inventor.name",
    "patent_assignees_original_no_address": "party.assignee.name",
    "priority_numbers": "priority.number",
    "publication_country": "publication.office",
    "publication_number": "publication.number",
    "publication_date": "publication.date",
    "title_original_cleaned": "text.title",
    "title_original_english_cleaned": "text.title.en",
    "abstract": "text.abstract",
    "claims_first": "claim.first",
}
LISTED = ("party", "citation", "cited_by", "classification", "family_member", "priority", "publication")
PATTERNS = {
    "priority.number": r"^(?P<number>[^|]*)\|(?P<date>.*)$",
    "party.inventor.name": r"^(?P<name>[^,]+)(?:,\s*(?P<address>.+?))??(?:,\s*(?P<country>[A-Z]{2}))?$",
    "party.assignee.name": (
        r"^(?P<name>[^|]*)(?:\|,*(?P<address>.*?),*(?P<country>[A-Z]{2})(?:,(?P<identifier>\d{8}))?)?$"
    ),
}
_NUMBER = re.compile(r"(?P<office>[A-Z]{2})(?P<year>\d{4}).*?(?P<kind>[A-Z]?)$")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("Thomson Innovation 导出表", "Thomson Innovation export"),
    recognise=_recognise,
    precedence=VENDOR,
)
def thomson_innovation(source: Source, sample: Sample) -> Iterator[Draft]:
    """Thomson Innovation workbooks, one row per publication; "; " joins lists, "NA" means nothing."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout(names, FIELDS, separators=dict.fromkeys(LISTED, ("; ",)), patterns=PATTERNS)
    yield from mended_drafts(
        source, sample, header, layout, _put_right(names), repairs=[undo_double_encoding]
    )


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    numbers, dates = place["priority_numbers"], place.get("priority_dates")
    title, english = place.get("title_original_cleaned"), place.get("title_original_english_cleaned")
    owners = place.get("patent_assignees_original_no_address")
    addresses = place.get("patent_assignees_original_with_address")

    def rewrite(cells: list[str]) -> list[str]:
        if dates is not None:
            dated = _dated(_items(cells[numbers]), _items(cells[dates]))
            cells[numbers] = "; ".join(dated)
            if all(not item.endswith("|") for item in dated):
                cells[dates] = ""
        if title is not None and english is not None and cells[title] == cells[english]:
            cells[title] = ""
        if owners is not None and addresses is not None:
            placed = _placed(_items(cells[owners]), _items(cells[addresses]))
            if placed:
                cells[owners], cells[addresses] = "; ".join(placed), ""
        return cells

    return rewrite


def _items(cell: str) -> list[str]:
    return [item for item in cell.split("; ") if item.strip() not in ("", "NA")]


def _dated(numbers: Sequence[str], dates: Sequence[str]) -> list[str]:
    """Return each priority as number|date: numbers stand in the order of the alphabet, dates in that of time.

    The year in the number tells the date; several numbers of one office and year go with as many dates in
    order. Where that leaves a doubt the date stays blank.

    >>> _dated(["DE1999123A", "US1999456P", "US1999789P"], ["1999-02-01", "1999-03-01", "1999-05-01"])
    ['DE1999123A|', 'US1999456P|', 'US1999789P|']
    >>> _dated(["US1999456P", "US1999789P", "WO2000US12A"], ["1999-03-01", "1999-05-01", "2000-01-31"])
    ['US1999456P|1999-03-01', 'US1999789P|1999-05-01', 'WO2000US12A|2000-01-31']
    """
    found = [_NUMBER.match(number) for number in numbers]
    dated = []
    for place, (number, parts) in enumerate(zip(numbers, found, strict=True)):
        year = parts["year"] if parts else "none"
        same = [at for at, other in enumerate(found) if other and other["year"] == year]
        of_year = [date for date in dates if date.startswith(year)]
        series = {(other["office"], other["kind"]) for at in same if (other := found[at])}
        if len(of_year) == 1:
            date = of_year[0]
        else:
            date = of_year[same.index(place)] if len(of_year) == len(same) and len(series) == 1 else ""
        dated.append(f"{number}|{date}")
    return dated


def _placed(owners: Sequence[str], addresses: Sequence[str]) -> list[str]:
    """Return each owner as name|address, country, number; nothing unless both lists name the same owners."""
    pairs = list(zip(owners, addresses, strict=False))
    same = all(place.casefold().startswith(name.casefold()) for name, place in pairs)
    if len(owners) != len(addresses) or not same:
        return []
    return [f"{name}|{place[len(name) :]}".removesuffix("|") for name, place in pairs]
