# SPDX-License-Identifier: Apache-2.0
"""Lists of standard-essential patents that a patent pool publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import LIST, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {"Profile", "Country", "Patent Number", "Licensor"}
FIELDS = {
    "Country": "publication.office",
    "Patent Number": "publication.number",
    "Licensor": "party.assignee.name",
    "Inventor": "party.inventor.name",
    "Country New": "ignore",
    "Patent Number New": "ignore",
    "Regional Patent": "family_member.vendor_simple.number",
}
_REGIONAL = re.compile(r"[A-Z]{2}-((?:EP|AP|EA|OA)\d+)$")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("标准必要专利清单", "List of standard-essential patents"),
    recognise=_recognise,
    precedence=LIST,
)
def sep_list(source: Source, sample: Sample) -> Iterator[Draft]:
    """Patent pool lists: one row per patent and country, also for each country of a regional patent."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    separators = {"party.assignee.name": (", ",), "party.inventor.name": ("|",)}
    layout = vendor_layout([*names, "Regional Patent"], FIELDS, separators=separators)
    yield from mended_drafts(source, sample, header, layout, _put_right(names))


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    number, inventor = place["patentnumber"], place.get("inventor")

    def rewrite(cells: list[str]) -> list[str]:
        if inventor is not None and cells[inventor] == "UNKNOWN":
            cells[inventor] = ""
        regional = _REGIONAL.match(cells[number])
        return [*cells, regional[1] if regional else ""]

    return rewrite
