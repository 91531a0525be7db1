# SPDX-License-Identifier: Apache-2.0
"""Rows made from several columns of lists: applicants beside their addresses, priority numbers beside dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.field import Column
from zhihang.ingestion.row_block import any_of, clean
from zhihang.ingestion.text_column import marks_in
from zhihang.terms.separated_list import explode

Found: TypeAlias = tuple[Column, pa.StringArray]
"""A column of the source and its values, one for each record, null where there is none."""
Keys: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"

# The raw column that says how many rows there are: the first of these that the source has.
_LEADING: Mapping[str, tuple[str, ...]] = {
    "party": ("name", "name_latin"),
    "publication": ("number",),
    "classification": ("symbol",),
    "family_member": ("number", "family_id"),
    "cited_by": ("number",),
    "citation": ("number", "text"),
    "relation": ("number",),
    "priority": ("number", "date"),
    "legal_event": ("name", "code", "detail", "date"),
}
_BREAK = "\x1f"
_NEEDS_LEADING = ("party", "publication", "classification")
"""Rows of these tables mean nothing without their leading column."""


@dataclass(frozen=True)
class Items:
    """The items of one column: the record of each, its place in the record, its value in each raw column."""

    row: pa.Int32Array
    sequence: pa.Int32Array
    values: Mapping[str, pa.StringArray]

    @property
    def keys(self) -> Keys:
        """Record and place of each item as one number, ascending."""
        row, sequence = (part.to_numpy(zero_copy_only=False) for part in (self.row, self.sequence))
        keys: Keys = row.astype(np.int64) << 20 | sequence
        return keys

    def filter(self, mask: pa.BooleanArray) -> Items:
        """Keep the items where `mask` is true."""
        values = {name: value.filter(mask) for name, value in self.values.items()}
        return Items(self.row.filter(mask), self.sequence.filter(mask), values)


@dataclass(frozen=True)
class Rows:
    """Rows of a raw table, and values that found no row, by the header of their column."""

    record: pa.Int32Array
    values: Mapping[str, pa.StringArray]
    stray: Sequence[tuple[str, pa.StringArray]] = ()


def split(column: Column, values: pa.StringArray) -> Items:
    """Split the lists of a column, and take the items apart where the column has a pattern."""
    if column.begins is not None:
        values = pc.replace_substring_regex(values, column.begins, rf"{_BREAK}\1")
    separators = column.separators if column.begins is None else (_BREAK,)
    values = _names_apart(column, values)
    used = marks_in(values, separators)
    if not used and column.pattern is None:
        return _whole(column, values)
    items = explode(values, used)
    if column.pattern is None:
        return Items(items.row, items.sequence, {column.field.column: items.value})
    taken = _taken_apart(items.value, column)
    found = Items(items.row, items.sequence, taken)
    return found.filter(any_of([pc.is_valid(part) for part in taken.values()]))


def pair(found: Sequence[Found]) -> Rows:
    """Make the rows of one raw table and group from its columns.

    The leading column (the name, the number) says how many rows a record has. A list as long as that is paired
    with it item by item; any other value belongs to the first row as a whole. Where the leading column is blank,
    the others make rows of their own, or are stray if such rows would mean nothing.
    """
    table = found[0][0].field.table
    order = _LEADING[table]
    ranked = sorted(found, key=lambda each: _rank(each[0].field.column, order))
    (first, leading), others = ranked[0], ranked[1:]
    needed = table in _NEEDS_LEADING
    if needed and first.field.column not in order:
        none = pa.array([], pa.int32())
        return Rows(none, {}, [(column.header, values) for column, values in found])
    lists = split(first, leading)
    if not others:
        return Rows(lists.row, lists.values)
    parts = [lists, *(_fitted(column, values, lists) for column, values in others)]
    stray = _stray(others, leading) if needed and leading.null_count else []
    rows, values = _joined(parts, only_first=needed)
    return Rows(rows, values, stray)


def _rank(column: str, order: Sequence[str]) -> int:
    return order.index(column) if column in order else len(order)


def _fitted(column: Column, values: pa.StringArray, leading: Items) -> Items:
    """Split a column where that gives as many items as the leading one has; else take values whole."""
    whole = _whole(column, values)
    if not column.separators:
        return whole
    items = split(column, values)
    if len(items.row) == len(whole.row):
        return items
    same = _counts(items, len(values)) == _counts(leading, len(values))
    paired = items.filter(pa.array(same).take(items.row))
    rest = whole.filter(pa.array(~same).take(whole.row))
    return _both(paired, rest)


def _whole(column: Column, values: pa.StringArray) -> Items:
    mask = pc.is_valid(values)
    row = pa.array(np.flatnonzero(mask.to_numpy(zero_copy_only=False)).astype(np.int32))
    first = pa.array(np.ones(len(row), np.int32))
    return Items(row, first, {column.field.column: values.filter(mask)})


def _both(one: Items, other: Items) -> Items:
    row = pa.concat_arrays([one.row, other.row])
    sequence = pa.concat_arrays([one.sequence, other.sequence])
    names = {**one.values, **other.values}
    values = {
        name: pa.concat_arrays(
            [part.values.get(name, pa.nulls(len(part.row), pa.string())) for part in (one, other)]
        )
        for name in names
    }
    joined = Items(row, sequence, values)
    order = pa.array(np.argsort(joined.keys, kind="stable"))
    return Items(row.take(order), sequence.take(order), {n: v.take(order) for n, v in values.items()})


def _counts(items: Items, rows: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.bincount(items.row.to_numpy(zero_copy_only=False), minlength=rows)


def _joined(parts: Sequence[Items], *, only_first: bool) -> tuple[pa.Int32Array, dict[str, pa.StringArray]]:
    """Join lists place by place; with `only_first`, only places that the first list has."""
    keys = [part.keys for part in parts]
    together = keys[0] if only_first else np.unique(np.concatenate(keys))
    values: dict[str, pa.StringArray] = {}
    for part, key in zip(parts, keys, strict=True):
        at = np.searchsorted(together, key)
        there = np.zeros(len(key), bool)
        inside = at < len(together)
        there[inside] = together[at[inside]] == key[inside]
        place = np.full(len(together), -1, np.int64)
        place[at[there]] = np.flatnonzero(there)
        for name, value in part.values.items():
            placed = value.take(pa.array(place, mask=place < 0))
            values[name] = pc.coalesce(values[name], placed) if name in values else placed
    return pa.array((together >> 20).astype(np.int32)), values


def _stray(others: Sequence[Found], leading: pa.StringArray) -> list[tuple[str, pa.StringArray]]:
    alone = pc.is_null(leading)
    none = pa.scalar(None, pa.string())
    stray = [(column.header, pc.if_else(alone, values, none)) for column, values in others]
    return [(header, values) for header, values in stray if values.null_count < len(values)]


def _names_apart(column: Column, values: pa.StringArray) -> pa.StringArray:
    """Let commas between Chinese names separate; a Western name may hold one itself."""
    if column.field.table != "party" or column.field.column != "name" or not column.separators:
        return values
    for comma in marks_in(values, (",", "，")):
        pattern = rf"(\p{{Han}}[)）]?)\s*{comma}\s*(\p{{Han}})"
        values = pc.replace_substring_regex(values, pattern, rf"\1{column.separators[0]}\2")
    return values


def _taken_apart(items: pa.StringArray, column: Column) -> dict[str, pa.StringArray]:
    """Spread items over raw columns by the named groups of the pattern; those it does not fit stay whole."""
    found = pc.extract_regex(items, pattern=column.pattern)
    parts = {field.name: clean(found.field(field.name)) for field in found.type}
    fits = pc.is_valid(found)
    parts = {name: pc.if_else(fits, part, pa.scalar(None, pa.string())) for name, part in parts.items()}
    own = parts.get(column.field.column, pa.nulls(len(items), pa.string()))
    return {**parts, column.field.column: pc.if_else(fits, own, items)}
