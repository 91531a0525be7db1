# SPDX-License-Identifier: Apache-2.0
"""A table of a yearbook: the figures its layout asks for, put on its axes, with totals that add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.figure import Figure
from zhihang.measurement.grid import Every
from zhihang.measurement.indicator import Indicator
from zhihang.measurement.measure import LEVEL_OF
from zhihang.reporting.answers import Answers, Need, Point, adds_up
from zhihang.reporting.data_table import AS_WRITTEN, Cell, Column, ColumnKind, DataTable, Derived, Missing
from zhihang.reporting.figure_source import source_of
from zhihang.reporting.remark import all_told, told
from zhihang.reporting.value_name import ValueNames
from zhihang.reporting.wording import rounded
from zhihang.reporting.yearbook_layout import TableLayout
from zhihang.terms.label import Language
from zhihang.terms.unit import Unit

Values: TypeAlias = tuple[str, ...]
_NOTHING = 0.005
_MOST_NOTES = 4
_WORDS: Mapping[str, tuple[str, str]] = {
    "indicator": ("指标", "Indicator"),
    "year": ("年份", "Year"),
    "month": ("月份", "Month"),
    "basis": ("口径", "Basis"),
    "computed": ("计算数", "Computed"),
    "published": ("公布数", "Published"),
    "unit": ("单位", "Unit"),
    "units": ("见表内", "as stated"),
    "sum": ("合计", "Total"),
    "total": ("合计", "Total"),
    "growth": ("比上年增长", "Change on year"),
    "share": ("占比", "Share"),
    "rest": ("其他及未注明", "Others and not stated"),
    "rest_top": ("其他", "Others"),
    "rest_county": ("未能落到县（市、区）", "Not placed in a county"),
    "overlap": (
        "一件专利可同时归入几行，各行之和大于合计。",
        "One patent may belong to several rows, so that they add up to more than the total.",
    ),
    "no_rest": ("该指标各行不可相加，不列其余部分", "its rows do not add up, so there is no rest"),
    "no_rate": ("单位为%的指标不计算增长率", "no rate of change of a percentage"),
}


def word(key: str, language: Language) -> str:
    """Return a word of a yearbook's tables."""
    return _WORDS[key][0 if language == "zh" else 1]


@dataclass(frozen=True)
class Book:
    """What all tables of one book share: year, language, figures, names, and the last day of its data."""

    year: int
    language: Language
    answers: Answers
    names: ValueNames
    until: str


@dataclass(frozen=True)
class _Row:
    label: str
    values: Values
    """Values of the axis of rows that are added up in it; one as a rule."""


@dataclass(frozen=True)
class _Slot:
    """A column of figures: its column, and where on the axes of columns it stands (None: all values together)."""

    column: Column
    at: tuple[tuple[str, str | None], ...]
    indicator: Indicator | None


def needs_of(layout: TableLayout, year: int) -> Iterator[Need]:
    """Yield what a table needs: its figures, and those of the totals over each of its dimensions."""
    every: Every = "month" if "month" in layout.axes else "year"
    first = f"{year}-01" if every == "month" else str(year - layout.years + 1)
    last = f"{year}-12" if every == "month" else str(year)
    known = layout.dimensions
    for count in range(len(known) + 1):
        for by in combinations(known, count):
            ordered = tuple(sorted(by, key=lambda name: (name not in LEVEL_OF, name)))
            yield Need(tuple(layout.indicators), ordered, first, last, every, "basis" in layout.axes)


def table_of(layout: TableLayout, book: Book) -> DataTable:
    """Return a table with its figures filled in."""
    return _Maker(layout, book).table()


