# SPDX-License-Identifier: Apache-2.0
"""Facts made of rows written in a test, for derivations to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from zhihang.derivation.derivation import Derivation, Facts
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.store.engine import Engine

Rows = Sequence[Mapping[str, object]]


def facts(engine: Engine, tables: Mapping[str, Rows], **more: Any) -> Facts:
    """Facts of the given rows; other tables are empty, missing columns blank, days may be written as text."""

    def table(name: str) -> Any:
        return engine.values(_rows(name, tables.get(name, ())))

    return Facts(tables=table, engine=engine, today=date(2020, 1, 1), **more)


def derived(
    derivation: Derivation, engine: Engine, tables: Mapping[str, Rows], **more: Any
) -> list[dict[str, Any]]:
    """Rows of a derivation in the order of its key."""
    table = TABLES[derivation.name]
    found = derivation.derive(facts(engine, tables, **more))
    if hasattr(found, "order_by"):
        rows = engine.collect(found.order_by(*table.key).select(*table.names))
    else:
        rows = (
            pa.Table.from_batches(found)
            .select(list(table.names))
            .sort_by([(key, "ascending") for key in table.key])
        )
    schema = pa.schema([field for field in table.schema if field.name in table.names])
    made: list[dict[str, Any]] = rows.cast(schema).to_pylist()
    return made


def own_lists(folder: Path, **texts: str) -> CodeLists:
    """Code lists of an office: the given texts by name, before those of the package."""
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return CodeLists((folder,))


def _rows(name: str, rows: Rows) -> pa.Table:
    schema = TABLES[name].schema
    columns = {
        field.name: pa.array([_value(row.get(field.name), field) for row in rows], field.type)
        for field in schema
    }
    return pa.table(columns, schema=schema)


def _value(value: object, field: pa.Field) -> object:
    return date.fromisoformat(value) if isinstance(value, str) and field.type == pa.date32() else value
