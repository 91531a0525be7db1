# SPDX-License-Identifier: Apache-2.0
"""Section: a target that is split over divisions, division by division."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.assess import AssessedTarget
from zhihang.reporting.data_table import Cell, Column, DataTable, Derived, Missing
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.plan_facts import WARNED, PlanFacts
from zhihang.reporting.target_wording import expected_of, year_on_year
from zhihang.reporting.wording import listed


def division_table(facts: PlanFacts, row: AssessedTarget) -> Iterator[Block]:
    """Yield the sentences on a split target and its short table: this year, last year, goal, rank, level."""
    yield Prose(_said(facts, row))
    if any(facts.year_so_far(part).now is not None for part in facts.parts(row.target)):
        yield _table(facts, row, full=False)


def division_details(facts: PlanFacts, row: AssessedTarget) -> Iterator[Block]:
    """Yield the full table of a split target, for an annex."""
    yield _table(facts, row, full=True)


def _said(facts: PlanFacts, row: AssessedTarget) -> str:
    zh, kind = facts.language == "zh", facts.kind
    every = facts.parts(row.target)
    known = [part for part in every if part.value is not None and part.expected is not None]
    start = f"{facts.label(row)}{'：' if zh else ': '}{year_on_year(row, facts)}{'。' if zh else '.'}"
    if not known:
        nothing = f"{len(every)}个{kind}均无数据。" if zh else f" None of the {len(every)} {kind} has data."
        return start + nothing
    behind = [part for part in known if _is_behind(part, facts)]
    falling = [part for part in known if facts.is_falling(part) and part not in behind]
    warned = [part for part in known if part.status in WARNED]

    def names(rows: list[AssessedTarget]) -> str:
        return listed([facts.divisions[r.region] for r in rows], most=len(every), language=facts.language)

    reached, none = len(known) - len(behind), len(every) - len(known)
    if zh:
        text = f"{len(every)}个{kind}中，达到应达进度的{reached}个"
        text += f"，未达到的{len(behind)}个（{names(behind)}）" if behind else ""
        text += (
            f"；已达到但最近两个季度均低于上年同期的{len(falling)}个（{names(falling)}）" if falling else ""
        )
        text += f"；预警等级为橙色、红色的{len(warned)}个（{names(warned)}）" if warned else ""
        return f"{start}{text}{f'；{none}个无数据' if none else ''}。"
    text = f" Of {len(every)} {kind} {reached} reached what was expected, {len(behind)} did not"
    text += f" ({names(behind)})" if behind else ""
    text += (
        f"; reached, but below the year before in two quarters running: {names(falling)}" if falling else ""
    )
    text += f"; level orange or red: {names(warned)}" if warned else ""
    return f"{start}{text}{f'; no data: {none}' if none else ''}."


def _is_behind(row: AssessedTarget, facts: PlanFacts) -> bool:
    if row.value is None or row.expected is None:
        return False
    if facts.plan.target(row.target).direction == "down":
        return row.value > row.expected
    return row.value < row.expected


def _table(facts: PlanFacts, row: AssessedTarget, *, full: bool) -> DataTable:
    rows = [_cells(facts, part, full=full) for part in facts.parts(row.target)]
    whole = _cells(facts, row, full=full)
    rest = _rest(rows, whole, facts)
    totals = {key: value for key, value in whole.items() if key in ("goal", "expected", "final", "level")}
    return DataTable.of(
        [*rows, *([rest] if rest else [])],
        columns=_columns(facts, row, full=full),
        title=facts.pick(f"各{facts.kind}{facts.label(row)}", f"{facts.label(row)}, by division"),
        unit=facts.unit(row.unit),
        period=facts.when,
        source=facts.source_of([row, *facts.parts(row.target)]),
        total_label=facts.pick("合计", "Total"),
        totals=totals,
        notes=[facts.pick("名次按完成率在同组内排列。", "Ranks by completion, within the peer group.")],
    )


def _cells(facts: PlanFacts, row: AssessedTarget, *, full: bool) -> dict[str, Cell]:
    found = facts.year_so_far(row)
    cells: dict[str, Cell] = {
        "name": facts.divisions.get(row.region, facts.place),
        "now": _whole(found.now),
        "before": _whole(found.before),
        "goal": _whole(facts.year_goal(row)),
        "rank": row.rank,
        "level": row.status,
    }
    if full:
        low, high = row.rank_low, row.rank_high
        cells |= {
            "value": None if facts.is_year_alone(row) else _whole(row.value),
            "expected": None if facts.is_year_alone(row) else _whole(expected_of(row, facts)),
            "final": _whole(row.final_value),
            "between": f"{low}—{high}" if low is not None and high is not None else "",
        }
        if not facts.is_level(row):
            cells["month"] = _whole(found.month)
    return cells


def _rest(rows: list[dict[str, Cell]], whole: dict[str, Cell], facts: PlanFacts) -> dict[str, Cell] | None:
    """Return what counts for the whole region and belongs to no division."""
    rest: dict[str, Cell] = {}
    for key in ("month", "now", "before", "value"):
        total = whole.get(key)
        parts = [part for row in rows if isinstance(part := row.get(key), int)]
        if isinstance(total, int) and len(parts) == len(rows):
            rest[key] = total - sum(parts)
    if not any(rest.values()):
        return None
    reason = facts.pick("未分解到县", "not split")
    gaps: dict[str, Cell] = {
        key: Missing(reason) for key in ("goal", "expected", "final", "rank") if key in whole
    }
    return {
        "name": facts.pick(f"未能落到{facts.kind}", "Not placed in a county"),
        **gaps,
        **rest,
        "level": "",
    }


def _columns(facts: PlanFacts, row: AssessedTarget, *, full: bool) -> list[Column]:
    pick, level = facts.pick, facts.is_level(row)
    year = str(facts.month[0]) if facts.language == "en" else f"{facts.month[0]}年"
    columns = [Column("name", pick(f"{facts.kind}", "County"))]
    if full and not level:
        columns.append(Column("month", pick("当月", "Month"), "integer", total=True, group=year))
    columns += [
        Column("now", pick("期末" if level else "累计", "Now"), "integer", total=True, group=year),
        Column("before", pick("上年同期", "Year before"), "integer", total=True, group=year),
        Column(
            "growth",
            pick("同比", "Change"),
            "percent",
            derived=Derived("change", "now", "before"),
            group=year,
        ),
        Column("goal", pick("年度目标", "Goal"), "integer", total=True, group=year),
        Column(
            "done", pick("完成率", "Done"), "percent", derived=Derived("ratio", "now", "goal"), group=year
        ),
    ]
    if full:
        plan = pick("规划期", "Plan")
        columns += [
            Column("value", pick("至今", "So far"), "integer", total=True, group=plan),
            Column("expected", pick("应达", "Expected"), "integer", group=plan),
            Column(
                "share",
                pick("完成应达", "Of it"),
                "percent",
                derived=Derived("ratio", "value", "expected"),
                group=plan,
            ),
            Column("final", pick("目标", "Final"), "integer", total=True, group=plan),
        ]
    columns.append(Column("rank", pick("名次", "Rank"), "integer"))
    if full:
        columns.append(Column("between", pick("名次范围", "Between")))
    return [*columns, Column("level", pick("预警", "Level"), "level")]


def _whole(value: float | None) -> Cell:
    return None if value is None else round(value)
