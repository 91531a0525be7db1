# SPDX-License-Identifier: Apache-2.0
"""How much the store holds and how complete it is: rows, filled columns, applications reached by each table."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from zhihang.facts.table import TABLES, Table
from zhihang.quality.check import Collect, Tables


def table_rows(tables: Tables, collect: Collect) -> pa.Table:
    """Rows of every table of the dictionary: `table`, `zh`, `en`, `rows`."""
    found = []
    for table in TABLES:
        counted = tables(table.name)
        rows = collect(counted.aggregate(rows=counted.count())).column("rows")[0].as_py()
        found.append({"table": table.name, "zh": table.label.zh, "en": table.label.en, "rows": rows})
    return pa.Table.from_pylist(found)


def column_coverage(tables: Tables, collect: Collect) -> pa.Table:
    """Share of rows (0 to 1) in which each important column has a value.

    Columns: `table`, `group`, `column`, `zh`, `en`, `rows`, `filled`, `share`. Parties are told apart by role
    (`group`), because hardly any source gives addresses of inventors. A group without rows has no share.
    """
    found: list[dict[str, object]] = []
    for table in TABLES:
        columns = [column for column in table.columns if column.important]
        if columns:
            found += _covered(table, [column.name for column in columns], tables, collect)
    return pa.Table.from_pylist(found, schema=_COVERAGE)


def _covered(table: Table, names: list[str], tables: Tables, collect: Collect) -> list[dict[str, object]]:
    rows = tables(table.name)
    figures = {"rows_": rows.count(), **{name: rows[name].count() for name in names}}
    grouped = "role" in table.names
    counted = rows.group_by("role").aggregate(**figures) if grouped else rows.aggregate(**figures)
    found: list[dict[str, object]] = []
    for row in sorted(collect(counted).to_pylist(), key=lambda row: str(row.get("role"))):
        for name in names:
            column = table.column(name)
            share = row[name] / row["rows_"] if row["rows_"] else None
            found.append(
                {
                    "table": table.name,
                    "group": row.get("role"),
                    "column": name,
                    "zh": column.label.zh,
                    "en": column.label.en,
                    "rows": row["rows_"],
                    "filled": row[name],
                    "share": share,
                }
            )
    return found


def reach(tables: Tables, collect: Collect, names: Iterable[str] | None = None) -> pa.Table:
    """Applications that have at least one row in each table: `table`, `zh`, `en`, `applications`, `share` (0 to 1)."""
    application = tables("application")
    whole = collect(application.aggregate(rows=application.count())).column("rows")[0].as_py()
    chosen = list(names) if names is not None else [t.name for t in TABLES if _about_applications(t)]
    found = []
    for name in chosen:
        rows = tables(name)
        counted = collect(rows.aggregate(reached=rows.application_id.nunique()))
        reached = counted.column("reached")[0].as_py()
        label = TABLES[name].label
        share = reached / whole if whole else None
        found.append({"table": name, "zh": label.zh, "en": label.en, "applications": reached, "share": share})
    return pa.Table.from_pylist(found, schema=_REACH)


def _about_applications(table: Table) -> bool:
    return table.merge.policy != "none" and table.name != "application"


_REACH = pa.schema(
    [
        ("table", pa.string()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("applications", pa.int64()),
        ("share", pa.float64()),
    ]
)

_COVERAGE = pa.schema(
    [
        ("table", pa.string()),
        ("group", pa.string()),
        ("column", pa.string()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("rows", pa.int64()),
        ("filled", pa.int64()),
        ("share", pa.float64()),
    ]
)
