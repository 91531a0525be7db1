# SPDX-License-Identifier: Apache-2.0
"""Any table of published statistics with one value per row, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.industry_figures import with_industry_figures
from zhihang.ingestion.observation_layout import ObservationLayout, find_observation_header
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label


def _recognise(sample: Sample) -> float:
    """A header with columns for indicator, period and value."""
    header = find_observation_header(sample)
    if header is None:
        return 0
    layout = ObservationLayout.from_header(sample.rows[header])
    return 0.95 if layout.has("region") or layout.has("region_code") else 0.85


@reader(label=Label("统计数据表", "Table of statistics"), recognise=_recognise, precedence=OFFICE_PUBLICATION)
def statistics_table(source: Source, sample: Sample) -> Iterator[Draft]:
    """Any CSV, TSV, XLSX or XLS with one row per value: region, period, indicator, value, unit, source."""
    header = find_observation_header(sample)
    if header is None:
        raise SourceError(
            f'"{sample.name}" is no table of statistics with one value per row.',
            {
                "columns": " | ".join(next((row for row in sample.rows if any(row)), []))[:300] or "none",
                "expected": "indicator 指标, period 期间 or year 年份, value 数值; and region 地区, unit 单位, source 来源",
            },
            todo="Write one row for each value, or name the columns with a mapping file: zhihang ingest --map.",
        )
    layout = ObservationLayout.from_header(sample.rows[header])
    for draft in layout.drafts(body(source, sample, header)):
        yield with_industry_figures(draft)
