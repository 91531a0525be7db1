# SPDX-License-Identifier: Apache-2.0
"""Assess a plan at a day: what is reached, what was to be expected, how it stands, and what is still to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from zhihang.errors import NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.planning.figures import Row
from zhihang.planning.known import KnownFigures, Month, month_before
from zhihang.planning.path import Interpolation, Paths, TargetPath
from zhihang.planning.plan import Plan
from zhihang.planning.reading_point import Read, read_value
from zhihang.planning.season import Season, Seasons
from zhihang.planning.standing import Levels, Pace, Status, pace_of, required, status_of
from zhihang.terms.label import Label


@dataclass(frozen=True)
class Chance:
    """How probable a forecast holds it that a target is reached; `weak` where it rests on too little."""

    probability: float
    weak: bool = False


@dataclass(frozen=True)
class AssessSettings:
    """How to assess.

    Parameters
    ----------
    levels
        From which share of the expected value on a status is given.
    interpolation
        How paths run where no annex prints them.
    peers
        Peer group of a division (分类考核); divisions are ranked within theirs.
    probabilities
        What forecasts say of a target in a region, to be shown beside it.
    names
        Names of divisions by code, where the plan prints none.
    regions
        Only these; None takes all that the plan names.
    """

    levels: Levels = field(default_factory=Levels)
    interpolation: Interpolation = "linear"
    peers: Mapping[str, str] = field(default_factory=dict)
    probabilities: Mapping[tuple[str, str], Chance] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    regions: frozenset[str] | None = None
    codes: CodeLists = field(default_factory=CodeLists)


@dataclass(slots=True)
class AssessedTarget:
    """One target in one region at one day.

    Parameters
    ----------
    period
        The period the value stands for; it is compared with what was expected at its end, not at the day asked about.
    expected, target_value, final_value
        What was to be expected by then, what the year asks for, what the plan asks for in the end.
    progress
        Value over what the year asks for.
    required, required_growth
        What has to be added in each year left, and the yearly growth (levels) that this takes.
    rank, rank_low, rank_high, ranked
        Place by progress among the divisions of the peer group, its interval if counts are left to chance, and how many.
    source, source_status
        Where the value was read, and whether it was published, computed, simulated.
    """

    target: str
    clause: str
    label: str
    label_en: str
    indicator: str
    region: str
    name: str
    period: str
    value: float | None
    expected: float | None
    target_value: float | None
    final_value: float | None
    unit: str
    progress: float | None
    pace: Pace
    status: Status
    met: bool | None
    required: float | None
    required_growth: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    ranked: int
    peer_group: str
    probability: float | None
    weak: bool
    source: str
    source_status: str
    note: str
    note_en: str

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Working:
    """What one assessed target was worked out from."""

    path: TargetPath
    read: Read | None
    season: Season | None


@dataclass(frozen=True)
class Assessment:
    """A plan at a day: its rows, and what each was worked out from."""

    plan: Plan
    at: date
    rows: tuple[AssessedTarget, ...]
    workings: Mapping[tuple[str, str], Working]
    settings: AssessSettings

    def row(self, target: str, region: str) -> AssessedTarget:
        """Return the row of a target in a region."""
        chosen = self.plan.target(target).id
        for row in self.rows:
            if (row.target, row.region) == (chosen, region):
                return row
        known = [row.region for row in self.rows if row.target == chosen]
        raise NotFound.named(f"division of target {chosen}", region, known)

    def document(self) -> dict[str, Any]:
        """Return it as plain values: plan, day, counts by status, rows."""
        counts: dict[str, int] = {}
        for row in self.rows:
            counts[row.status] = counts.get(row.status, 0) + 1
        return {
            "plan": self.plan.name,
            "at": self.at.isoformat(),
            "statuses": counts,
            "levels": asdict(self.settings.levels),
            "rows": [row.row() for row in self.rows],
        }


def assess(
    plan: Plan, figures: Iterable[Row] | None, at: date, settings: AssessSettings | None = None
) -> Assessment:
    """Assess every target of a plan, and every division that an annex splits one over.

    Parameters
    ----------
    figures
        Observations as plain values: indicator, region, period, value, unit; if known period_kind, status, source.
        None takes the published statistics that ship with the project.
    at
        Only what stands for a period that is over by the end of this day is looked at.

    Examples
    --------
    >>> from zhihang.planning.plan_file import Plans
    >>> found = assess(Plans()["guilin-2016-2020"], None, date(2017, 12, 31))
    >>> row = found.row("T003", "450300")
    >>> row.value, row.expected, row.status
    (3936.0, 3650.0, 'green')
    """
    given = settings or AssessSettings()
    known = KnownFigures(figures, plan)
    month = month_before(at)
    paths = Paths(plan, known, given.codes, given.interpolation, month)
    seasons = Seasons(known, plan.region)
    rows, workings = [], {}
    for path in paths.all():
        if given.regions is None or path.region in given.regions:
            row, working = _assessed(path, known, seasons, month, given)
            rows.append(row)
            workings[row.target, row.region] = working
    _rank(rows, plan)
    return Assessment(plan, at, tuple(rows), workings, given)


def _assessed(
    path: TargetPath, known: KnownFigures, seasons: Seasons, at: Month, given: AssessSettings
) -> tuple[AssessedTarget, Working]:
    course = known.of(path.target.indicator, path.region) if path.target.indicator else None
    read, reason = read_value(path, course, at)
    season: Season | None = None
    expected = year_goal = None
    if read is not None:
        season = _season(path, read, seasons)
        expected = _expected(path, read, season.share)
        year_goal = path.years.get(read.year) if read.course != "cumulative" else path.at_end(read.year)
        reason = reason or (path.missing if expected is None else None)
    value = read.value if read else None
    down = path.target.direction == "down" or path.target.comparator in ("<", "<=")
    status = status_of(value, expected, down=down, falling=bool(read and read.falling), levels=given.levels)
    met = _met(path, read)
    if status == "green" and met is False and read and read.year >= path.last and read.whole:
        status = "yellow"  # the goal is to be passed, not only reached
    chance = given.probabilities.get((path.target.id, path.region))
    need, growth = required(path, read)
    target = path.target
    row = AssessedTarget(
        target.id, target.clause, target.label.zh, target.label.en, target.indicator, path.region,
        path.name or given.names.get(path.region, ""), read.period if read else "", value, expected, year_goal,
        path.goal, path.unit, value / year_goal if value is not None and year_goal else None,
        pace_of(value, expected, year_goal, down=down, levels=given.levels), status, met, need, growth,
        None, None, None, 0, given.peers.get(path.region, ""),
        chance.probability if chance else None, bool(chance and chance.weak),
        read.source if read else "", read.status if read else "", reason.zh if reason else "", reason.en if reason else "",
    )  # fmt: skip
    return row, Working(path, read, season)


def _season(path: TargetPath, read: Read, seasons: Seasons) -> Season:
    if read.month == 12 or read.course != "level":
        return seasons.by(path.target.indicator, path.region, read.year, read.month)
    return Season(read.month / 12, Label("按时间进度", "share of the year that is over"))


def _expected(path: TargetPath, read: Read, share: float) -> float | None:
    if read.course == path.course or not path.years:
        return path.expected(read.year, share) if path.years else None
    goal = path.years.get(read.year)  # a year's flow where the sum of the years is not known
    return None if goal is None else goal * share


def _met(path: TargetPath, read: Read | None) -> bool | None:
    """Say whether the plan's final value is met already; a sum of which only a year is known says nothing."""
    if read is None or path.goal is None or read.course != path.course:
        return None
    target = path.target
    if target.comparator == ">":
        return read.value > path.goal
    if target.comparator == "<":
        return read.value < path.goal
    if target.comparator == "<=" or target.direction == "down":
        return read.value <= path.goal
    return read.value >= path.goal


