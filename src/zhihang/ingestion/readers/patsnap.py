# SPDX-License-Identifier: Apache-2.0
"""Result lists of PatSnap (智慧芽): lists joined with " | ", "-" for nothing, offices named in Chinese."""

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
    "法律状态/事件",
    "简单法律状态",
    "[标]当前申请(专利权)人",
    "[标]原始申请(专利权)人",
    "当前申请(专利权)人",
    "原始申请(专利权)人",
    "标题(译)(简体中文)",
    "标题(译)(English)",
    "简单同族专利申请数量",
    "INPADOC同族专利申请数量",
    "PatSnap同族专利申请数量",
    "简单同族编号",
    "PatSnap同族",
    "被引用专利数量",
    "INPADOC法律状态",
    "SEP信息",
)
LISTED = ("party", "publication", "classification", "priority", "citation", "cited_by", "family_member")
EVENT = r"^(?P<date>\d{4}-\d{2}-\d{2}) \| (?P<name>.*?)(?: \| (?P<office>[A-Z]{2}))?$"
NEXT_EVENT = r"\s*\|\s*(\d{4}-\d{2}-\d{2} \|)"
"""Legal events stand one after the other: "2013-06-12 | ENTRY | CN | 2013-05-15 | +PUBLICATION | CN"."""


def _header(sample: Sample) -> int | None:
    return marked_header(sample, MARKS, least=3)


def _recognise(sample: Sample) -> float:
    return 0.95 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header(
        sample.rows[_header(sample) or 0],
        {"INPADOC法律状态": "legal_event.name"},
        separators=dict.fromkeys(LISTED, ("|", "\n")),
        patterns={"legal_event.name": EVENT},
        begins={"legal_event.name": NEXT_EVENT},
    )


@reader(
    label=Label("智慧芽检索结果", "PatSnap result list"),
    recognise=_recognise,
    precedence=VENDOR,
    layout=_layout,
)
def patsnap(source: Source, sample: Sample) -> Iterator[Draft]:
    """Exports of PatSnap, one row per publication; titles and abstracts in Chinese and English, often translated."""
    yield from _layout(sample).drafts(body(source, sample, _header(sample) or 0))
