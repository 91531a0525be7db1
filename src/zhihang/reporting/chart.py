# SPDX-License-Identifier: Apache-2.0
"""A chart of a document, as data: what is shown, not how it is drawn; the table behind it is always at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from zhihang.errors import DefinitionError
from zhihang.reporting.chart_plane import BubbleMatrix, Network, Pie, Plane, PointMap, Roadmap, Track, head
from zhihang.reporting.data_table import Cell, Column, DataTable, require_captions
from zhihang.terms.label import Language

Values: TypeAlias = tuple[float | None, ...]
Form = Literal["integer", "number", "percent"]
"""How the figures of a chart are shown; `percent` takes shares."""


@dataclass(frozen=True)
class Series:
    """A named row of figures, one for each period or category; None where there is none."""

    name: str
    values: Values


@dataclass(frozen=True)
class Band:
    """Interval that holds the figure with probability `probability`, for each period."""

    probability: float
    low: Values
    high: Values


@dataclass(frozen=True)
class Fan:
    """A forecast: what was observed, the middle of what is expected, intervals around it, and the target path."""

    periods: tuple[str, ...]
    observed: Values
    central: Values
    bands: tuple[Band, ...]
    target: Values = ()


@dataclass(frozen=True)
class TargetPath:
    """Target for each period and what was reached; `expected` is what the season lets expect by then."""

    periods: tuple[str, ...]
    target: Values
    actual: Values
    expected: Values = ()


@dataclass(frozen=True)
class Lines:
    """Rows of figures over time; periods in `truncated` are not complete and shown hatched."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    truncated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Figures over time as standing columns, on top of each other if several; a line above them may be added.

    Periods in `truncated` are not complete and shown hatched.
    """

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    line: Series | None = None
    truncated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars:
    """Figures by category; one bar for each series, beside each other or stacked."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    reference_line: float | None = None