_COUNTED = ("件", "家", "个", "项", "所", "户", "人", "次", "起", "笔", "宗", "篇", "场", "处")


def _rank(rows: Sequence[AssessedTarget], plan: Plan) -> None:
    """Write the ranks of divisions into their rows: by progress, within target and peer group."""
    groups: dict[tuple[str, str], list[AssessedTarget]] = {}
    for row in rows:
        split = row.region != (plan.target(row.target).region or plan.region)
        if row.progress is not None and split:
            groups.setdefault((row.target, row.peer_group), []).append(row)
    large = [group for group in groups.values() if len(group) > 1]
    if not large:
        return
    import numpy as np

    from zhihang.methods.poisson import rank_intervals, ranks

    for group in large:
        down = plan.target(group[0].target).direction == "down"
        progress = np.array([row.progress for row in group])
        placed = ranks(-progress if down else progress)
        for row, rank in zip(group, placed.tolist(), strict=True):
            row.rank, row.ranked = rank, len(group)
        if group[0].unit in _COUNTED and not down:
            over = np.array([row.target_value for row in group])
            ends = rank_intervals(np.array([row.value for row in group]), over)
            for row, rank, (low, high) in zip(group, placed.tolist(), ends.tolist(), strict=True):
                row.rank_low, row.rank_high = min(low, rank), max(high, rank)
