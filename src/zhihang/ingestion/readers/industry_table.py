# SPDX-License-Identifier: Apache-2.0
"""A table of industries: one row per industry, region and year."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.facts.form import FORMS
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.form_layout import FormLayout, find_form_header
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label


def _recognise(sample: Sample) -> float:
    """A header with an industry and figures of it."""
    return 0.0 if find_form_header(sample, "industry") is None else 0.92


@reader(
    label=Label("分行业统计表", "Table of industries"), recognise=_recognise, precedence=OFFICE_PUBLICATION
)
def industry_table(source: Source, sample: Sample) -> Iterator[Draft]:
    """Any XLSX, XLS, CSV or TSV with one row per industry, region and year: employment, output, value added, R&D."""
    header = find_form_header(sample, "industry") or 0
    layout = FormLayout.from_header(FORMS["industry"], sample.rows[header])
    yield from layout.drafts(body(source, sample, header))