class _Maker:
    def __init__(self, layout: TableLayout, book: Book) -> None:
        self.layout, self.book = layout, book
        self.language = book.language
        self.indicators = [book.answers.indicators[code] for code in layout.indicators]
        self.used: list[Figure] = []
        self.overlapping = False

    def table(self) -> DataTable:
        layout = self.layout
        rows, kept = self._rows()
        given = [self._cells(row) for row in rows]
        totals: dict[str, Cell] = {}
        whole = layout.total and layout.rows in DIMENSIONS
        if whole:
            totals = self._totals()
            rest = self._rest(given, totals)
            if any(isinstance(left, (int, float)) and left < -_NOTHING for left in rest.values()):
                self.overlapping = True
            elif any(isinstance(left, (int, float)) and left for left in rest.values()):
                given.append({**rest, "row": self._rest_name(kept)})
            totals = {key: total for key, total in totals.items() if not self._adds_up(key)}
        if layout.share:
            self._add_shares(given, totals)
        return DataTable.of(
            given,
            columns=self._columns(),
            title=layout.title.of(self.language),
            unit=self._unit(),
            period=self._period(),
            source=source_of(self.used, self.book.until, self.language),
            total_label=word("total", self.language) if whole else "",
            totals=totals,
            notes=self._notes(),
        )

    # ------------------------------------------------------------------------------------------- rows

    def _rows(self) -> tuple[list[_Row], bool]:
        """Return the rows, and whether some were left out."""
        layout = self.layout
        rows = [_Row(label, values) for values, label in self._axis(layout.rows)]
        if layout.top is None:
            return rows, False
        first = {id(row): self._sum(row, self.slots[0]).value or 0.0 for row in rows}
        held = [row for row in rows if first[id(row)] > 0 and row.label]
        ranked = sorted(held, key=lambda row: (-first[id(row)], row.label))[: layout.top]
        self.used.clear()
        return ranked, len(ranked) < len(rows)

    def _cells(self, row: _Row) -> dict[str, Cell]:
        cells: dict[str, Cell] = {"row": row.label}
        if self.layout.rows == "indicator":
            cells["unit"] = unit_name(self.book.answers.indicators[row.values[0]].unit, self.language)
        for slot in self.slots:
            found = self._sum(row, slot)
            self.used.append(found)
            cells[slot.column.key] = self._cell(found, self._indicator(row, slot), slot)
        if self.layout.rows == "indicator" and self.book.answers.indicators[row.values[0]].unit == "%":
            cells |= {key: Missing(word("no_rate", self.language)) for key in self._growth_keys()}
        return cells

    def _sum(self, row: _Row, slot: _Slot) -> Figure:
        """Return the figure of a cell; of a row of several values, their sum."""
        found = [self._figure(self._point(value, slot)) for value in row.values]
        if len(found) == 1:
            return found[0]
        known = [figure.value for figure in found if figure.value is not None]
        return Figure(sum(known), found[0].status) if known else found[0]

    def _point(self, value: str | None, slot: _Slot) -> Point:
        point = Point(self.layout.indicators[0], str(self.book.year))
        for axis, at in ((self.layout.rows, value), *slot.at):
            if axis == "indicator":
                point = replace(point, code=at or point.code)
            elif axis in ("year", "month"):
                point = replace(point, when=at or point.when)
            elif axis == "basis":
                point = replace(point, basis=at or point.basis)
            elif at is not None:
                point = point.at(**{axis: at})
        return point

    def _figure(self, point: Point) -> Figure:
        return self.book.answers.figure(point)

    def _cell(self, found: Figure, indicator: Indicator, slot: _Slot) -> Cell:
        if found.value is None:
            return Missing("；".join(told(found.note, self.language)))
        if slot.column.digits == AS_WRITTEN:
            return rounded(found.value, indicator.decimals)
        return round(found.value) if slot.column.kind == "integer" else found.value

    def _indicator(self, row: _Row, slot: _Slot) -> Indicator:
        code = row.values[0] if self.layout.rows == "indicator" else None
        return self.book.answers.indicators[code] if code else slot.indicator or self.indicators[0]

    # ----------------------------------------------------------------------------------------- totals

    def _totals(self) -> dict[str, Cell]:
        totals: dict[str, Cell] = {}
        for slot in self.slots:
            found = self._figure(self._point(None, slot))
            self.used.append(found)
            totals[slot.column.key] = self._cell(found, slot.indicator or self.indicators[0], slot)
        return totals

    def _adds_up(self, key: str) -> bool:
        return not self.overlapping and any(s.column.total for s in self.slots if s.column.key == key)

    def _rest(self, rows: Sequence[Mapping[str, Cell]], totals: Mapping[str, Cell]) -> dict[str, Cell]:
        """Return what belongs to no row, where that is anything: total less the rows."""
        rest: dict[str, Cell] = {}
        for slot in self.slots:
            key = slot.column.key
            whole = totals[key]
            if not slot.column.total:
                rest[key] = Missing(word("no_rest", self.language))
            elif isinstance(whole, (int, float)):
                parts = [value for row in rows if isinstance(value := row[key], (int, float))]
                left = whole - sum(parts)
                rest[key] = left if abs(left) > _NOTHING else type(whole)(0)
        return rest

    def _rest_name(self, cut: bool) -> str:
        if cut:
            return word("rest_top", self.language)
        return word("rest_county" if self.layout.rows == "county" else "rest", self.language)

    def _add_shares(self, rows: list[dict[str, Cell]], totals: dict[str, Cell]) -> None:
        last = self.slots[-1].column.key
        whole = sum(value for row in rows if isinstance(value := row.get(last), (int, float)))
        for row in rows:
            value = row.get(last)
            row["share"] = value / whole if isinstance(value, (int, float)) and whole else None
        if whole:
            totals["share"] = 1.0

    # ---------------------------------------------------------------------------------------- columns

    @cached_property
    def slots(self) -> list[_Slot]:
        """The columns of figures."""
        axes = [list(self._column_axis(axis)) for axis in self.layout.columns]
        if len(axes) == 1:
            return [
                self._slot(f"c{i}", "", label, ((axis, value),))
                for i, (axis, value, label) in enumerate(axes[0])
            ]
        return [
            self._slot(f"c{i}_{k}", group, label, ((first, one), (second, two)))
            for i, (first, one, group) in enumerate(axes[0])
            for k, (second, two, label) in enumerate(axes[1])
        ]

    def _slot(self, key: str, group: str, title: str, at: tuple[tuple[str, str | None], ...]) -> _Slot:
        code = dict(at).get("indicator")
        indicator = self.book.answers.indicators[code] if code else None
        one = indicator or (self.indicators[0] if self.layout.rows != "indicator" else None)
        unit = unit_name(one.unit, self.language) if one and self._mixed() else ""
        if one is None:
            column = Column(key, title, "number", digits=AS_WRITTEN, group=group)
        else:
            kind, digits = self._kind(one)
            group, title, unit = (_with(group, unit), title, "") if group else ("", title, unit)
            column = Column(
                key, title, kind, unit, digits, group, total=adds_up(one, self.book.answers.indicators)
            )
        return _Slot(column, at, indicator)

    def _kind(self, indicator: Indicator) -> tuple[ColumnKind, int]:
        in_parts = any(self.book.answers.in_parts(indicator.code, name) for name in self.layout.dimensions)
        if indicator.decimals == 0 and not in_parts:
            return "integer", 0
        return "number", indicator.decimals or 1

    def _columns(self) -> list[Column]:
        columns = [Column("row", self._axis_name(self.layout.rows))]
        if self.layout.rows == "indicator":
            columns.append(Column("unit", word("unit", self.language)))
        for number, slot in enumerate(self.slots):
            columns.append(replace(slot.column, total=self._adds_up(slot.column.key)))
            last = number + 1 == len(self.slots) or self.slots[number + 1].column.group != slot.column.group
            if self.layout.growth and last and not (slot.indicator and slot.indicator.unit == "%"):
                before = self.slots[number - 1].column.key
                derived = Derived("change", slot.column.key, before)
                title = word("growth", self.language)
                key = f"{slot.column.key}_growth"
                columns.append(Column(key, title, "percent", group=slot.column.group, derived=derived))
        if self.layout.share:
            columns.append(Column("share", word("share", self.language), "percent"))
        return columns

    def _growth_keys(self) -> list[str]:
        return [column.key for column in self._columns() if column.key.endswith("_growth")]

    def _column_axis(self, axis: str) -> Iterator[tuple[str, str | None, str]]:
        if axis in DIMENSIONS and self.layout.sum:
            yield axis, None, word("sum", self.language)
        for values, label in self._axis(axis):
            yield axis, values[0], label

    # ------------------------------------------------------------------------------------------- axes

    def _axis(self, axis: str) -> Iterator[tuple[Values, str]]:
        """Yield the values along an axis with their names."""
        year, zh = self.book.year, self.language == "zh"
        if axis == "indicator":
            for indicator in self.indicators:
                yield (indicator.code,), self._heading(indicator)
        elif axis == "year":
            yield from (((str(y),), str(y)) for y in range(year - self.layout.years + 1, year + 1))
        elif axis == "month":
            yield from (((f"{year}-{m:02d}",), f"{m}月" if zh else str(m)) for m in range(1, 13))
        elif axis == "basis":
            yield from (((name,), word(name, self.language)) for name in ("computed", "published"))
        else:
            yield from self._dimension(axis)

    def _dimension(self, axis: str) -> Iterator[tuple[Values, str]]:
        if axis in LEVEL_OF:
            for code, place in sorted(self.book.answers.places.get(axis, {}).items()):
                yield (code,), place.zh if self.language == "zh" else place.en
            return
        given = self.layout.values.get(axis)
        found = {v for code in self.layout.indicators for v in self.book.answers.values(code, axis)}
        names = self.book.names
        for values in self._joined(given or names.ordered(axis, found)):
            shown = values[0][: self.layout.digits] if values[0][:1].isdigit() else values[0]
            yield values, names.name(axis, shown, self.language)

    def _joined(self, values: Iterable[str]) -> list[Values]:
        digits = self.layout.digits
        if digits is None:
            return [(value,) for value in values]
        groups: dict[str, list[str]] = {}
        for value in values:
            groups.setdefault(value[:digits] if value[:1].isdigit() else value, []).append(value)
        return [tuple(group) for group in groups.values()]

    def _axis_name(self, axis: str) -> str:
        if axis in DIMENSIONS:
            return DIMENSIONS[axis].label.in_language(self.language)
        return word(axis, self.language)

    def _heading(self, indicator: Indicator) -> str:
        own = self.layout.headings.get(indicator.code)
        if own is not None:
            return own.of(self.language)
        return indicator.label.zh if self.language == "zh" else indicator.label.en

    # --------------------------------------------------------------------------------------- captions

    def _mixed(self) -> bool:
        return len({indicator.unit for indicator in self.indicators}) > 1

    def _unit(self) -> str:
        if self._mixed():
            return word("units", self.language)
        return unit_name(self.indicators[0].unit, self.language)

    def _period(self) -> str:
        year, zh = self.book.year, self.language == "zh"
        if self.layout.years == 1 or "year" not in self.layout.axes:
            return f"{year}年" if zh else str(year)
        first = year - self.layout.years + 1
        return f"{first}—{year}年" if zh else f"{first}–{year}"

    def _notes(self) -> list[str]:
        end = "。" if self.language == "zh" else "."
        own = [note.of(self.language) for note in self.layout.notes]
        own += [word("overlap", self.language)] if self.overlapping else []
        told_of = all_told((f.note for f in self.used if f.value is not None), self.language)
        return [*own, *(line + end for line in told_of[:_MOST_NOTES])]


def unit_name(unit: str, language: Language) -> str:
    """Return the name of an indicator's unit.

    >>> unit_name("件/万人", "zh"), unit_name("1", "zh"), unit_name("件", "en")
    ('件/万人', '比值', 'items')
    """
    if unit == "1":
        return "比值" if language == "zh" else "ratio"
    return unit if language == "zh" else Unit.parse(unit).label.en


def _with(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name
