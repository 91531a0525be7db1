# SPDX-License-Identifier: Apache-2.0
"""A draft: a batch of records as a reader found them, every value still the source's own text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import pyarrow as pa

from zhihang.facts.form import FORMS

FORM, UNITS = "form ", "units"
"""Before the name of a form in that of its raw table; the raw column that holds the units its header gives."""
Texts: TypeAlias = "pa.Array | pa.ChunkedArray | Sequence[str | None]"

# What readers may say, table by table. All values are text as written; normalisation reads numbers, dates, symbols.
RAW_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "application": (
        "office",  # ST.3 code or the office's name, if the source states it apart from the number
        "number",
        "kind",  # the source's word for the kind of right (发明专利, utility, B2 ...)
        "filing_date",
        "grant_date",
        "pct_number",
        "legal_status",
        "legal_status_date",
    ),
    "publication": ("office", "number", "kind_code", "date"),
    "party": (
        "role",
        "name",
        "name_latin",
        "address",
        "postcode",
        "country",
        "province",
        "city",
        "county",
        "type",
        "identifier",
    ),
    "classification": ("scheme", "symbol", "value", "version"),
    "citation": (
        "number",
        "text",
        "category",
        "origin",
        "publication",
    ),  # number: a patent document; text: anything as written; publication: who cites, if not the first one
    "cited_by": ("number",),
    "priority": ("office", "number", "date"),
    "legal_event": ("date", "effective_date", "office", "code", "name", "detail"),
    "family_member": ("scheme", "family_id", "number"),
    "relation": ("type", "office", "number", "date"),
    "attribute": ("name", "value"),
    "text": (
        "part",
        "language",
        "text",
        "publication",
    ),  # publication: its number, when not the record's first
    "claim": ("number", "language", "depends_on", "text", "publication"),
    "observation": (
        "indicator",
        "region",
        "region_name",
        "period",
        "period_kind",
        "dimension",
        "value",
        "unit",
        "status",
        "note",
        "source",
        "source_address",
    ),
    **{FORM + form.name: (*(column.name for column in form.columns), UNITS) for form in FORMS.values()},
}


class Draft:
    """Records of one batch, spread over raw tables.

    A reader that goes record by record (XML, JSON, tagged text) calls `record` once per record and
    then `add` for each row belonging to it. A reader that goes column by column (worksheets, CSV)
    fills whole raw tables with `fill`. Both may be mixed. Order within a record is kept: it becomes
    `sequence` or `position`.

    Examples
    --------
    >>> draft = Draft()
    >>> draft.record(line=1)
    >>> draft.add("application", number="12/345,678", office="US")
    >>> draft.add("party", role="applicant", name="Sample Corp")
    >>> draft.table("party").column("name").to_pylist()
    ['Sample Corp']
    """

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.rejections: list[tuple[int, str, str, str]] = []
        self.alterations: list[tuple[int, str, str, str, str, str]] = []
        self._rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in RAW_COLUMNS}
        self._filled: dict[str, list[pa.Table]] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def record(self, line: int) -> None:
        """Begin a record found at `line` of the source (see `facts.table.PROVENANCE`)."""
        self.lines.append(line)

    def add(self, table: str, **values: str | None) -> None:
        """Add one row of raw text to `table` for the record begun last."""
        get = values.get
        self._rows[table].append((len(self.lines) - 1, *[get(name) for name in RAW_COLUMNS[table]]))

    def extend(self, table: str, rows: Iterable[tuple[str | bytes | None, ...]]) -> None:
        """Add rows to `table` for the record begun last, each in the order of `RAW_COLUMNS`, texts also as UTF-8."""
        record = len(self.lines) - 1
        self._rows[table] += [(record, *row) for row in rows]

    def reject(self, line: int, value: str, reason: str, *, column: str = "") -> None:
        """Report a record that cannot be read at all: it is counted, listed and left out."""
        self.rejections.append((line, column, _whole(value[:500]), reason))

    def alter(self, record: int, table: str, column: str, raw: str, value: str, reason: str) -> None:
        """Report a value of `record` (0-based within this draft) whose content the reader mended."""
        self.alterations.append((record, table, column, _whole(raw), _whole(value), reason))

    def fill(self, table: str, record: pa.Array, columns: Mapping[str, pa.Array]) -> None:
        """Add many rows at once: `record` holds each row's record (0-based within this draft), int32."""
        missing = pa.nulls(len(record), pa.string())
        arrays = [record, *[columns.get(name, missing) for name in RAW_COLUMNS[table]]]
        self._filled.setdefault(table, []).append(pa.table(arrays, schema=raw_schema(table)))

    def table(self, name: str) -> pa.Table:
        """Return all rows of raw table `name`: `record` (int32) and its text columns, in the order given."""
        schema = raw_schema(name)
        parts = list(self._filled.get(name, []))
        if self._rows[name]:
            columns = zip(*self._rows[name], strict=True)
            arrays = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            parts.append(pa.table(arrays, schema=schema))
        return pa.concat_tables(parts) if parts else schema.empty_table()


def _array(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_whole(value) if isinstance(value, str) else value for value in values], kind)


def _whole(text: str) -> str:
    """Replace half characters (JSON can write one half of a surrogate pair alone) by U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def raw_schema(name: str) -> pa.Schema:
    """Schema of a raw table: the record number and text columns."""
    return pa.schema([pa.field("record", pa.int32()), *(pa.field(c, pa.string()) for c in RAW_COLUMNS[name])])
