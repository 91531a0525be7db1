# SPDX-License-Identifier: Apache-2.0
"""Figures on a plane: bubbles in a matrix, a track, a map of points, a roadmap, a network, parts of a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from zhihang.reporting.data_table import Cell, ColumnKind
from zhihang.terms.label import Language

Mark = Literal["", "low", "high"]
Head: TypeAlias = tuple[str, str, ColumnKind | None]
"""Heading in Chinese and English, and kind of cell; None takes the form of the chart."""
Behind: TypeAlias = tuple[tuple[Head, ...], Iterable[tuple[Cell, ...]]]


@dataclass(frozen=True)
class BubbleMatrix:
    """Figures by row and column as bubbles; a mark tells a cell with clearly fewer or more than expected."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    marks: tuple[tuple[Mark, ...], ...] = ()

    def even(self) -> bool:
        """Whether every row has a figure for each column."""
        wide = all(len(row) == len(self.columns) for row in (*self.values, *self.marks))
        return wide and bool(self.columns) and len(self.rows) == len(self.values)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind."""
        heads: list[Head] = [("项目", "Item", "text"), *((name, name, None) for name in self.columns)]
        return tuple(heads), ((row, *cells) for row, cells in zip(self.rows, self.values, strict=True))


@dataclass(frozen=True)
class Track:
    """Points joined in their order, each with a name; those in `open` are not complete."""

    names: tuple[str, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    x_name: str
    y_name: str
    open: tuple[str, ...] = ()

    def even(self) -> bool:
        """Whether every point has both figures."""
        return 0 < len(self.names) == len(self.x) == len(self.y)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind."""
        heads: tuple[Head, ...] = (
            ("时期", "Period", "text"),
            (self.x_name, self.x_name, None),
            (self.y_name, self.y_name, None),
        )
        return heads, zip(self.names, self.x, self.y, strict=True)


@dataclass(frozen=True)
class Point:
    """A point of a map and the number of its group; `when` is a year."""

    x: float
    y: float
    group: int
    name: str = ""
    when: int | None = None


@dataclass(frozen=True)
class PointMap:
    """Points that are near each other where they are alike; `groups` are named by their numbers."""

    groups: tuple[str, ...]
    points: tuple[Point, ...]

    def even(self) -> bool:
        """Whether there are points, each in a group that is there or in none (-1)."""
        return bool(self.points) and all(-1 <= one.group < len(self.groups) for one in self.points)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind: groups and how many points each has."""
        counts = [0] * len(self.groups)
        rest = 0
        for one in self.points:
            if one.group < 0:
                rest += 1
            else:
                counts[one.group] += 1
        rows = [*zip(self.groups, counts, strict=True), *([("未归类", rest)] if rest else [])]
        return (("组", "Group", "text"), ("点数", "Points", "integer")), rows


@dataclass(frozen=True)
class Stop:
    """A stop of a roadmap: `x` from 0 (oldest) to 1 (newest), lane 0 in the middle; `tag` is the text beside it."""

    name: str
    tag: str
    x: float
    lane: int
    when: str
    title: str = ""


@dataclass(frozen=True)
class Roadmap:
    """Stops on a time axis and the ways between them (from, to, weight), from the older to the newer."""

    stops: tuple[Stop, ...]
    links: tuple[tuple[str, str, float], ...]

    def even(self) -> bool:
        """Whether all ways join stops that are there."""
        names = {one.name for one in self.stops}
        return bool(self.stops) and all(one in names and other in names for one, other, _ in self.links)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind."""
        after: dict[str, list[str]] = {one.name: [] for one in self.stops}
        place = {one.name: str(number) for number, one in enumerate(self.stops, 1)}
        for one, other, _ in self.links:
            after[one].append(place[other])
        heavy = {
            one.name: max((w for a, b, w in self.links if one.name in (a, b)), default=None)
            for one in self.stops
        }
        heads: tuple[Head, ...] = (
            ("编号", "No.", "text"),
            ("时间", "Time", "text"),
            ("文献", "Document", "text"),
            ("名称", "Title", "text"),
            ("说明", "Remark", "text"),
            ("通向", "Leads to", "text"),
            ("最大权重", "Largest weight", None),
        )
        rows = (
            (
                place[one.name],
                one.when,
                one.name,
                one.title,
                one.tag,
                "、".join(after[one.name]),
                heavy[one.name],
            )
            for one in self.stops
        )
        return heads, rows


@dataclass(frozen=True)
class Member:
    """A member of a network: its size and the number of its group."""

    name: str
    size: float
    group: int = 0


@dataclass(frozen=True)
class Network:
    """Members and links between them with weights."""

    members: tuple[Member, ...]
    links: tuple[tuple[str, str, float], ...]

    def even(self) -> bool:
        """Whether all links join members that are there."""
        names = {one.name for one in self.members}
        return bool(self.members) and all(one in names and other in names for one, other, _ in self.links)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind: the links."""
        heads: tuple[Head, ...] = (
            ("一方", "One", "text"),
            ("另一方", "Other", "text"),
            ("数值", "Value", None),
        )
        return heads, iter(self.links)


@dataclass(frozen=True)
class Pie:
    """Parts of a whole, as counts."""

    parts: tuple[tuple[str, float], ...]

    def even(self) -> bool:
        """Whether there is something to divide."""
        return bool(self.parts) and all(value >= 0 for _, value in self.parts)

    def behind(self) -> Behind:
        """Return heads and rows of the table behind, with shares."""
        whole = sum(value for _, value in self.parts)
        heads: tuple[Head, ...] = (
            ("项目", "Item", "text"),
            ("数值", "Value", None),
            ("占比", "Share", "percent"),
        )
        return heads, ((name, value, value / whole if whole else None) for name, value in self.parts)


Plane: TypeAlias = BubbleMatrix | Track | PointMap | Roadmap | Network | Pie


def head(one: Head, language: Language) -> str:
    """Return a heading in a language."""
    return one[0] if language == "zh" else one[1]
