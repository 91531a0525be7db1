# SPDX-License-Identifier: Apache-2.0
"""The way back from an assessed target to the numbers it was worked out from: what a county asks for that appeals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhihang.planning.assess import AssessedTarget, Assessment, AssessSettings, Working, assess
from zhihang.planning.check import shown
from zhihang.planning.figures import Row
from zhihang.planning.plan import Plan
from zhihang.terms.label import Label


@dataclass(frozen=True)
class Step:
    """A number that was used or worked out, how, and where it was read."""

    target: str
    region: str
    what: Label
    value: float | None
    unit: str
    arithmetic: str
    source: str

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "target": self.target,
            "region": self.region,
            "what": self.what.zh,
            "what_en": self.what.en,
            "value": self.value,
            "unit": self.unit,
            "arithmetic": self.arithmetic,
            "source": self.source,
        }


def appeal(
    plan: Plan,
    figures: Iterable[Row] | None,
    at: date,
    region: str,
    settings: AssessSettings | None = None,
) -> list[Step]:
    """Work one division's targets out again from its rows alone and return every number used.

    Ranks need the other divisions; `trail` of a whole assessment shows them.
    """
    alone = replace(settings or AssessSettings(), regions=frozenset({region}))
    rows = (
        None if figures is None else [row for row in figures if str(row["region"]) in (region, plan.region)]
    )
    made = assess(plan, rows, at, alone)
    return [step for row in made.rows for step in trail(made, row.target, region)]


def trail(assessment: Assessment, target: str, region: str) -> list[Step]:
    """Return every number behind one row of an assessment, in the order it was used."""
    row = assessment.row(target, region)
    working = assessment.workings[row.target, region]
    steps = [*_path(row, working), *_value(row, working), *_judged(row, working, assessment)]
    return [*steps, *_ranked(row, assessment)] if row.rank else steps


def _path(row: AssessedTarget, working: Working) -> Iterator[Step]:
    path = working.path
    clause = path.target.clause
    if path.baseline and path.start is not None and path.course != "cumulative":
        yield _step(row, Label("基期数", "baseline"), path.start, path.baseline.period, path.baseline.source)
    for year, value in path.years.items():
        label = Label(f"{year}年目标", f"goal of {year}")
        yield _step(row, label, value, f"{path.rule.zh} ({path.rule.en})", clause)


def _value(row: AssessedTarget, working: Working) -> Iterator[Step]:
    read = working.read
    if read is None:
        yield _step(row, Label("实际数", "value"), None, f"{row.note} ({row.note_en})", "")
        return
    scale = working.path.scale
    for known in read.rests_on:
        label = Label(f"{known.period}的数", f"figure of {known.period}")
        yield _step(row, label, known.value / scale, known.status, known.source)
    parts = [shown(round(known.value / scale, 6)) for known in read.rests_on]
    sums = f"{' + '.join(parts)} = {shown(read.value)}" if len(parts) > 1 else "".join(parts)
    yield _step(
        row, Label(f"截至{read.period}实际数", f"value up to {read.period}"), read.value, sums, row.note
    )


def _judged(row: AssessedTarget, working: Working, assessment: Assessment) -> Iterator[Step]:
    season, path, read = working.season, working.path, working.read
    if row.expected is None or row.value is None or season is None or read is None:
        return
    levels = assessment.settings.levels
    rule = f"{season.rule.zh} ({season.rule.en})"
    yield Step(
        row.target, row.region, Label("应完成比重", "share to be expected"), season.share, "", rule, ""
    )
    yield _step(row, Label("应完成数", "expected"), row.expected, _expectation(path, read, season.share), "")
    ratio = row.value / row.expected if row.expected else None
    counted = "" if ratio is None else f"{shown(row.value)} ÷ {shown(round(row.expected, 6))} = {ratio:.4f}"
    scale = f"≥{levels.green:g} green; ≥{levels.yellow:g} yellow; ≥{levels.orange:g} orange"
    note = f"{counted}; {scale}{'; falling' if read.falling else ''}"
    yield Step(
        row.target, row.region, Label(f"状态：{row.status}", f"status: {row.status}"), ratio, "", note, ""
    )


def _expectation(path: Any, read: Any, share: float) -> str:
    year = read.year
    goal = path.years.get(year)
    if read.course == "annual" and goal is not None:
        return f"{shown(goal)} × {share:.4f}"
    before = path.at_end(year - 1)
    before = path.start if before is None else before
    end = path.at_end(year)
    if before is None or end is None or share >= 1:
        return "" if end is None else shown(end)
    return f"{shown(before)} + ({shown(end)} − {shown(before)}) × {share:.4f}"


def _ranked(row: AssessedTarget, assessment: Assessment) -> Iterator[Step]:
    peers = [
        other
        for other in assessment.rows
        if (other.target, other.peer_group) == (row.target, row.peer_group) and other.rank
    ]
    listed = "; ".join(
        f"{other.rank} {other.name or other.region} {other.progress:.4f}"
        for other in sorted(peers, key=lambda other: other.rank or 0)
        if other.progress is not None
    )
    yield Step(row.target, row.region, Label("位次", "rank"), row.rank, "", listed, "")


def _step(row: AssessedTarget, what: Label, value: float | None, arithmetic: str, source: str) -> Step:
    return Step(row.target, row.region, what, value, row.unit, arithmetic, source)