@dataclass(frozen=True)
class HeatTable:
    """Figures by row and column, each cell coloured by its figure; `centre` makes the colours part there."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[Values, ...]
    centre: float | None = None


@dataclass(frozen=True)
class Waterfall:
    """How one figure became another: start, changes one by one, and the sum as the end."""

    start: tuple[str, float]
    steps: tuple[tuple[str, float], ...]
    end: str

    @property
    def end_value(self) -> float:
        """The start and all changes (in the chart's unit)."""
        return self.start[1] + sum(step for _, step in self.steps)


@dataclass(frozen=True)
class Tile:
    """A region on a tile map: where it stands (row from the top, column from the left) and its figure."""

    name: str
    row: int
    column: int
    value: float | None


@dataclass(frozen=True)
class TileMap:
    """Regions as equal squares, placed roughly as on the map, coloured by their figures."""

    tiles: tuple[Tile, ...]
    centre: float | None = None


Figure: TypeAlias = Fan | TargetPath | Lines | Columns | Bars | HeatTable | Waterfall | TileMap | Plane


@dataclass(frozen=True)
class Chart:
    """A chart with what anyone needs to read it: title, unit, period, source."""

    title: str
    unit: str
    period: str
    source: str
    figure: Figure
    form: Form = "integer"
    digits: int = 1
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_captions(self, "chart")
        wanted, lengths = _lengths(self.figure)
        if any(length != wanted for length in lengths) or not wanted:
            raise DefinitionError(
                f'The chart "{self.title}" has rows of figures of unequal length.',
                {"expected": wanted, "lengths": ", ".join(map(str, lengths))},
                todo="Give one figure (or None) for each period, category or cell.",
            )

    def table(self, language: Language = "zh") -> DataTable:
        """Return the table behind the chart."""
        columns, rows = _table(self.figure, self.form, self.digits, language)
        return DataTable(
            self.title, self.unit, self.period, self.source, columns, tuple(rows), notes=self.notes
        )


_WORDS = {
    "period": ("时期", "Period"),
    "item": ("项目", "Item"),
    "region": ("地区", "Region"),
    "observed": ("实际", "Observed"),
    "central": ("预测中位", "Forecast, median"),
    "low": ("区间下限", "interval, low"),
    "high": ("区间上限", "interval, high"),
    "target": ("目标", "Target"),
    "actual": ("实际", "Actual"),
    "expected": ("应达进度", "Expected by then"),
    "value": ("数值", "Value"),
    "change": ("变化", "Change"),
}


def chart_word(key: str, language: Language) -> str:
    """Return the word for a part of a chart: observed, central, target, actual, expected ..."""
    return _WORDS[key][0 if language == "zh" else 1]


def _lengths(figure: Figure) -> tuple[int, list[int]]:
    match figure:
        case Fan(periods, observed, central, bands, target):
            rows = [observed, central, *(row for band in bands for row in (band.low, band.high))]
            return len(periods), [len(row) for row in (*rows, target or observed)]
        case TargetPath(periods, target, actual, expected):
            return len(periods), [len(row) for row in (target, actual, expected or actual)]
        case Lines(names, series) | Bars(names, series):
            return len(names), [len(one.values) for one in series]
        case Columns(names, series, line):
            return len(names), [len(one.values) for one in (*series, *([line] if line else []))]
        case HeatTable(rows, columns, values):
            same = len(columns) if len(rows) == len(values) else -1
            return len(columns) and len(rows) and same, [len(row) for row in values]
        case Waterfall(_, steps, _):
            return len(steps), [len(steps)]
        case TileMap(tiles):
            return len(tiles), [len(tiles)]
        case BubbleMatrix() | Track() | PointMap() | Roadmap() | Network() | Pie():
            return int(figure.even()), [1]


def _table(
    figure: Figure, form: Form, digits: int, language: Language
) -> tuple[tuple[Column, ...], Iterator[tuple[Cell, ...]]]:
    def word(key: str) -> str:
        return chart_word(key, language)

    def columns(first: str, names: Sequence[str]) -> tuple[Column, ...]:
        figures = (Column(f"c{i}", name, form, digits=digits) for i, name in enumerate(names))
        return (Column("first", word(first)), *figures)

    match figure:
        case Fan() | TargetPath() | Lines() | Columns():
            series = list(drawn_series(figure, language))
            names = [one.name for one in series]
            return columns("period", names), zip(figure.periods, *(one.values for one in series), strict=True)
        case Bars(categories, bars):
            names = [one.name for one in bars]
            return columns("item", names), zip(categories, *(one.values for one in bars), strict=True)
        case HeatTable(rows, names, values):
            return columns("region", names), ((row, *cells) for row, cells in zip(rows, values, strict=True))
        case Waterfall(start, steps, end):
            kept = (columns("item", [word("value")]), (start, *steps, (end, figure.end_value)))
            return kept[0], iter(kept[1])
        case TileMap(tiles):
            return columns("region", [word("value")]), ((tile.name, tile.value) for tile in tiles)
        case BubbleMatrix() | Track() | PointMap() | Roadmap() | Network() | Pie():
            heads, found = figure.behind()
            shown = (
                Column(f"c{i}", head(one, language), one[2] or form, digits=digits)
                for i, one in enumerate(heads)
            )
            return tuple(shown), iter(found)


def drawn_series(figure: Fan | TargetPath | Lines | Columns, language: Language) -> Iterator[Series]:
    """Yield the rows of figures of a chart over time, by the names they are shown under."""
    match figure:
        case Lines(_, series):
            yield from series
        case Columns(_, series, line):
            yield from series
            if line:
                yield line
        case TargetPath(_, target, actual, expected):
            yield Series(chart_word("target", language), target)
            yield Series(chart_word("actual", language), actual)
            if expected:
                yield Series(chart_word("expected", language), expected)
        case Fan(_, observed, central, bands, target):
            yield Series(chart_word("observed", language), observed)
            yield Series(chart_word("central", language), central)
            for band in bands:
                share = f"{band.probability:.0%} "
                yield Series(share + chart_word("low", language), band.low)
                yield Series(share + chart_word("high", language), band.high)
            if target:
                yield Series(chart_word("target", language), target)
