# SPDX-License-Identifier: Apache-2.0
"""Section: all targets of a region in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihang.planning.assess import AssessedTarget
from zhihang.reporting.data_table import AS_WRITTEN, Cell, Column, DataTable, Missing
from zhihang.reporting.document import Block
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.target_wording import expected_of
from zhihang.reporting.wording import rounded


def target_table(facts: PlanFacts, rows: Sequence[AssessedTarget], place: str) -> Iterator[Block]:
    """Yield the table of some rows: clause, unit, value, what was expected, the aim, the level."""
    pick = facts.pick
    yield DataTable.of(
        [_row(row, facts) for row in rows],
        columns=[
            Column("label", pick("目标", "Target")),
            Column("clause", pick("条款", "Clause")),
            Column("unit", pick("单位", "Unit")),
            Column("value", pick("现值", "Value"), "number", digits=AS_WRITTEN),
            Column("expected", pick("应达", "Expected"), "number", digits=AS_WRITTEN),
            Column("share", pick("完成应达", "Of expected"), "percent"),
            Column("final", pick("规划期目标", "Final"), "number", digits=AS_WRITTEN),
            Column("level", pick("预警", "Level"), "level"),
        ],
        title=pick(f"{place}各项目标进度", f"Targets of {place}"),
        unit=pick("见表内", "as stated"),
        period=pick(f"截至{facts.day(facts.at)}", f"until {facts.day(facts.at)}"),
        source=facts.source_of(rows),
    )


def as_written(value: float | None, reason: str = "") -> Cell:
    """Return a value as a cell with its own digits: none for a whole number, else two."""
    if value is None:
        return Missing(reason)
    return rounded(value, 0 if abs(value - round(value)) < 1e-9 else 2)


def _row(row: AssessedTarget, facts: PlanFacts) -> dict[str, Cell]:
    note = facts.pick(row.note, row.note_en)
    known = row.value is not None and row.expected
    return {
        "label": facts.label(row)
        + (facts.pick("（当年）", " (year alone)") if facts.is_year_alone(row) else ""),
        "clause": row.clause,
        "unit": facts.unit(row.unit),
        "value": as_written(row.value, note),
        "expected": as_written(expected_of(row, facts), note),
        "share": row.value / row.expected
        if known and row.value is not None and row.expected
        else Missing(note),
        "final": as_written(row.final_value, note),
        "level": row.status,
    }
