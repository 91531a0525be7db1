# SPDX-License-Identifier: Apache-2.0
"""Result lists of CNIPR (知识产权出版社), with the columns the office itself used on its discs."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.layout import Layout, marked_header
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

MARKS = (
    "发明（设计）人",
    "申请（专利权）人",
    "颁证日",
    "光盘号",
    "进入国家日期",
    "分案原申请号",
    "国际公布",
    "PCT公开",
    "国省代码",
    "主分类号",
)
PRIORITY = r"^(?:\[\d+\])?\s*(?P<date>\d{4}[.-]\d{1,2}[.-]\d{1,2})\s+(?P<office>[A-Z]{2})\s+(?P<number>\S.*)$"
"""A priority is written "2012.01.16 DE 202012000389.5"."""


def _header(sample: Sample) -> int | None:
    return marked_header(sample, MARKS, least=6)


def _recognise(sample: Sample) -> float:
    return 0.9 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(
        sample.rows[_header(sample) or 0],
        separators={"party.applicant.address": ()},
        patterns={"priority.number": PRIORITY},
    )


@reader(
    label=Label("知识产权出版社 CNIPR 检索结果", "CNIPR result list"),
    recognise=_recognise,
    precedence=OFFICE_SEARCH,
    default_office="CN",
    layout=_layout,
)
def cnipr(source: Source, sample: Sample) -> Iterator[Draft]:
    """Exports of CNIPR: one row per publication, addresses that begin with the postcode, full-width brackets."""
    yield from _layout(sample).drafts(body(source, sample, _header(sample) or 0))
