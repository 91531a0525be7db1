# SPDX-License-Identifier: Apache-2.0
"""The list of IPC symbols, and the symbols of a store that are not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

_PLACE = ("application_id", "symbol", "version", "position", "file_id", "line")


def ipc_symbols(classification: ir.Table) -> ir.Table:
    """IPC symbols with their subclass (``H01M``) and main group (``H01M10``; blank where the symbol has none)."""
    symbols = classification.filter(classification.scheme == "ipc")
    main_group = symbols.symbol.re_extract(r"^([A-H][0-9]{2}[A-Z][0-9]{1,4})", 1)
    return symbols.select(*_PLACE, subclass=symbols.symbol.substr(0, 4), main_group=main_group)


def with_any_of(symbols: ir.Table, column: str, values: Sequence[str]) -> ir.Table:
    """Keep the symbols whose subclass or main group is one of `values`, and show where they stand."""
    return symbols.filter(symbols[column].isin(list(values) or [""])).select(*_PLACE)


def unknown_subclasses(occurring: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return those subclasses that the list does not have."""
    return sorted(set(occurring) - {row["subclass"] for row in rows})


def unknown_main_groups(occurring: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return those main groups that the list does not have, of subclasses whose main groups it lists."""
    known = {
        row["subclass"]: {*row["main_groups"].split(), *row["former_groups"].split()}
        for row in rows
        if row["main_groups"]
    }
    return sorted(
        group for group in occurring if group[:4] in known and group[4:].lstrip("0") not in known[group[:4]]
    )
