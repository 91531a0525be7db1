# SPDX-License-Identifier: Apache-2.0
"""Which column of a table of firms, industries or parks says what; it turns rows into drafts with one raw table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
import pyarrow as pa

from zhihang.facts.form import FORMS, Form, form
from zhihang.ingestion.draft import FORM, UNITS, Draft
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.row_block import RowBlock
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import Body

_UNIT = re.compile(r"(.+?)(?:[(\[]([^()\[\]]{1,12})[)\]]|[,:/、]?单位[:：]?([^()]{1,8}))")
FEWEST = 2
"""So many of the marks of a form tell its tables from others."""


@dataclass(frozen=True)
class FormLayout:
    """The columns of a table: their headers, the field of each (None: not taken), the unit a header gives."""

    form: Form
    headers: tuple[str, ...]
    fields: tuple[str | None, ...]
    units: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_header(
        cls,
        made: Form,
        row: Sequence[str],
        *,
        overrides: Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
    ) -> FormLayout:
        """Read a header; `overrides` (header -> field) and `units` (field -> unit) go before what it says itself."""
        own = {fold_header(header): name for header, name in (overrides or {}).items()}
        known = form_headers(made.name)
        fields: list[str | None] = []
        found: dict[str, str] = {}
        for cell in row:
            folded = fold_header(cell)
            bare, unit = _unit_apart(folded)
            name = own.get(folded) or known.get(folded) or known.get(bare)
            name = None if name in fields else name
            fields.append(name)
            if name and unit and folded not in known:
                found[name] = unit
        return cls(made, tuple(cell.strip() for cell in row), tuple(fields), {**found, **(units or {})})

    def has(self, name: str) -> bool:
        """Say whether a column holds this field."""
        return name in self.fields

    @property
    def marks(self) -> int:
        """How many columns tell that the table is one of this form; 0 without the column that names what it is about."""
        return sum(self.has(mark) for mark in self.form.marks) if self.has(self.form.identity) else 0

    def drafts(self, rows: Body) -> Iterator[Draft]:
        """Turn the rows below the header into drafts, one record per row."""
        for block in rows.blocks(self.headers):
            yield self._draft(block)

    def _draft(self, block: RowBlock) -> Draft:
        draft = Draft()
        draft.lines.extend(block.lines)
        for line, value, reason in block.rejections:
            draft.reject(line, value, reason)
        if len(block):
            columns = {
                place: values
                for place, values in zip(self.fields, block.columns, strict=True)
                if place is not None
            }
            told = ";".join(f"{name}={unit}" for name, unit in self.units.items())
            columns[UNITS] = pa.repeat(pa.scalar(told), len(block))
            draft.fill(FORM + self.form.name, pa.array(np.arange(len(block), dtype=np.int32)), columns)
        return draft


def find_form_header(sample: Sample, name: str) -> int | None:
    """Index of the first sampled row that heads a table of this form, and of no other more likely."""
    if sample.shape != "sheet":
        return None
    for index, row in enumerate(sample.rows):
        marks = _marks_of_forms(tuple(row))
        if marks[name] >= FEWEST:
            rivals = [other for other, count in marks.items() if other != name and count >= FEWEST]
            return index if not rivals or _first(rivals, name) else None
    return None


@lru_cache(maxsize=32)
def _marks_of_forms(row: tuple[str, ...]) -> Mapping[str, int]:
    """Marks of each form in a row; the reader of each form asks for those of all."""
    return {each.name: FormLayout.from_header(each, row).marks for each in FORMS.values()}


def _first(rivals: Sequence[str], name: str) -> bool:
    """Whether a form goes before the others: a table that names firms is one of firms, whatever else it says."""
    order = list(FORMS)
    return all(order.index(name) < order.index(rival) for rival in rivals)


@lru_cache(maxsize=8)
def form_headers(name: str) -> Mapping[str, str]:
    """Return the known headers of a form, folded, with their field."""
    found: dict[str, str] = {}
    for column in form(name).columns:
        for header in (column.name, column.label.zh, column.label.en):
            found.setdefault(fold_header(header), column.name)
    text = files("zhihang.ingestion").joinpath("form_headers.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["form"] == name:
            found.setdefault(fold_header(row["header"]), row["field"])
    return found


def _unit_apart(header: str) -> tuple[str, str | None]:
    found = _UNIT.fullmatch(header)
    return (found[1], (found[2] or found[3]).removeprefix("单位:")) if found else (header, None)
