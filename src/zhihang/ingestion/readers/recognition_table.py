# SPDX-License-Identifier: Apache-2.0
"""A list of recognised enterprises: one row per firm and title."""

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
    """A header with a firm, a title and the day from which it holds."""
    return 0.0 if find_form_header(sample, "recognition") is None else 0.93


@reader(
    label=Label("企业资质名单", "List of recognised enterprises"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
)
def recognition_table(source: Source, sample: Sample) -> Iterator[Draft]:
    """Any XLSX, XLS, CSV or TSV with one row per firm and title: name, title, valid from, valid until, certificate."""
    header = find_form_header(sample, "recognition") or 0
    layout = FormLayout.from_header(FORMS["recognition"], sample.rows[header])
    yield from layout.drafts(body(source, sample, header))
