# SPDX-License-Identifier: Apache-2.0
"""Tables in the layout of the Chinese patent database (中国专利数据库), which the simulated register has too."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.layout import Layout, marked_header
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

MARKS = (
    "公开公告号",
    "公开公告日",
    "授权公告号",
    "授权公告日",
    "申请人地区",
    "申请人城市",
    "申请人区县",
    "摘要文本",
    "主权项内容",
    "当前专利权人地址",
    "统一社会信用代码",
)


def _header(sample: Sample) -> int | None:
    return marked_header(sample, MARKS, least=5)


def _recognise(sample: Sample) -> float:
    return 0.95 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(sample.rows[_header(sample) or 0])


@reader(
    label=Label("中国专利数据库", "Chinese patent database"),
    recognise=_recognise,
    precedence=VENDOR,
    default_office="CN",
    layout=_layout,
)
def cn_patent_database(source: Source, sample: Sample) -> Iterator[Draft]:
    """One row per application: its publication and its grant side by side, with city and county of the applicant."""
    yield from _layout(sample).drafts(body(source, sample, _header(sample) or 0))
