# SPDX-License-Identifier: Apache-2.0
"""What each kind of structured leaf asks of the store."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from zhihang.retrieval.query import (
    ClassRange,
    ClassUnder,
    Equals,
    Industry,
    Leaf,
    Name,
    Number,
    Organisation,
    Place,
    Status,
    Within,
)
from zhihang.retrieval.query_language import class_condition, count_condition, party_condition
from zhihang.retrieval.query_language.field import fields
from zhihang.retrieval.query_language.number_value import readings
from zhihang.retrieval.query_language.tables import Condition, Tables, balanced

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NOT_DERIVED = "unallocated"


def condition_of(leaf: Leaf) -> Condition:
    """Return what a structured leaf asks for."""
    if isinstance(leaf, Equals):
        return _equals(leaf.field)
    if isinstance(leaf, Within):
        return _within(leaf.field)
    if isinstance(leaf, (ClassUnder, ClassRange)):
        return Condition("classification", class_condition.classified, ("classification",))
    if isinstance(leaf, Name):
        return Condition(f"name {leaf.field}", party_condition.named, ("party",))
    if isinstance(leaf, Organisation):
        return Condition("organisation", party_condition.resolved, party_condition.RESOLVED)
    if isinstance(leaf, Number):
        return Condition("number", _numbered, ("application", "publication"))
    if isinstance(leaf, Place):
        return Condition("place", _placed, ("patent",), ("region",))
    if isinstance(leaf, Industry):
        return Condition("industry", _industrial, ("patent_industry",))
    if isinstance(leaf, Status):
        return Condition("status", _in_state, ("right_state",))
    raise TypeError(f"{type(leaf).__name__} is not answered by the store")


def _equals(name: str) -> Condition:
    if name in ("ipc", "main_ipc", "cpc", "locarno"):
        return Condition("classification", class_condition.classified, ("classification",))
    if name == "emerging":
        return Condition("emerging", _emerging, ("patent", "patent_emerging"), ("emerging",))
    kind, (table, column) = fields()[name].kind, fields()[name].source.split(".")
    if table != "patent":
        return Condition(name, partial(_coded, table, column), (table,))
    holds = {"flag": _flag, "contains": _contains}.get(kind, _has_code)
    return Condition(name, partial(holds, column), ("patent",), (column,))


def _within(name: str) -> Condition:
    table, column = fields()[name].source.split(".")
    if table == "patent":
        return Condition(name, partial(_lies, column), ("patent",), (column,))
    if name in count_condition.COUNTS:
        return Condition(name, partial(count_condition.counted, name), count_condition.COUNTS[name])
    return Condition(name, partial(_some_lies, table, column), (table,))


# ---- conditions on columns of `patent`


def _has_code(column: str, asked: Sequence[Leaf], base: ir.Table, _tables: Tables) -> ir.BooleanValue:
    return base[column].isin([leaf.value for leaf in asked if isinstance(leaf, Equals)])


def _flag(column: str, asked: Sequence[Leaf], base: ir.Table, _tables: Tables) -> ir.BooleanValue:
    wanted = [base[column] == (leaf.value == "true") for leaf in asked if isinstance(leaf, Equals)]
    return balanced(operator.or_, wanted)


def _contains(column: str, asked: Sequence[Leaf], base: ir.Table, _tables: Tables) -> ir.BooleanValue:
    texts = [leaf.value for leaf in asked if isinstance(leaf, Equals)]
    return party_condition.holds_any(base[column], texts)


def _lies(column: str, asked: Sequence[Leaf], base: ir.Table, _tables: Tables) -> ir.BooleanValue:
    return lies_in_any(base[column], asked)


def _placed(asked: Sequence[Leaf], base: ir.Table, _tables: Tables) -> ir.BooleanValue:
    prefixes = {_prefix(leaf.region) for leaf in asked if isinstance(leaf, Place)}
    if "" in prefixes:
        return base.region.notnull()
    return balanced(operator.or_, [base.region.startswith(prefix) for prefix in sorted(prefixes)])


def _prefix(region: str) -> str:
    """Return what the codes of a division and all below it begin with."""
    for zeros in ("000000", "0000", "00"):
        if region.endswith(zeros):
            return region[: -len(zeros)]
    return region


# ---- conditions on other tables


def _coded(table: str, column: str, asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    rows = tables.table(table)
    values = [leaf.value for leaf in asked if isinstance(leaf, Equals)]
    return found_in(base, rows.filter(rows[column].isin(values)))


def _some_lies(
    table: str, column: str, asked: Sequence[Leaf], base: ir.Table, tables: Tables
) -> ir.BooleanValue:
    rows = tables.table(table)
    return found_in(base, rows.filter(lies_in_any(rows[column], asked)))


def _emerging(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    values = [leaf.value for leaf in asked if isinstance(leaf, Equals)]
    found = [base.emerging == (value == "true") for value in values if value in ("true", "false")]
    branches = [value for value in values if value not in ("true", "false")]
    if branches:
        rows = tables.table("patent_emerging")
        below = [(rows.branch == code) | rows.branch.startswith(f"{code}.") for code in branches]
        found.append(found_in(base, rows.filter(balanced(operator.or_, below))))
    return balanced(operator.or_, [one.fill_null(False) for one in found])


def _industrial(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    """Hold for an industry and those below it; a letter stands for its divisions."""
    listed = tables.codes.rows("industries_gbt4754")
    codes: set[str] = set()
    for leaf in asked:
        if isinstance(leaf, Industry) and leaf.code.isdigit():
            codes.add(leaf.code)
        elif isinstance(leaf, Industry):
            codes |= {row["code"] for row in listed if row["section"] == leaf.code and len(row["code"]) == 2}
    rows = tables.table("patent_industry")
    below = [rows.code.startswith(code) for code in sorted(codes) if code.isdigit()]
    return found_in(base, rows.filter(balanced(operator.or_, below) & (rows.code != _NOT_DERIVED)))


def _in_state(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    rows, today = tables.table("right_state"), tables.today
    now = (rows.valid_from.isnull() | (rows.valid_from <= today)) & (
        rows.valid_to.isnull() | (rows.valid_to > today)
    )
    states = [leaf.state for leaf in asked if isinstance(leaf, Status)]
    return found_in(base, rows.filter(now & rows.state.isin(states)))


def _numbered(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    numbers = [leaf for leaf in asked if isinstance(leaf, Number)]
    found = readings([number for number in numbers if "*" not in number.text])
    rows = tables.table("publication")
    published = [
        rows.publication_id.startswith(number.text.rstrip("*")) for number in numbers if "*" in number.text
    ]
    whole = [one.publication_id for one in found if one.publication_id and one.kind_code]
    bare = [one for one in found if one.publication_id and not one.kind_code]
    published += [rows.publication_id.isin(whole)] if whole else []
    offices = sorted({one.office or "" for one in bare})
    for office in offices:
        same = [one.number for one in bare if one.office == office]
        published.append((rows.office == office) & rows.number.isin(same))
    parts = [found_in(base, rows.filter(balanced(operator.or_, published)))] if published else []
    ids = [one.application_id for one in found if one.application_id]
    if ids:
        filed = tables.table("application")
        parts.append(
            found_in(base, filed.filter(filed.application_id.isin(ids) | filed.pct_application_id.isin(ids)))
        )
    if not parts:  # a text that is no number of any office
        return base.application_id.isnull()
    return balanced(operator.or_, parts)


def found_in(base: ir.Table, rows: ir.Table) -> ir.BooleanValue:
    """Hold for the applications of other rows."""
    return base.application_id.isin(rows.filter(rows.application_id.notnull()).application_id)


def lies_in_any(column: ir.Column, asked: Sequence[Leaf]) -> ir.BooleanValue:
    """Hold where a date or number lies in one of the ranges."""
    return balanced(operator.or_, [_lies_in(column, leaf) for leaf in asked if isinstance(leaf, Within)])


def _lies_in(column: ir.Column, leaf: Within) -> ir.BooleanValue:
    import ibis

    parts = [column.notnull()]
    if leaf.low is not None:
        parts.append(column >= (ibis.date(leaf.low) if isinstance(leaf.low, date) else leaf.low))
    if leaf.high is not None:
        parts.append(column <= (ibis.date(leaf.high) if isinstance(leaf.high, date) else leaf.high))
    return balanced(operator.and_, parts)
