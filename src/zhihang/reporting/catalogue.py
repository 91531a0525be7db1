# SPDX-License-Identifier: Apache-2.0
"""The catalogue: what lies on each shelf and what each thing is, as rows for `list` and `show`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhihang.errors import NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES, Column
from zhihang.ingestion.reader import Reader
from zhihang.shelf import Shelf
from zhihang.store.engine import ENGINES
from zhihang.store.manifest import Manifest
from zhihang.store.snapshot import declared
from zhihang.terms.label import Label

Rows = list[dict[str, Any]]
Shown = dict[str, Any]


def list_things(what: str, readers: Shelf[Reader], manifest: Callable[[], Manifest]) -> Rows:
    """Return a row for each thing of a kind: readers, tables, derivations, codelists, checks and more."""
    kinds: Mapping[str, Callable[[], Rows]] = {
        "readers": lambda: [_reader_row(reader) for reader in readers],
        "tables": _tables,
        "codelists": _code_lists,
        "derivations": _derivations,
        "checks": _checks,
        "scenarios": _scenarios,
        "event-rules": _event_rules,
        "matchers": _matchers,
        "engines": lambda: [{"name": name} for name in ENGINES.names()],
        "files": lambda: [_without(entry.model_dump(), "rows", "mapping") for entry in manifest().files],
        "runs": lambda: [run.model_dump() for run in manifest().runs],
    }
    if what not in kinds:
        raise NotFound.named("kind of thing", what, kinds)
    return kinds[what]()


def show_thing(what: str, name: str, readers: Shelf[Reader]) -> Shown:
    """Return the facts and parts of one reader, table, code list or check."""
    kinds: Mapping[str, Callable[[], Shown]] = {
        "reader": lambda: {"facts": _reader_row(readers[name]), "parts": {}},
        "table": lambda: _table(name),
        "codelist": lambda: _code_list(name),
        "check": lambda: {"facts": _one(_checks(), "check", name), "parts": {}},
        "derivation": lambda: {"facts": _one(_derivations(), "derivation", name), "parts": {}},
        "scenario": lambda: {"facts": _one(_scenarios(), "scenario", name), "parts": {}},
    }
    if what not in kinds:
        raise NotFound.named("kind of thing", what, [*kinds, "application"])
    return kinds[what]()


def _one(rows: Rows, kind: str, name: str) -> dict[str, Any]:
    found = {str(row["name"]): row for row in rows}
    if name not in found:
        raise NotFound.named(kind, name, found, see=f"zhihang list {kind}s")
    return found[name]


def _reader_row(reader: Reader) -> dict[str, Any]:
    return {
        "name": reader.name,
        "zh": reader.label.zh,
        "en": reader.label.en,
        "precedence": reader.precedence,
        "description": reader.description,
    }


def _event_rules() -> Rows:
    from zhihang.matching.event_rule import event_rules

    return [_thing(rule.name, rule.label, rule.description) for rule in event_rules()]


def _matchers() -> Rows:
    from zhihang.matching.matcher import matchers

    return [_thing(way.name, way.label, way.description) for way in matchers()]


def _thing(name: str, label: Label, description: str) -> dict[str, Any]:
    return {"name": name, "zh": label.zh, "en": label.en, "description": description}


def _tables() -> Rows:
    return [
        {
            "name": t.name,
            "zh": t.label.zh,
            "en": t.label.en,
            "columns": len(t.columns),
            "description": t.description,
        }
        for t in TABLES
    ]


def _table(name: str) -> Shown:
    table = declared(name)
    merge = f"{table.merge.policy} ({', '.join(table.merge.per)})" if table.merge.per else table.merge.policy
    facts = {
        "name": table.name,
        "zh": table.label.zh,
        "en": table.label.en,
        "description": table.description,
        "key": ", ".join(table.key),
        "merging": merge,
    }
    return {"facts": facts, "parts": {"Columns 字段": [_column_row(column) for column in table.all_columns]}}


def _column_row(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "unit": column.unit,
        "codes": column.codes,
        "zh": column.label.zh,
        "en": column.label.en,
        "description": column.description,
    }


def _derivations() -> Rows:
    from zhihang.derivation.derivation import derivations

    return [
        {
            "name": each.name,
            "zh": TABLES[each.name].label.zh,
            "en": TABLES[each.name].label.en,
            "reads": ", ".join(each.reads),
            "per": each.per,
            "description": each.description,
        }
        for each in derivations()
    ]


def _code_lists() -> Rows:
    """Return the lists of plain codes, and the number of rows of those that say more than a name (ipc, kind_code)."""
    lists = CodeLists()
    found: Rows = []
    for name in lists.names():
        rows = lists.rows(name)
        plain = bool(rows) and {"code", "zh", "en"} <= rows[0].keys()
        label = lists[name].label if plain else None
        found.append(
            {
                "name": name,
                "zh": label.zh if label else "",
                "en": label.en if label else "",
                "rows": len(rows),
            }
        )
    return found


def _code_list(name: str) -> Shown:
    lists = CodeLists()
    rows = [dict(row) for row in lists.rows(name)]
    return {"facts": {"name": name, "rows": len(rows)}, "parts": {"Rows 条目": rows}}


def _checks() -> Rows:
    from zhihang.quality.check import checks

    return [
        {
            "name": c.name,
            "severity": c.severity,
            "zh": c.label.zh,
            "en": c.label.en,
            "description": c.description,
        }
        for c in checks()
    ]


def _scenarios() -> Rows:
    from zhihang.simulation.load import scenarios

    return [
        {"name": s.name, "regions": ", ".join(s.regions), "zh": s.label.zh, "en": s.label.en}
        for s in scenarios()
    ]


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in names}
