# SPDX-License-Identifier: Apache-2.0
"""Conditions on class symbols: a symbol and all below it, ranges, single symbols."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zhihang.facts.codelist import CodeLists
from zhihang.retrieval.query import ClassRange, ClassUnder, Equals, Leaf
from zhihang.retrieval.query_language.class_value import order_key
from zhihang.retrieval.query_language.tables import Tables, balanced

if TYPE_CHECKING:
    import ibis.expr.types as ir

SCHEME = "ipc_scheme"
"""Code list a workspace may hold: every symbol (`symbol`) with the one right above it (`parent`)."""
_AFTER_DIGITS = ":"


def classified(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    """Hold for applications that bear one of the symbols."""
    rows = tables.table("classification")
    found = rows.filter(balanced(operator.or_, [_holds(leaf, rows, tables.codes) for leaf in asked]))
    return base.application_id.isin(found.application_id)


def _holds(leaf: Leaf, rows: ir.Table, codes: CodeLists) -> ir.BooleanValue:
    if isinstance(leaf, Equals) and leaf.field == "locarno":
        return (rows.scheme == "locarno") & (
            (rows.symbol == leaf.value) | rows.symbol.startswith(f"{leaf.value}-")
        )
    if isinstance(leaf, Equals):
        alone = rows.symbol == leaf.value
        return (
            _in_scheme(rows, "cpc" if leaf.field == "cpc" else "ipc", main=leaf.field == "main_ipc") & alone
        )
    if isinstance(leaf, ClassUnder):
        return _in_scheme(rows, leaf.scheme, main=leaf.main) & _below(leaf, rows, codes)
    assert isinstance(leaf, ClassRange)
    key = _key(rows.symbol)
    inside = (key >= order_key(leaf.low)) & (key < order_key(leaf.high) + _AFTER_DIGITS)
    return _in_scheme(rows, leaf.scheme, main=leaf.main) & inside


def _in_scheme(rows: ir.Table, scheme: str, *, main: bool) -> ir.BooleanValue:
    found = rows.scheme == scheme
    return found & (rows.position == 1) if main else found


def _below(leaf: ClassUnder, rows: ir.Table, codes: CodeLists) -> ir.BooleanValue:
    code = leaf.code
    if "/" in code:
        listed = below(code, codes) if leaf.scheme == "ipc" else None
        if listed is not None:
            return rows.symbol.isin(sorted(listed))
        return rows.symbol.startswith(code)
    return rows.symbol.startswith(f"{code}/" if len(code) > 4 else code)


def below(symbol: str, codes: CodeLists) -> frozenset[str] | None:
    """Return a symbol and all below it by the scheme that the workspace holds; None if it does not list it."""
    if SCHEME not in codes:
        return None
    children: dict[str, list[str]] = {}
    rows: Sequence[Mapping[str, str]] = codes.rows(SCHEME)
    for row in rows:
        children.setdefault(row.get("parent", ""), []).append(row.get("symbol", ""))
    if symbol not in {row.get("symbol") for row in rows}:
        return None
    found, waiting = {symbol}, [symbol]
    while waiting:
        more = [one for one in children.get(waiting.pop(), ()) if one not in found]
        found.update(more)
        waiting.extend(more)
    return frozenset(found)


def _key(symbol: ir.StringColumn) -> ir.StringValue:
    """Return symbols as `order_key` writes them."""
    slash = symbol.find("/")
    head = (slash < 0).ifelse(symbol, symbol.substr(0, slash))
    tail = (slash < 0).ifelse("", symbol.substr(slash))
    group = (head.length() > 4).ifelse(head.substr(4).lpad(4, "0"), "")
    return head.substr(0, 4) + group + tail
