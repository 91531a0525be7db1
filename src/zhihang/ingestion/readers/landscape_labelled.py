# SPDX-License-Identifier: Apache-2.0
"""Patents labelled as in or out of a topic, from Google's public patent tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.mended_table import Rewrite, mended_drafts, positions, vendor_layout
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample, fold_header
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SIGNATURE = {"publication_number", "family_id", "uspc_code", "cpc_code", "ipc_code", "refs", "valid"}
FIELDS = {
    "": "ignore",
    "publication_number": "publication.number",
    "country_code": "publication.office",
    "publication_date": "publication.date",
    "family_id": "family_member.docdb_simple.family_id",
    "title_text": "text.title.en",
    "abstract_text": "text.abstract.en",
    "uspc_code": "classification.uspc.symbol",
    "cpc_code": "classification.cpc.symbol",
    "ipc_code": "classification.ipc.symbol",
    "refs": "citation.number",
}
LISTS = ("uspc_code", "cpc_code", "ipc_code", "refs")
_ITEM = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def _recognise(sample: Sample) -> float:
    return 0.95 if sample.header_row(SIGNATURE) is not None else 0


@reader(
    label=Label("带标签的专利集", "Labelled patents of a landscape"),
    recognise=_recognise,
    precedence=VENDOR,
    default_office="US",
)
def landscape_labelled(source: Source, sample: Sample) -> Iterator[Draft]:
    """Labelled landscape sets, lists written as in Python; label (`valid`) and embedding stay attributes."""
    header = sample.header_row(SIGNATURE) or 0
    names = sample.rows[header]
    layout = vendor_layout(names, FIELDS, separators={"classification": ("\n",), "citation": ("\n",)})
    yield from mended_drafts(source, sample, header, layout, _put_right(names))


def _put_right(names: Sequence[str]) -> Rewrite:
    place = positions(names)
    lists = [place[fold_header(name)] for name in LISTS]
    embedding = place.get("embedding_v1")

    def rewrite(cells: list[str]) -> list[str]:
        for column in lists:
            cells[column] = "\n".join(one or other for one, other in _ITEM.findall(cells[column]))
        if embedding is not None and not any(char.isdigit() for char in cells[embedding]):
            cells[embedding] = ""
        return cells

    return rewrite
