# SPDX-License-Identifier: Apache-2.0
"""Tables of Chinese legal events (法律状态公告), one row per event."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.layout import Layout
from zhihang.ingestion.reader import OFFICE_REGISTER, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

FIELDS = {
    "申请号": "application.number",
    "专利申请号": "application.number",
    "专利号": "application.number",
    "专利类型": "application.kind",
    "事件代码": "legal_event.code",
    "法律状态代码": "legal_event.code",
    "法律状态": "legal_event.name",
    "法律状态类型": "legal_event.name",
    "法律状态含义": "legal_event.name",
    "事件": "legal_event.name",
    "事件名称": "legal_event.name",
    "公告日": "legal_event.date",
    "法律状态公告日": "legal_event.date",
    "法律状态公告日期": "legal_event.date",
    "公告日期": "legal_event.date",
    "事件日期": "legal_event.date",
    "生效日": "legal_event.effective_date",
    "法律状态生效日": "legal_event.effective_date",
    "生效日期": "legal_event.effective_date",
    "说明": "legal_event.detail",
    "法律状态信息": "legal_event.detail",
    "详细信息": "legal_event.detail",
    "法律状态描述": "legal_event.detail",
    "备注": "legal_event.detail",
    "数据来源": "ignore",
}
ABOUT_PATENTS = ("party", "text", "classification", "claim")


def _found(sample: Sample) -> tuple[int, Layout] | None:
    """Find a header with a number, an event and its date, and nothing about the patent itself."""
    names = {fold_header(name) for name in FIELDS}
    for index, row in enumerate(sample.rows):
        if len(sample.folded_rows[index] & names) < 3:
            continue
        layout = Layout.from_header(row, FIELDS, separators={"legal_event": ()})
        about = {column.field.table for column in layout.columns}
        event = {"legal_event.name", "legal_event.code"} & layout.fields
        needed = {"application.number", "legal_event.date"} <= layout.fields
        if event and needed and not about & set(ABOUT_PATENTS):
            return index, layout
    return None


def _recognise(sample: Sample) -> float:
    """Columns for a number, an event and its date, and none about the patent itself."""
    return 0.9 if sample.shape == "sheet" and _found(sample) else 0


def _layout(sample: Sample) -> Layout:
    found = _found(sample)
    return found[1] if found else Layout(())


@reader(
    label=Label("中国专利法律状态公告", "Chinese legal events"),
    recognise=_recognise,
    precedence=OFFICE_REGISTER,
    default_office="CN",
    layout=_layout,
)
def cn_legal_events(source: Source, sample: Sample) -> Iterator[Draft]:
    """Announced events, one row each: application number, event, dates of announcement and effect, details."""
    header, layout = _found(sample) or (0, Layout(()))
    yield from layout.drafts(body(source, sample, header))
