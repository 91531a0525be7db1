# SPDX-License-Identifier: Apache-2.0
"""Result lists of the Chinese office's public search (国家知识产权局专利检索)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.layout import Layout, marked_header
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import Row, body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

MARKS = ("申请公布日/授权公告日", "申请公布号/授权公告号", "法律状态最后修改日期", "申请人/专利权人")
KIND = "专利类型"
EITHER_DATE = "申请公布日/授权公告日"
PUBLISHED_ONCE = ("实用新型", "外观设计", "发明授权", "授权发明")
"""Kinds whose only date of this column is that of the grant."""


def _header(sample: Sample) -> int | None:
    return marked_header(sample, MARKS, least=2)


def _recognise(sample: Sample) -> float:
    return 0.9 if _header(sample) is not None else 0


def _layout(sample: Sample) -> Layout:
    return Layout.from_header([*sample.rows[_header(sample) or 0], "授权日"])


@reader(
    label=Label("国家知识产权局检索结果", "CNIPA public search result list"),
    recognise=_recognise,
    precedence=OFFICE_SEARCH,
    default_office="CN",
    layout=_layout,
)
def cnipa_search(source: Source, sample: Sample) -> Iterator[Draft]:
    """Results of the office's public search; one column holds the date of publication or that of grant."""
    header = _header(sample) or 0
    rows = _with_grant_date(body(source, sample, header), list(sample.rows[header]))
    yield from _layout(sample).drafts(rows)


def _with_grant_date(rows: Iterable[Row], names: list[str]) -> Iterator[Row]:
    """Add the date as date of grant where the kind of right is only published when granted."""
    place = {fold_header(name): index for index, name in enumerate(names)}
    kind, date = place.get(fold_header(KIND)), place.get(fold_header(EITHER_DATE))
    for line, cells in rows:
        row = cells + [""] * (len(names) - len(cells))
        granted = kind is not None and date is not None and row[kind].strip() in PUBLISHED_ONCE
        yield (
            line,
            [*row[: len(names)], row[date] if granted and date is not None else "", *row[len(names) :]],
        )
