# SPDX-License-Identifier: Apache-2.0
"""From columns of a table to the raw tables of a draft: one row, one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.field import Column, Field
from zhihang.ingestion.row_block import RowBlock, any_of, clean
from zhihang.terms.separated_list import explode

_NAMES_A_PATENT = ("application.number", "publication.number", "publication.grant.number", "priority.number")


def tabulate(block: RowBlock, columns: Sequence[Column], language: str | None = None) -> Draft:
    """Turn a block of rows into a draft with one record per row.

    Columns of one raw table and group make its rows together, the first value of each in the first row.
    """
    block = _identified(block, columns)
    draft = Draft()
    draft.lines.extend(block.lines)
    for line, value, reason in block.rejections:
        draft.reject(line, value, reason)
    if not len(block):
        return draft
    found, leftovers = _by_field(block, columns)
    _fill_application(draft, found, len(block))
    _fill_texts(draft, found, language)
    for (table, _), group in groupby(_listed(found), key=lambda each: (each.field.table, each.field.group)):
        _fill_group(draft, table, list(group), found)
    for header, values in leftovers:
        _fill_attribute(draft, header, values)
    return draft


def _identified(block: RowBlock, columns: Sequence[Column]) -> RowBlock:
    """Set aside rows that name no patent: no number and no title."""
    naming = [
        pc.is_valid(values)
        for column, values in zip(columns, block.columns, strict=False)
        if column.field.name in _NAMES_A_PATENT or column.field.name.startswith("text.title")
    ]
    if not naming or not len(block):
        return block
    named = any_of(naming)
    if pc.all(named).as_py():
        return block
    unnamed = block.keep(pc.invert(named))
    cells = zip(*(column.to_pylist() for column in unnamed.columns), strict=True)
    block.rejections.extend(
        (line, " | ".join(cell for cell in row if cell), "the row has neither a number nor a title")
        for line, row in zip(unnamed.lines, cells, strict=True)
    )
    return block.keep(named)


Found = Mapping[str, tuple[Column, pa.StringArray]]


def _by_field(block: RowBlock, columns: Sequence[Column]) -> tuple[Found, list[tuple[str, pa.StringArray]]]:
    """Values of each field (the first that is not blank wins), and what is kept under its header."""
    found: dict[str, tuple[Column, pa.StringArray]] = {}
    leftovers: list[tuple[str, pa.StringArray]] = []
    placed = sorted(zip(columns, block.columns, strict=True), key=lambda each: each[0].rank)
    for column, values in placed:
        name = column.field.name
        if column.field.table == "ignore" or values.null_count == len(values):
            continue
        if column.field.table == "attribute":
            leftovers.append((column.field.fixed["name"], values))
        elif name not in found:
            found[name] = (column, values)
        else:
            first, taken = found[name]
            found[name] = (first, pc.coalesce(taken, values))
            other = pc.and_(pc.is_valid(taken), pc.fill_null(pc.not_equal(taken, values), False))
            if pc.any(other).as_py():
                leftovers.append((column.header, pc.if_else(other, values, pa.scalar(None, pa.string()))))
    return found, leftovers


def _fill_application(draft: Draft, found: Found, count: int) -> None:
    values = {
        column.field.column: array for column, array in found.values() if column.field.table == "application"
    }
    if "publication.grant.date" in found:
        granted = found["publication.grant.date"][1]
        values["grant_date"] = (
            pc.coalesce(values["grant_date"], granted) if "grant_date" in values else granted
        )
    if values:
        draft.fill("application", _range(count), values)


def _fill_texts(draft: Draft, found: Found, language: str | None) -> None:
    for column, values in found.values():
        place = column.field
        if place.table not in ("text", "claim"):
            continue
        rows, texts = _present(values)
        fixed: dict[str, pa.Array] = _constants(place, len(texts))
        if "language" not in fixed:
            fixed["language"] = _languages(texts, language)
        draft.fill(place.table, rows, {**fixed, "text": texts})


def _languages(texts: pa.StringArray, language: str | None) -> pa.StringArray:
    """Language of each text: the one stated, else told from the script."""
    if language:
        return pa.repeat(pa.scalar(language), len(texts))
    none = pa.scalar(None, pa.string())
    han = pc.match_substring_regex(texts, r"\p{Han}")
    if not pc.any(han).as_py():
        return pa.nulls(len(texts), pa.string())
    kana = pc.match_substring_regex(texts, r"[\p{Hiragana}\p{Katakana}]")
    return pc.if_else(kana, pa.scalar("ja"), pc.if_else(han, pa.scalar("zh"), none))


def _listed(found: Found) -> Iterable[Column]:
    listed = [column for column, _ in found.values() if column.field.is_list]
    return sorted(listed, key=lambda each: (each.field.table, each.field.group, not each.field.first))


def _fill_group(draft: Draft, table: str, columns: list[Column], found: Found) -> None:
    parts = [_items(column, found[column.field.name][1]) for column in columns]
    if any(column.field.first for column in columns):
        for part in parts:
            draft.fill(table, part.row, {**_constants(columns[0].field, len(part.row)), **part.values})
        return
    rows, values = _joined(parts)
    draft.fill(table, rows, {**_constants(columns[0].field, len(rows)), **values})


@dataclass(frozen=True)
class _Items:
    """The items of one column: the row of each, its place in the row, its value in each raw column."""

    row: pa.Int32Array
    sequence: pa.Int32Array
    values: dict[str, pa.StringArray]


def _items(column: Column, values: pa.StringArray) -> _Items:
    items = explode(values, column.separators)
    if column.pattern is None:
        return _Items(items.row, items.sequence, {column.field.column: items.value})
    taken = _taken_apart(items.value, column)
    some = any_of([pc.is_valid(part) for part in taken.values()])
    parts = {name: part.filter(some) for name, part in taken.items()}
    return _Items(items.row.filter(some), items.sequence.filter(some), parts)


def _taken_apart(items: pa.StringArray, column: Column) -> dict[str, pa.StringArray]:
    """Spread items over raw columns by the named groups of the pattern; those it does not fit stay whole."""
    found = pc.extract_regex(items, pattern=column.pattern)
    parts = {field.name: clean(found.field(field.name)) for field in found.type}
    fits = pc.is_valid(found)
    parts = {name: pc.if_else(fits, part, pa.scalar(None, pa.string())) for name, part in parts.items()}
    own = parts.get(column.field.column, pa.nulls(len(items), pa.string()))
    return {**parts, column.field.column: pc.if_else(fits, own, items)}


def _joined(parts: Sequence[_Items]) -> tuple[pa.Int32Array, dict[str, pa.StringArray]]:
    """Join lists of the same rows place by place."""
    if len(parts) == 1:
        return parts[0].row, parts[0].values
    keys = [
        part.row.to_numpy(zero_copy_only=False).astype(np.int64) << 20
        | part.sequence.to_numpy(zero_copy_only=False)
        for part in parts
    ]
    together = np.unique(np.concatenate(keys))
    values: dict[str, pa.StringArray] = {}
    for part, key in zip(parts, keys, strict=True):
        place = np.full(len(together), -1, np.int64)
        place[np.searchsorted(together, key)] = np.arange(len(key))
        for name, value in part.values.items():
            placed = value.take(pa.array(place, mask=place < 0))
            values[name] = pc.coalesce(values[name], placed) if name in values else placed
    return pa.array((together >> 20).astype(np.int32)), values


def _fill_attribute(draft: Draft, header: str, values: pa.StringArray) -> None:
    rows, present = _present(values)
    if len(rows):
        draft.fill("attribute", rows, {"name": pa.repeat(pa.scalar(header), len(rows)), "value": present})


def _present(values: pa.StringArray) -> tuple[pa.Int32Array, pa.StringArray]:
    if values.null_count == 0:
        return _range(len(values)), values
    mask = pc.is_valid(values)
    return _range(len(values)).filter(mask), values.filter(mask)


def _range(count: int) -> pa.Int32Array:
    return pa.array(np.arange(count, dtype=np.int32))


def _constants(place: Field, count: int) -> dict[str, pa.Array]:
    return {name: pa.repeat(pa.scalar(value), count) for name, value in place.fixed.items()}
