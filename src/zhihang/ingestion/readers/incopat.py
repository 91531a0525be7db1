# SPDX-License-Identifier: Apache-2.0
"""Result lists of incoPat (合享)."""

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
    "合享价值度",
    "标题 (中文)",
    "摘要 (中文)",
    "标准化申请人",
    "标准化当前权利人",
    "申请人省市代码",
    "中国申请人地市",
    "中国申请人区县",
    "工商统一社会信用代码",
    "国民经济分类",
    "新兴产业分类",
    "家族引证次数",
    "家族被引证次数",
    "简单同族个数",
    "扩展同族个数",
    "首权字数",
    "链接到incoPat",
)


def _header(sample: Sample) -> int | None:
    return marked_header(sample, MARKS, least=3)


def _recognise(sample: Sample) -> float:
    return 0.95 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(sample.rows[_header(sample) or 0])


@reader(
    label=Label("incoPat 检索结果", "incoPat result list"),
    recognise=_recognise,
    precedence=VENDOR,
    layout=_layout,
)
def incopat(source: Source, sample: Sample) -> Iterator[Draft]:
    """Exports of incoPat, one row per publication, with cities, counties and industries of Chinese applicants."""
    yield from _layout(sample).drafts(body(source, sample, _header(sample) or 0))
