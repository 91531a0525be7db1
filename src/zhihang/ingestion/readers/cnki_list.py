# SPDX-License-Identifier: Apache-2.0
"""Lists of patents met in a literature database such as CNKI (中国知网): titles, people and dates, no numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.layout import Layout, marked_header
from zhihang.ingestion.reader import LIST, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import Row, body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

MARKS = ("title", "inventors", "applicants", "database", "application_date", "publication_date")
CHINESE_MARKS = (
    "题名",
    "专利名称",
    "发明人",
    "申请人",
    "数据库",
    "来源库",
    "申请日",
    "公开日",
    "申请日期",
    "公开日期",
)
DATABASES = ("database", "数据库", "来源库", "来源数据库")
CHINESE = ("中国专利", "中国专利数据库")


def _header(sample: Sample) -> int | None:
    if sample.header_row({"application_number"}) is not None or sample.header_row({"申请号"}) is not None:
        return None
    header = marked_header(sample, MARKS, least=6)
    return header if header is not None else marked_header(sample, CHINESE_MARKS, least=5)


def _recognise(sample: Sample) -> float:
    return 0.8 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(
        [*sample.rows[_header(sample) or 0], "受理局"],
        separators={"party.inventor": (";;", ";"), "party.applicant": (";;", ";")},
    )


@reader(
    label=Label("中国知网类专利题录", "List of patents from a literature database"),
    recognise=_recognise,
    precedence=LIST,
    layout=_layout,
)
def cnki_list(source: Source, sample: Sample) -> Iterator[Draft]:
    """Titles with inventors, applicants and dates; without numbers, a record is known by what it says."""
    header = _header(sample) or 0
    rows = _with_office(body(source, sample, header), list(sample.rows[header]))
    yield from _layout(sample).drafts(rows)


def _with_office(rows: Iterable[Row], names: list[str]) -> Iterator[Row]:
    """Add the office where the name of the database tells it."""
    known = {fold_header(name) for name in DATABASES}
    place = next((index for index, name in enumerate(names) if fold_header(name) in known), None)
    for line, cells in rows:
        row = cells + [""] * (len(names) - len(cells))
        office = "CN" if place is not None and row[place].strip() in CHINESE else ""
        yield line, [*row[: len(names)], office, *row[len(names) :]]
