# SPDX-License-Identifier: Apache-2.0
"""Normalisation of forms: rows on firms, industries and parks in the dictionary's units and codes, bad cells listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.form import Form
from zhihang.facts.region_name import COUNTRY
from zhihang.facts.table import TABLES, Column, Table
from zhihang.ingestion import form_value
from zhihang.ingestion.columns import as_missing
from zhihang.ingestion.draft import UNITS
from zhihang.ingestion.form_check import check_figures
from zhihang.ingestion.form_value import Cell
from zhihang.ingestion.normalise_observation import find_region
from zhihang.ingestion.refused import Refusals

_SPECIAL: Mapping[str, Callable[[str], Cell]] = {
    "credit_code": form_value.credit_code,
    "titles": form_value.titles,
    "boundary": form_value.boundary,
    "industry_edition": form_value.edition,
    "longitude": form_value.degrees,
    "latitude": form_value.degrees,
    "year": form_value.year,
    "series": form_value.series,
}


def normalise_form(form: Form, raw: pa.Table, refusals: Refusals) -> dict[str, pa.Table]:
    """Turn raw rows of a form into rows of its tables, with `record`, without provenance.

    A row without what it is about, or without its year, is refused whole. A cell that cannot be read, and figures that
    contradict each other, stay blank and are listed.
    """
    raw = raw.combine_chunks()
    table = form.tables[0]
    units = _units(raw)
    texts = {name: as_missing(raw.column(name)) for name in raw.schema.names if name not in ("record", UNITS)}
    columns: dict[str, pa.Array] = {"record": raw.column("record").combine_chunks()}
    for column in form.columns:
        values, problem = _read(form, column, texts, units)
        refusals.values(table, column.name, raw, texts[column.name], problem)
        columns[column.name] = values
    columns["region_name"] = texts["region"]
    _complete_industry(columns)
    if "series" in columns:
        columns["series"] = pc.coalesce(columns["series"], _census(columns["source"]))
    _complete_region(form, columns)
    if "name" in columns:
        columns["enterprise"] = pc.coalesce(columns["credit_code"], columns["name"])
    rows = check_figures(form.tables[-1], pa.table(columns), refusals)
    rows = _needed(form, rows, texts, refusals)
    rows = _once(form, rows, refusals)
    return {name: _of_table(TABLES[name], rows) for name in form.tables}


def _units(raw: pa.Table) -> dict[str, str]:
    told = raw.column(UNITS)[0].as_py() or ""
    return dict(part.split("=", 1) for part in told.split(";") if part)


def _read(
    form: Form, column: Column, texts: Mapping[str, pa.Array], units: Mapping[str, str]
) -> tuple[pa.Array, pa.Array]:
    written = texts[column.name]
    kind = column.arrow_type
    if column.name in _SPECIAL:
        return form_value.each(written, _SPECIAL[column.name], kind)
    if column.name == "industry":
        return _industries(written, texts.get("industry_edition"))
    if column.name == "region":
        return form_value.each(written, _region, kind)
    if column.name == "park" and form.identity != "park":
        return form_value.each(written, form_value.one_park, kind)
    if column.type == "number":
        return form_value.numbers(written, column.unit or "", units.get(column.name))
    if column.type == "date":
        return form_value.each(written, form_value.day, kind)
    if column.type == "boolean":
        return form_value.each(written, form_value.yes_or_no, kind)
    if column.codes is not None:
        return form_value.each(written, form_value.listed(column.codes), kind)
    return written, pa.nulls(len(written), pa.string())


def _region(text: str) -> Cell:
    return Cell(*find_region(text, None))


def _industries(written: pa.Array, editions: pa.Array | None) -> tuple[pa.Array, pa.Array]:
    stated = editions.to_pylist() if editions is not None else [None] * len(written)
    known: dict[tuple[str | None, str | None], Cell] = {}
    cells = []
    for pair in zip(written.to_pylist(), stated, strict=True):
        if pair not in known:
            read = form_value.edition(pair[1]).value if pair[1] else None
            known[pair] = (
                Cell(None) if pair[0] is None else form_value.industry(pair[0], str(read) if read else None)
            )
        cells.append(known[pair])
    values = pa.array([cell.value for cell in cells], pa.string())
    return values, pa.array([cell.problem for cell in cells], pa.string())


def _census(source: pa.Array) -> pa.Array:
    """The census that the title of a source names."""
    named, _ = form_value.each(source, form_value.census, pa.string())
    return named


def _complete_industry(columns: dict[str, pa.Array]) -> None:
    """An industry without a stated edition was read in the newest one."""
    if "industry_edition" in columns:
        newest = pc.if_else(
            pc.is_valid(columns["industry"]), form_value.EDITION, pa.scalar(None, pa.string())
        )
        of_classes = pc.fill_null(pc.starts_with(columns["industry"], "PI"), False)
        newest = pc.if_else(of_classes, form_value.CLASSES_2019, newest)
        columns["industry_edition"] = pc.coalesce(columns["industry_edition"], newest)


def _complete_region(form: Form, columns: dict[str, pa.Array]) -> None:
    """Statistics of industries that name no region speak of the nation."""
    if form.identity == "industry":
        columns["region"] = pc.coalesce(columns["region"], pa.scalar(COUNTRY))


def _needed(form: Form, rows: pa.Table, texts: Mapping[str, pa.Array], refusals: Refusals) -> pa.Table:
    """Refuse rows that lack what they are about, or what else the form needs."""
    kept = pa.chunked_array([pa.repeat(pa.scalar(True), rows.num_rows)])
    for name in (form.identity, *form.needed):
        missing = pc.and_(kept, pc.is_null(rows[name]))
        for place in pc.indices_nonzero(missing).to_pylist():
            written = texts[name][place].as_py()
            if not written:
                told = f"the row has no {name}"
                refusals.record(rows["record"][place].as_py(), form.tables[0], name, None, told)
            else:
                refusals.record(
                    rows["record"][place].as_py(), form.tables[0], name, written, "needed, but not readable"
                )
        kept = pc.and_(kept, pc.invert(missing))
    return rows.filter(kept)


def _once(form: Form, rows: pa.Table, refusals: Refusals) -> pa.Table:
    """Refuse a second row on the same thing and year; the first one stands."""
    key = [name for name in TABLES[form.tables[0]].key if name in rows.column_names]
    seen: dict[tuple[object, ...], int] = {}
    kept = []
    for place, values in enumerate(zip(*(rows[name].to_pylist() for name in key), strict=True)):
        kept.append(values not in seen)
        if values in seen:
            told = f"a second row on it{_difference(rows, seen[values], place)}; the first one stands"
            refusals.record(rows["record"][place].as_py(), form.tables[0], key[0], str(values[0]), told)
        seen.setdefault(values, place)
    return rows if all(kept) else rows.filter(pa.array(kept))


def _difference(rows: pa.Table, one: int, other: int) -> str:
    names = [name for name in rows.column_names if name not in ("record", "name", "enterprise")]
    found = [name for name in names if rows[name][one].as_py() != rows[name][other].as_py()]
    return f", with another {', '.join(found[:4])}" if found else ", the same"


def _of_table(table: Table, rows: pa.Table) -> pa.Table:
    """Rows of one table; rows of figures that hold none are left out."""
    found = rows.select(["record", *table.names])
    figures = [column.name for column in table.columns if column.type == "number"]
    if table.name != "enterprise_year":
        return found
    present = [pc.is_valid(found[name]) for name in figures]
    mask = present[0]
    for one in present[1:]:
        mask = pc.or_(mask, one)
    return found.filter(mask)
