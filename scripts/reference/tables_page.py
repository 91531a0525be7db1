# SPDX-License-Identifier: Apache-2.0
"""The data dictionary: every table with every column, from `zhihang.facts.tables`."""

from __future__ import annotations

from reference.markdown import code, table
from zhihang.facts.table import ARROW_TYPES, PROVENANCE, TABLES, Column, Table

TYPES = {
    "text": "text, as the source writes it",
    "code": "an id, or a code of a list",
    "integer": "whole number",
    "number": "number with a fraction",
    "boolean": "true or false",
    "date": "day",
    "moment": "point in time, UTC",
}
POLICIES = {
    "columns": "one row per key; each column takes the value of the best source that has one",
    "set": "all rows of a group come from the best source that has any",
    "union": "rows of all sources, equal ones once, from the best source",
    "none": "rows stay as they are",
}


def tables_page() -> str:
    """Return the page on all tables."""
    found = list(TABLES)
    return "\n\n".join([_opening(found), _shared(), *map(_section, found)])


def _opening(tables: list[Table]) -> str:
    rows = [
        (f"[`{t.name}`](#{t.name})", t.label.zh, t.label.en, len(t.columns), t.description) for t in tables
    ]
    return "\n\n".join(
        [
            "# Tables",
            "Everything the store knows stands in these tables. `zhihang query` reads them by these names. A blank\n"
            "means: no source says so. `NAME_recorded` (for example `application_recorded`) has the rows as each file\n"
            "gave them, before files were merged.",
            table(["table", "中文", "English", "columns", "one row is"], rows, numbers=["columns"]),
        ]
    )


def _shared() -> str:
    types = [(code(name), TYPES[name], code(str(arrow))) for name, arrow in ARROW_TYPES.items()]
    policies = [(code(name), meaning) for name, meaning in POLICIES.items()]
    return "\n\n".join(
        [
            "## What the tables share",
            "Every table but `file` and `run` ends in three columns that lead back to the source:",
            _columns(PROVENANCE),
            "**Types.**",
            table(["type", "meaning", "in Parquet and Arrow"], types),
            "**Merging**: what happens when several records speak of one application; see\n"
            "[how one truth comes about](../explanation/merging.md).",
            table(["rule", "meaning"], policies),
            "**Halves of dates.** A date that a source gives by year or month only stands in `..._partial`; the\n"
            "column with the full date is blank then.",
        ]
    )


def _section(declared: Table) -> str:
    per = f" by {', '.join(map(code, declared.merge.per))}" if declared.merge.per else ""
    facts = [
        f"**Key**: {', '.join(map(code, declared.key))}.",
        f"**Merging**: {code(declared.merge.policy)}{per}.",
        *([] if declared.provenance else ["The store itself keeps this table; it has no source columns."]),
    ]
    return "\n\n".join(
        [
            f"## {declared.name}",
            f"{declared.label.zh} · {declared.label.en}. {declared.description}",
            "  \n".join(facts),
            _columns(declared.columns),
        ]
    )


def _columns(columns: tuple[Column, ...]) -> str:
    rows = [
        (
            code(column.name) + (" **\\***" if column.required else ""),
            column.type,
            f"[{column.codes}](codelists.md#{column.codes})" if column.codes else column.unit,
            f"{column.label.zh} · {column.label.en}",
            column.description,
        )
        for column in columns
    ]
    return table(["column (\\* never blank)", "type", "codes, unit", "label", "meaning"], rows)
