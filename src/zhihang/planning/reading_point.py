# SPDX-License-Identifier: Apache-2.0
"""Read the value of a target out of known figures: the latest level, the year so far, or the sum of the years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from zhihang.planning.known import Course, Known, Month, plain
from zhihang.planning.path import Course as Kind
from zhihang.planning.path import TargetPath
from zhihang.planning.plan import read_unit
from zhihang.terms.label import Label


@dataclass(frozen=True, slots=True)
class Read:
    """A value as read.

    Parameters
    ----------
    course
        What it is: a level, a year's flow, a sum over years. A year's flow may stand in for a sum that is not known.
    year, month
        The month at whose end it stands.
    rests_on
        The figures it was read from or summed up from.
    falling
        It fell against the year before in both of the last two quarters that are over.
    """

    value: float
    course: Kind
    year: int
    month: int
    rests_on: tuple[Known, ...]
    falling: bool = False

    @property
    def period(self) -> str:
        """The period it stands for."""
        return str(self.year) if self.month == 12 else f"{self.year}-{self.month:02}"

    @property
    def whole(self) -> bool:
        """Whether it stands for a whole year."""
        return self.month == 12

    @property
    def source(self) -> str:
        """Where it was read, each source once."""
        if len(self.rests_on) == 1:
            return self.rests_on[0].source
        return "; ".join(dict.fromkeys([known.source for known in self.rests_on if known.source]))

    @property
    def status(self) -> str:
        """How the figures came about, each status once; a simulated one is never hidden behind others."""
        return "+".join(dict.fromkeys([known.status for known in self.rests_on if known.status]))


Reason = tuple["Read | None", "Label | None"]


def read_value(path: TargetPath, course: Course | None, at: Month) -> Reason:
    """Return the value of a path's target as known by the end of a month, or why there is none."""
    if course is None or not path.years:
        return None, path.missing
    if path.course == "level":
        read, why = _level(path, course, at)
    elif path.course == "annual":
        read, why = _annual(path, course, at)
    else:
        read, why = _sum(path, course, at)
    if read is None:
        return None, why
    units = {known.unit for known in read.rests_on} - {""}
    if not path.unit:
        return None, Label(
            "目标没有计量单位，不能比较", "the target has no unit, so that nothing compares with it"
        )
    if units and units != {_base_unit(path.unit)}:
        listed = "、".join(sorted(units))
        return None, Label(
            f"计量单位不一致：{listed}与{path.unit}", f"units differ: {listed} and {path.unit}"
        )
    return read, why


@lru_cache(maxsize=256)
def _base_unit(code: str) -> str:
    unit = read_unit(code)
    return unit.base if unit else code


def _level(path: TargetPath, course: Course, at: Month) -> Reason:
    found = course.level(at)
    if found is None:
        return None, _UNKNOWN
    (year, month), known = found
    if path.years and year < path.first and not (path.baseline and year == path.first - 1):
        return None, _before(known.period)
    if path.years and year < path.first:
        return None, Label(f"仅有基期数（{known.period}）", f"only the baseline of {known.period} is known")
    value = plain(known.value / path.scale)
    late = None if (year, month) == at else _late(known.period)
    return Read(value, "level", year, month, (known,), _levels_fall(course, (year, month))), late


def _annual(path: TargetPath, course: Course, at: Month) -> Reason:
    for year in range(at[0], (path.first if path.years else at[0]) - 1, -1):
        found = course.within_year(year, at)
        if found:
            month, value, rests_on = found
            late = None if (year, month) == at else _late(f"{year}" if month == 12 else f"{year}-{month:02}")
            read = Read(plain(value / path.scale), "annual", year, month, rests_on)
            return _falling(read, course), late
    latest = max((year for year in course.years if (year, 12) <= at), default=None)
    return None, _before(str(latest)) if latest else _UNKNOWN


def _sum(path: TargetPath, course: Course, at: Month) -> Reason:
    """Add up the years from the first on; where one is missing, the latest year alone stands against its own share."""
    total, rests_on, missing = 0.0, list[Known](), list[int]()
    end: Month | None = None
    start = path.first
    for (first, last), known in course.spans.items():
        if first == path.first and (last, 12) <= at and last < path.last + 1 and last >= start:
            total, rests_on, start, end = known.value, [known], last + 1, (last, 12)
    for year in range(start, min(at[0], path.last) + 1):
        found = course.within_year(year, at)
        if found is None:
            missing.append(year)
        elif missing:
            alone = Read(plain(found[1] / path.scale), "annual", year, found[0], found[2])
            gap = "、".join(map(str, missing))
            return _falling(alone, course), Label(
                f"缺{gap}年数，按{year}年当年数与当年目标比较",
                f"{gap.replace('、', ', ')} is not known; {year} alone is compared with its own share",
            )
        else:
            total, end = total + found[1], (year, found[0])
            rests_on.extend(found[2])
            if found[0] < 12:
                break
    if end is None:
        return None, _UNKNOWN if not missing or missing == [at[0]] else Label(
            f"缺{missing[0]}年以来的数", f"nothing is known from {missing[0]} on"
        )
    late = None if end == at or end[0] >= path.last else _late(f"{end[0]}-{end[1]:02}")
    return _falling(Read(plain(total / path.scale), "cumulative", *end, tuple(rests_on)), course), late


def _falling(read: Read, course: Course) -> Read:
    """Mark a flow that fell against the year before in both of its last two quarters."""
    if not (course.to_date or course.months or course.quarters):
        return read
    year, quarter = read.year, read.month // 3
    for back in (0, 1):
        one = (year, quarter - back) if quarter - back > 0 else (year - 1, quarter - back + 4)
        now, before = course.quarter(*one), course.quarter(one[0] - 1, one[1])
        if now is None or before is None or now >= before:
            return read
    return Read(read.value, read.course, read.year, read.month, read.rests_on, falling=True)


def _levels_fall(course: Course, at: Month) -> bool:
    quarter = at[1] // 3
    for back in (0, 1):
        year, month = (
            (at[0], 3 * (quarter - back)) if quarter > back else (at[0] - 1, 12 + 3 * (quarter - back))
        )
        now, before = _level_at(course, (year, month)), _level_at(course, (year - 1, month))
        if now is None or before is None or now >= before:
            return False
    return True


def _level_at(course: Course, month: Month) -> float | None:
    known = course.levels.get(month) or (course.years.get(month[0]) if month[1] == 12 else None)
    return known.value if known else None


_UNKNOWN = Label("没有数据", "no figure is known")


def _before(period: str) -> Label:
    return Label(f"规划期内没有数据，最近为{period}", f"no figure within the plan; the latest is of {period}")


def _late(period: str) -> Label:
    return Label(f"数据截至{period}", f"figures reach to {period}")
