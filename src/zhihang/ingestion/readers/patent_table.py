# SPDX-License-Identifier: Apache-2.0
"""Any table of patents with column names that are known, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.layout import Layout, find_header
from zhihang.ingestion.reader import LIST, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

SURE = 0.5
DOUBTFUL = 0.3


def _recognise(sample: Sample) -> float:
    """A header with a column for a number, or for title and applicant; readers of one vendor come first."""
    header = find_header(sample)
    if sample.shape != "sheet" or header is None:
        return 0
    layout = _layout(sample)
    return 0 if not layout.identifies else SURE if len(layout.fields) > 2 else DOUBTFUL


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(sample.rows[find_header(sample) or 0])


@reader(
    label=Label("专利数据表", "Table of patents"),
    recognise=_recognise,
    precedence=LIST,
    default_office="CN",
    layout=_layout,
)
def patent_table(source: Source, sample: Sample) -> Iterator[Draft]:
    """Any XLSX, XLS, CSV or TSV with a column for a patent's number, or for title and applicant."""
    yield from _layout(sample).drafts(body(source, sample, find_header(sample) or 0))
