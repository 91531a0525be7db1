# SPDX-License-Identifier: Apache-2.0
"""The page on the code lists, from `zhihang.facts.codelists`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reference.markdown import code, table
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES

WHOLE = 30
"""A list of up to so many rows is shown in full."""
FIRST = 8
Rows = Sequence[Mapping[str, str]]


def codelists_page() -> str:
    """Return the page on all code lists."""
    lists = CodeLists()
    names = [name for name in lists.names() if name != "codelist"]
    labels = {row["code"]: row for row in lists.rows("codelist")}
    rows = [
        (
            f"[`{name}`](#{name})",
            labels[name]["zh"],
            labels[name]["en"],
            len(lists.rows(name)),
            _used_by(name),
        )
        for name in names
    ]
    opening = [
        "# Code lists",
        "Columns of type `code` hold codes of these lists. Each is a CSV file in `src/zhihang/facts/codelists`, with\n"
        "its source; a workspace's own folder `codelists` is looked at first. `zhihang show codelist NAME` prints\n"
        "one in full.",
        table(["list", "中文", "English", "rows", "used by"], rows, numbers=["rows"]),
    ]
    return "\n\n".join([*opening, *(_section(name, labels[name], lists.rows(name)) for name in names)])


def _used_by(name: str) -> str:
    users = [f"{t.name}.{c.name}" for t in TABLES for c in t.columns if c.codes == name]
    return ", ".join(map(code, users))


def _section(name: str, label: Mapping[str, str], rows: Rows) -> str:
    note = f" {label['note'][0].upper()}{label['note'][1:]}." if label.get("note") else ""
    shown = rows if len(rows) <= WHOLE else rows[:FIRST]
    columns = [column for column in rows[0] if column != "source" and any(row[column] for row in shown)]
    parts = [
        f"## {name}",
        f"{label['zh']} · {label['en']}.{note} {len(rows):,} rows. Source: {_sources(rows)}.",
        table(columns, [[row[column] for column in columns] for row in shown]),
    ]
    return "\n\n".join(
        parts if len(shown) == len(rows) else [*parts, f"... and {len(rows) - len(shown):,} more."]
    )


def _sources(rows: Rows) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        source = row.get("source") or "own"
        counts[source] = counts.get(source, 0) + 1
    order = sorted(counts, key=lambda source: (-counts[source], source))
    told = ["this project" + source[3:] if source.startswith("own") else source for source in order[:3]]
    return "; ".join(told) + (f"; and {len(order) - 3} more" if len(order) > 3 else "")
