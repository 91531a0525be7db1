# SPDX-License-Identifier: Apache-2.0
"""The explanation of a figure as text, as plain data and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.measurement.explain import Explanation, Step
from zhihang.measurement.observed import Observed
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.left_out import left_out
from zhihang.store.manifest import RunEntry

ROW_COLUMNS = (
    "application_id",
    "kind",
    "filing_date",
    "grant_date",
    "valid_from",
    "valid_to",
    "file",
    "line",
)


@dataclass(frozen=True)
class ToldFigure:
    """An explanation as lines of text, and as plain data."""

    text: str
    data: dict[str, Any]


def as_data(found: Explanation, runs: Sequence[RunEntry]) -> dict[str, Any]:
    """Return an explanation as plain data, for JSON."""
    return {
        **_head(found),
        "working": _step_data(found.step),
        "other_conventions": [
            {
                "convention": each.convention,
                "zh": each.zh,
                "value": each.figure.value,
                "status": each.figure.status,
                "note": each.figure.note,
            }
            for each in found.alternatives
        ],
        "runs": [
            {"run_id": r.run_id, "verb": r.verb, "finished_at": r.finished_at, "message": r.message}
            for r in runs
        ],
    }


def _head(found: Explanation) -> dict[str, Any]:
    step = found.step
    return {
        "indicator": step.indicator.code,
        "zh": step.indicator.label.zh,
        "en": step.indicator.label.en,
        "region": found.place.code,
        "region_name": found.place.zh,
        "period": step.period,
        "value": step.figure.value,
        "unit": step.indicator.unit,
        "status": step.figure.status,
        "note": step.figure.note,
    }


def _step_data(step: Step) -> dict[str, Any]:
    indicator, figure = step.indicator, step.figure
    return {
        "indicator": indicator.code,
        "zh": indicator.label.zh,
        "period": step.period,
        "value": figure.value,
        "unit": indicator.unit,
        "status": figure.status,
        "note": figure.note,
        "formula": figure.formula,
        "kind": indicator.kind,
        "definition": indicator.description,
        "declared": getattr(indicator, indicator.kind).model_dump(mode="json", exclude_defaults=True),
        "reference": str(indicator.reference),
        "row_count": step.row_count,
        "rows": [dict(row) for row in step.rows],
        "excluded": dict(step.excluded),
        "published": [_observed(each) for each in step.published],
        "not_used": [_observed(each) for each in step.unused],
        "parts": [_step_data(part) for part in step.parts],
    }


def _observed(each: Observed) -> dict[str, Any]:
    return {
        "period": each.span.text,
        "value": each.value,
        "status": each.status,
        "source": each.source,
        "file_id": each.file_id,
        "line": each.line,
    }


def as_text(found: Explanation, runs: Sequence[RunEntry]) -> str:
    """Return an explanation as lines of text."""
    head = _head(found)
    lines = [
        f"{head['zh']} {head['en']}",
        f"{found.place.zh} ({found.place.code}), {head['period']}: {_value(found.step)}  [{head['status']}]",
    ]
    lines += [f"  {head['note']}"] if head["note"] else []
    lines += ["", "怎么算 Working", *_step_lines(found.step, 1)]
    if found.alternatives:
        lines += ["", "其他口径 Other conventions"]
        lines += [
            f"  {a.zh} {a.convention}: {_number(a.figure.value)} [{a.figure.status}]"
            for a in found.alternatives
        ]
    lines += [
        "",
        "运行 Runs",
        *(f"  {r.run_id} {r.verb} {r.finished_at:%Y-%m-%d %H:%M} {r.message}" for r in runs),
    ]
    return "\n".join(lines)


def _step_lines(step: Step, depth: int) -> Iterator[str]:
    pad = "  " * depth
    yield f"{pad}{step.indicator.label.zh} {step.indicator.code}, {step.period} = {_value(step)} [{step.figure.status}]"
    if step.figure.formula:
        yield f"{pad}  = {step.figure.formula}"
    for label, text in (
        ("定义 definition", step.indicator.description),
        ("出处 reference", str(step.indicator.reference)),
        ("规则 rule", _rule(step)),
        ("说明 note", step.figure.note if step.figure.value is not None else ""),
    ):
        if text:
            yield f"{pad}  {label}: {text}"
    for each in step.published:
        yield f"{pad}  公布 published: {_published(each)}"
    for each in step.unused:
        yield f"{pad}  未采用 not used: {_number(each.value)} [{each.status}], {each.source}"
    if step.row_count:
        yield f"{pad}  记录 rows: {step.row_count:,}, of which the first {len(step.rows)}:"
        yield from (f"{pad}    {_row(row)}" for row in step.rows)
    for reason, count in step.excluded.items():
        yield f"{pad}  未计入 left out: {count:,}, {left_out(reason, 'zh')} {reason}"
    for part in step.parts:
        yield from _step_lines(part, depth + 1)


def _rule(step: Step) -> str:
    declared = getattr(step.indicator, step.indicator.kind)
    said = declared.model_dump(mode="json", exclude_defaults=True)
    return f"{step.indicator.kind} " + "; ".join(f"{key} {_plain(value)}" for key, value in said.items())


def _published(each: Observed) -> str:
    told = [each.span.text, _number(each.value), each.source or "未注明出处 no source given"]
    return f"{', '.join(told)} (file {each.file_id}, line {each.line})"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_plain(each)}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(row: Mapping[str, Any]) -> str:
    days = [f"{name} {row[name]}" for name in ("filing_date", "grant_date", "valid_to") if row.get(name)]
    return f"{row['application_id']}: {', '.join(days)}; {row['file']}, line {row['line']}"


def _value(step: Step) -> str:
    if step.figure.value is None:
        return f"无数据 missing ({step.figure.note})"
    return f"{step.figure.value:,.{step.indicator.decimals}f} {step.indicator.unit}"


def _number(value: float | None) -> str:
    return "无数据" if value is None else f"{value:,.0f}" if value == round(value) else f"{value:,.4f}"


def as_document(found: Explanation, runs: Sequence[RunEntry], on: date) -> Document:
    """Return an explanation as a document, for a page."""
    step = found.step
    simulated = "simulated" in {each.figure.status for each in _all(step)}
    blocks: list[Block] = [
        Prose(f"{found.place.zh}（{found.place.code}）{step.period}：{_value(step)}。"),
        *([Note(step.figure.note)] if step.figure.note else []),
        Heading("怎么算 Working"),
        *(block for each in _all(step) for block in _blocks(each)),
    ]
    if found.alternatives:
        blocks += [Heading("其他口径 Other conventions"), _alternatives(found)]
    blocks += [Heading("运行 Runs"), _runs(runs, step)]
    return Document(step.indicator.label.zh, on, tuple(blocks), simulated)


def _all(step: Step) -> Iterator[Step]:
    yield step
    for part in step.parts:
        yield from _all(part)


def _blocks(step: Step) -> Iterator[Block]:
    yield Heading(f"{step.indicator.label.zh} {step.indicator.code}，{step.period}", 2)
    yield Prose(f"{_value(step)}" + (f" = {step.figure.formula}" if step.figure.formula else ""))
    for text in (step.indicator.description, f"出处 {step.indicator.reference}", f"规则 {_rule(step)}"):
        if text:
            yield Prose(text)
    if step.rows:
        names = [name for name in ROW_COLUMNS if any(row.get(name) is not None for row in step.rows)]
        yield DataTable.of(
            title=f"记录 Rows (the first {len(step.rows)} of {step.row_count:,})",
            unit="件",
            period=step.period,
            source="本工作区 this workspace",
            columns=[Column(name, name) for name in names],
            rows=[{name: _cell(row.get(name)) for name in names} for row in step.rows],
        )
    if step.excluded:
        yield Note(
            "未计入 left out: "
            + "; ".join(
                f"{count:,} {left_out(reason, 'zh')} {reason}" for reason, count in step.excluded.items()
            )
        )
    for each in step.published:
        yield Note(f"公布 published: {_published(each)}")
    for each in step.unused:
        yield Note(f"未采用 not used: {_number(each.value)} [{each.status}], {each.source}")


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _alternatives(found: Explanation) -> DataTable:
    return DataTable.of(
        title="其他口径下的数值 Values by other conventions",
        unit=found.step.indicator.unit,
        period=found.step.period,
        source="本工作区 this workspace",
        columns=[
            Column("zh", "口径"),
            Column("convention", "Convention"),
            Column("value", "数值 Value", "number", digits=found.step.indicator.decimals),
            Column("status", "状态 Status"),
        ],
        rows=[
            {"zh": a.zh, "convention": a.convention, "value": a.figure.value, "status": a.figure.status}
            for a in found.alternatives
        ],
    )


def _runs(runs: Sequence[RunEntry], step: Step) -> DataTable:
    return DataTable.of(
        title="写入数据的运行 Runs that wrote what it rests on",
        unit="—",
        period=step.period,
        source="本工作区 this workspace",
        columns=[Column(name, name) for name in ("run", "verb", "finished", "message")],
        rows=[
            {
                "run": str(r.run_id),
                "verb": r.verb,
                "finished": f"{r.finished_at:%Y-%m-%d %H:%M}",
                "message": r.message,
            }
            for r in runs
        ],
    )
