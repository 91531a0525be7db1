# SPDX-License-Identifier: Apache-2.0
"""Result lists of WIPO's PATENTSCOPE, as the XLS it gives out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {"Publication Number", "Publication Date", "Priority Data", "IPC", "FP Image"}
FIELDS = {
    "Publication Number": "publication.number",
    "Publication Date": "publication.date",
    "Title": "text.title",
    "IPC": "classification.ipc.symbol",
    "Applicants": "party.applicant.name",
    "Inventors": "party.inventor.name",
    "Priority Data": "priority.number",
    "Further Priority Data": "attribute.Priority Data",
}
SEPARATORS = {"priority": ("\n",), "party": ("\n",), "classification": (";",)}
PATTERNS = {
    "priority.number": r"^(?P<number>[^|]*)\|(?P<date>[^|]*)\|(?P<office>.*)$",
    "party": r"^(?P<name>[^|]*)\|(?P<name_latin>[^|]*)\|(?P<address>.*)$",
}

# A priority is written "60582692 2004-06-24T23:59:59.000Z US", "10/864,311 08.06.2004 US"
# or "US 20030707 60/485,616".
_BETWEEN = re.compile(r", (?=[A-Z]{2} \d{8} )|(?<= [A-Z]{2}), |(?<=\s\s), ")
_ITEM = re.compile(r"(?P<number>.+?) (?P<date>\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4})\S* (?P<office>[A-Z]{2})$")
_TURNED = re.compile(r"(?P<office>[A-Z]{2}) (?P<date>\d{8}) (?P<number>.+)$")
_LATIN = re.compile(r"[\x00-\u024f]+$")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("PATENTSCOPE 检索结果", "PATENTSCOPE result list"),
    recognise=_recognise,
    precedence=OFFICE_SEARCH,
    date_order="dmy",
)
def patentscope(source: Source, sample: Sample) -> Iterator[Draft]:
    """PATENTSCOPE result lists, one row per publication; ";" joins lists, priorities are in brackets."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout(
        [*names, "Further Priority Data"], FIELDS, separators=SEPARATORS, patterns=PATTERNS
    )
    yield from mended_drafts(source, sample, header, layout, _put_right(names))


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    number, priorities, classes = (place[name] for name in ("publicationnumber", "prioritydata", "ipc"))
    people = [place[name] for name in ("applicants", "inventors") if name in place]

    def rewrite(cells: list[str]) -> list[str]:
        japanese = cells[number].startswith("JP")
        for column in people:
            cells[column] = "\n".join(_parties(cells[column], addresses=japanese))
        cells[classes] = ";".join(dict.fromkeys(cells[classes].split(";")))
        items, complete = _priorities(cells[priorities], cells[number][:2])
        given, cells[priorities] = cells[priorities], "\n".join(items)
        return [*cells, "" if complete else given]

    return rewrite


def _priorities(cell: str, publishing_office: str) -> tuple[list[str], bool]:
    """Return priorities as number|date|office, and whether they say all that the cell says.

    Undated items are the dated ones in another spelling: only where there are no dated ones do they count.

    >>> _priorities("[299537  , US20020299537  , 29953702 2002-11-18T23:59:59.000Z US]", "WO")
    (['29953702|2002-11-18|US'], False)
    """
    inner = cell.strip().removeprefix("[").removesuffix("]")
    given = [item.strip() for item in _BETWEEN.split(inner) if item.strip()]
    found = [_ITEM.match(item) or _TURNED.match(item) for item in given]
    dated = [
        (
            _settled(item["number"], item["date"], item["office"], publishing_office),
            item["date"],
            item["office"],
        )
        for item in found
        if item
    ]
    if not dated:
        return [f"{item}||" for item in given if "null" not in item], "null" not in inner
    complete = len(dated) == len(given) and all(
        item and item["number"] == number for item, (number, _, _) in zip(found, dated, strict=True)
    )
    return ["|".join(item) for item in dated], complete


def _settled(number: str, date: str, office: str, publishing_office: str) -> str:
    """Put DOCDB numbers, which lists of European offices give without their kind code, right.

    PCT numbers get their full form. American ones of serial number and year are left out: without the kind
    code a provisional application and another one of the same number cannot be told apart.

    >>> _settled("0335500", "2003-11-06", "US", "EP"), _settled("29953702", "2002-11-18", "US", "EP")
    ('PCT/US2003/035500', '')
    """
    year = date[:4] if date[4:5] == "-" else date[-4:]
    if publishing_office in ("US", "WO", "CA") or office not in ("US", "IB", "EP") or not number.isdigit():
        return number
    if len(number) == 10 and number.startswith(year):
        return f"PCT/{office}{year}/{number[4:]}"
    if len(number) == 7 and office != "EP" and number.startswith(year[2:]):
        return f"PCT/{office}{year}/0{number[2:]}"
    unsure = office == "US" and len(number) in (7, 8) and number.endswith(year[2:])
    return "" if unsure else number


def _parties(cell: str, *, addresses: bool) -> Iterator[str]:
    """Yield name|Latin name|address for each party; a name in two scripts alone in a cell is one party.

    Japanese lists put an address behind its party, set off by a blank.
    """
    parts = re.split(r";(?! )" if addresses else ";", cell)
    found = [part.partition("; ")[::2] if addresses else (part, "") for part in parts if part.strip()]
    if len(found) == 2 and bool(_LATIN.match(found[0][0])) > bool(_LATIN.match(found[1][0])):
        yield f"{found[1][0]}|{found[0][0]}|{found[1][1]}"
    else:
        for name, address in found:
            yield f"{name}||{address}"
