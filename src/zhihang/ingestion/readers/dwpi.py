# SPDX-License-Identifier: Apache-2.0
"""Tables of Derwent World Patents Index families, one row each, with columns of flags set by hand."""

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

SIGNATURE = {"Derwent Accession Number", "Basic Patent Number", "DWPI Title"}
ESPACENET = "Basic Patent Number in EspaceNet Format linked to EspaceNet"
FIELDS = {
    "Derwent Accession Number": "family_member.dwpi.family_id",
    "Basic Patent Number": "family_member.dwpi.number",
    "DWPI Title": "text.title.en",
    "Standardized Assignee": "party.assignee.name",
    "Inventors": "party.inventor.name",
    "Basic Publication": "publication.number",
    "Basic Kind Code": "publication.kind_code",
    "Group of Assignee": "attribute.Standardized Assignee",
}
GROUPS = ("INDIVIDUALS",)
"""Stand where a name should: the assignees are persons, not named."""
_KIND = re.compile(r"\d([A-Z]\d?)$")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("德温特世界专利索引同族表", "Derwent World Patents Index families"),
    recognise=_recognise,
    precedence=VENDOR,
)
def dwpi(source: Source, sample: Sample) -> Iterator[Draft]:
    """DWPI family tables: one record per family, named after its basic patent; flags become attributes."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout([*names, "Basic Publication", "Basic Kind Code", "Group of Assignee"], FIELDS)
    yield from mended_drafts(
        source, sample, header, layout, _put_right(names), repairs=[undo_double_encoding]
    )


def _put_right(names: Sequence[str]) -> Rewrite:
    """Give the basic patent as publication too, in Espacenet's form where there is one: no doubt there."""
    place = positions(names)
    basic, assignee = place["basicpatentnumber"], place.get("standardizedassignee")
    espacenet = next((at for name, at in place.items() if "espacenetformat" in name), None)

    def rewrite(cells: list[str]) -> list[str]:
        number = cells[espacenet] if espacenet is not None else ""
        kind = _KIND.search(cells[basic])
        group = cells[assignee] if assignee is not None else ""
        if group in GROUPS and assignee is not None:
            cells[assignee] = ""
        return [
            *cells,
            number.strip() or cells[basic],
            kind[1] if kind else "",
            group if group in GROUPS else "",
        ]

    return rewrite
