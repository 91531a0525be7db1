# SPDX-License-Identifier: Apache-2.0
"""What is shown of an application that was found: number, title, applicants, date, classes, texts; from the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhihang.retrieval.feed import SEPARATOR

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.store.snapshot import Snapshot

FEW = 500
"""Up to this many applications are asked for by name; more are joined."""
CHUNK = 50_000
"""Applications of an export that are read at a time."""


@dataclass(frozen=True)
class Record:
    """What is shown of one application."""

    application_id: str
    publication_id: str | None
    title: str | None
    applicants: tuple[str, ...]
    filing_date: date | None
    ipc: tuple[str, ...]
    abstract: str | None = None
    first_claim: str | None = None
    application_number: str | None = None
    """As a source writes it; only where it was read from the store."""


def records(snapshot: Snapshot, ids: Sequence[str], *, texts: bool = True) -> dict[str, Record]:
    """Return the records of applications by their id; `texts` adds abstract and first claim."""
    found: dict[str, Record] = {}
    for first in range(0, len(ids), CHUNK):
        for record in _records(snapshot, ids[first : first + CHUNK], texts):
            found[record.application_id] = record
    return found


def _records(snapshot: Snapshot, ids: Sequence[str], texts: bool) -> Iterator[Record]:
    some = _chooser(snapshot, ids)
    rows: dict[str, dict[str, Any]] = {number: {} for number in ids}
    application = some("application").select("application_id", "filing_date", "application_number")
    for expression in (
        application,
        _publication(some),
        _written(some, texts),
        _symbols(some),
        _applicants(some),
    ):
        _take(snapshot, expression, rows)
    if texts:
        _take(snapshot, _first_claim(some), rows)
    for number, row in rows.items():
        yield Record(
            number,
            row.get("publication_id"),
            row.get("title_zh") or row.get("title"),
            tuple((row.get("applicants") or "").split(SEPARATOR)) if row.get("applicants") else (),
            row.get("filing_date"),
            tuple((row.get("ipc") or "").split(SEPARATOR)) if row.get("ipc") else (),
            row.get("abstract_zh") or row.get("abstract"),
            row.get("first_claim"),
            row.get("application_number"),
        )


def _take(snapshot: Snapshot, expression: ir.Table, rows: dict[str, dict[str, Any]]) -> None:
    for row in snapshot.engine.collect(expression).to_pylist():
        rows[row.pop("application_id")].update(row)


def _chooser(snapshot: Snapshot, ids: Sequence[str]) -> Callable[[str], ir.Table]:
    if len(ids) <= FEW:
        return lambda name: _named(snapshot.table(name), ids)
    wanted = snapshot.engine.values(pa.table({"application_id": pa.array(ids, pa.string())}))
    return lambda name: snapshot.table(name).semi_join(wanted, "application_id")


def _named(rows: ir.Table, ids: Sequence[str]) -> ir.Table:
    return rows.filter(rows.application_id.isin(list(ids)))


def _publication(some: Callable[[str], ir.Table]) -> ir.Table:
    rows = some("publication")
    return rows.group_by("application_id").aggregate(publication_id=rows.publication_id.max())


def _written(some: Callable[[str], ir.Table], texts: bool) -> ir.Table:
    parts = ("title", "abstract") if texts else ("title",)
    rows = some("text")
    rows = rows.filter(rows.part.isin(list(parts)))
    order = rows.publication_id.coalesce("")
    told = {}
    for part in parts:
        here = rows.part == part
        told[part] = rows.text.argmax(order, where=here)
        told[f"{part}_zh"] = rows.text.argmax(order, where=here & (rows.language == "zh"))
    return rows.group_by("application_id").aggregate(**told)


def _first_claim(some: Callable[[str], ir.Table]) -> ir.Table:
    rows = some("claim")
    rows = rows.filter(rows.number == 1)
    order = rows.publication_id.coalesce("")
    return rows.group_by("application_id").aggregate(first_claim=rows.text.argmax(order))


def _symbols(some: Callable[[str], ir.Table]) -> ir.Table:
    rows = some("classification")
    rows = rows.filter(rows.scheme == "ipc")
    symbols = rows.symbol.group_concat(sep=SEPARATOR, order_by=rows.position)
    return rows.group_by("application_id").aggregate(ipc=symbols)


def _applicants(some: Callable[[str], ir.Table]) -> ir.Table:
    rows = some("party")
    rows = rows.filter((rows.role == "applicant") & rows.name.notnull())
    names = rows.name.group_concat(sep=SEPARATOR, order_by=rows.sequence)
    return rows.group_by("application_id").aggregate(applicants=names)
