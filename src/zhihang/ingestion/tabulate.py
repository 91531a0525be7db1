# SPDX-License-Identifier: Apache-2.0
"""From columns of a table to the raw tables of a draft: one row, one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.claim_list import split_claims
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.field import Column, Field
from zhihang.ingestion.paired_lists import Found, Items, pair, split
from zhihang.ingestion.row_block import RowBlock, any_of
from zhihang.ingestion.text_column import marks_in


def _tell_flaws(draft: Draft, block: RowBlock, columns: Sequence[Column]) -> None:
    record = {line: index for index, line in enumerate(block.lines)} if block.flaws else {}
    for flaw in block.flaws:
        if flaw.line in record:
            place = columns[flaw.column].field
            name = columns[flaw.column].header if place.table == "attribute" else place.column
            draft.alter(record[flaw.line], place.table, name, flaw.raw, flaw.value, flaw.reason)


ByField: TypeAlias = Mapping[str, Found]

_NAMES_A_PATENT = ("application.number", "publication.number", "publication.grant.number", "priority.number")


def tabulate(block: RowBlock, columns: Sequence[Column], language: str | None = None) -> Draft:
    """Turn a block of rows into a draft with one record per row.

    Columns of one raw table and group make its rows together (see `paired_lists.pair`).
    """
    block = _identified(block, columns)
    draft = Draft()
    draft.lines.extend(block.lines)
    for line, value, reason in block.rejections:
        draft.reject(line, value, reason)
    _tell_flaws(draft, block, columns)
    if not len(block):
        return draft
    found, leftovers = _by_field(block, columns)
    _fill_application(draft, found, len(block))
    _fill_texts(draft, found, language)
    for _, group in groupby(_listed(found), key=lambda each: (each.field.table, each.field.group)):
        leftovers += _fill_group(draft, [found[column.field.name] for column in group])
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


def _by_field(block: RowBlock, columns: Sequence[Column]) -> tuple[ByField, list[tuple[str, pa.StringArray]]]:
    """Values of each field (the first that is not blank wins), and what is kept under its header."""
    found: dict[str, tuple[Column, pa.StringArray]] = {}
    leftovers: list[tuple[str, pa.StringArray]] = []
    place = {column.field.name: index for index, column in reversed(list(enumerate(columns)))}
    placed = zip(columns, block.columns, strict=True)
    for column, values in sorted(placed, key=lambda each: (place[each[0].field.name], each[0].rank)):
        name = column.field.name
        if column.field.table == "ignore" or values.null_count == len(values):
            continue
        if column.field.table == "attribute":
            leftovers.append((column.field.fixed["name"], values))
        elif name not in found:
            found[name] = (column, values)
        elif column.more:
            first, taken = found[name]
            found[name] = (first, _appended(taken, values, first))
        else:
            first, taken = found[name]
            found[name] = (first, pc.coalesce(taken, values))
            other = pc.and_(pc.is_valid(taken), pc.fill_null(pc.not_equal(taken, values), False))
            if pc.any(other).as_py():
                leftovers.append((column.header, pc.if_else(other, values, pa.scalar(None, pa.string()))))
    return found, leftovers


def _appended(taken: pa.StringArray, values: pa.StringArray, column: Column) -> pa.StringArray:
    """Both values of each record as one list."""
    separator = (column.separators or ("",))[0]
    return pc.binary_join_element_wise(taken, values, separator, null_handling="skip")


def _fill_application(draft: Draft, found: ByField, count: int) -> None:
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


def _fill_texts(draft: Draft, found: ByField, language: str | None) -> None:
    for column, values in found.values():
        place = column.field
        if place.table not in ("text", "claim"):
            continue
        rows, texts = _present(values)
        numbers = None
        if place.name.startswith("claim.all"):
            claims = split_claims(texts)
            rows, texts, numbers = rows.take(claims.row), claims.text, claims.number
        fixed: dict[str, pa.Array] = _constants(place, len(texts))
        if "language" not in fixed:
            fixed["language"] = _languages(texts, language)
        if numbers is not None:
            fixed["number"] = numbers
        draft.fill(place.table, rows, {**fixed, "text": texts})


def _languages(texts: pa.StringArray, language: str | None) -> pa.StringArray:
    """Language of each text: the one stated, else told from the script."""
    if language:
        return pa.repeat(pa.scalar(language), len(texts))
    none = pa.scalar(None, pa.string())
    begin = pc.utf8_slice_codeunits(texts, 0, 60)
    han = pc.match_substring_regex(begin, r"\p{Han}")
    if not pc.all(han).as_py():
        han = pc.match_substring_regex(texts, r"\p{Han}")
    if not pc.any(han).as_py():
        return pa.nulls(len(texts), pa.string())
    kana = pc.match_substring_regex(begin, r"[\p{Hiragana}\p{Katakana}]")
    return pc.if_else(kana, pa.scalar("ja"), pc.if_else(han, pa.scalar("zh"), none))


def _listed(found: ByField) -> Iterable[Column]:
    listed = [column for column, _ in found.values() if column.field.is_list]
    return sorted(listed, key=lambda each: (each.field.table, each.field.group, not each.field.first))


def _fill_group(draft: Draft, found: Sequence[Found]) -> list[tuple[str, pa.StringArray]]:
    """Fill the rows of one raw table and group; values that found no row come back with their header."""
    place = found[0][0].field
    if place.table == "classification":
        for rows in _main_first(found):
            draft.fill(place.table, rows.row, {**_constants(place, len(rows.row)), **rows.values})
        return []
    made = pair(found)
    if len(made.record):
        draft.fill(place.table, made.record, {**_constants(place, len(made.record)), **made.values})
    return list(made.stray)


def _main_first(found: Sequence[Found]) -> list[Items]:
    """Symbols of each record with its main one in front, and that only once."""
    mains = [split(column, values) for column, values in found if column.field.first]
    lists = [split(column, values) for column, values in found if not column.field.first]
    if not mains or not lists:
        return mains + lists
    main, others = mains[0], lists[0]
    symbols = _symbols(main.values["symbol"])
    keys = main.row.to_numpy(zero_copy_only=False)
    at = np.searchsorted(keys, others.row.to_numpy(zero_copy_only=False))
    at_main = pa.array(np.minimum(at, len(keys) - 1))
    same = pc.and_(
        pc.equal(main.row.take(at_main), others.row),
        pc.equal(symbols.take(at_main), _symbols(others.values["symbol"])),
    )
    listed = pc.is_in(main.row, value_set=others.row.filter(same))
    return [main.filter(pc.invert(listed)), others.filter(same), others.filter(pc.invert(same))]


def _symbols(written: pa.StringArray) -> pa.StringArray:
    """Symbols for comparison: without blanks and what follows in brackets."""
    if marks_in(written, (" ", "(", "（")):
        return pc.replace_substring_regex(written, r"\s+|[(（].*", "")
    return written


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
