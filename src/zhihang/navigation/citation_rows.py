# SPDX-License-Identifier: Apache-2.0
"""Rows "citing, cited" with dates as users write them, turned into a citation graph that tells what it left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.errors import SourceError
from zhihang.methods.citation_graph import NO_TIME, SHOWN, CitationGraph, Remark, citation_graph
from zhihang.terms import patent_date

YEAR = 372
"""Steps of time in a year: 12 months of 31 days, so that the same day of another year is a multiple of it away."""
_PRECISION = {4: ("years", YEAR), 7: ("months", 31)}


@dataclass(frozen=True)
class CitationRows:
    """Columns of a citation table, with the line of each row; dates are texts or days, or not there at all."""

    citing: pa.Array
    cited: pa.Array
    citing_date: pa.Array | None = None
    cited_date: pa.Array | None = None
    lines: Sequence[int] | None = None
    name: str = "the table"
    rejected: tuple[tuple[int, str], ...] = ()
    """Rows that could not be read at all: line and reason."""


def graph_of(rows: CitationRows) -> CitationGraph:
    """Return the graph of some rows; times count in steps of which `YEAR` make a year.

    Where some dates are only years or months, all are cut to that, and this is told.
    """
    if not len(rows.citing):
        raise SourceError(
            f"{rows.name} holds no citations.",
            {"expected": "a row for each citation below the header: citing,cited"},
            todo="Give at least one row.",
        )
    dates = {"citing_date": rows.citing_date, "cited_date": rows.cited_date}
    given = {name: column for name, column in dates.items() if column is not None}
    times, remarks = _times(given, rows.lines)
    graph = citation_graph(
        rows.citing,
        rows.cited,
        citing_times=times.get("citing_date"),
        cited_times=times.get("cited_date"),
        lines=rows.lines,
    )
    if graph.times is not None and (graph.times == NO_TIME).all():
        graph = replace(graph, times=None)
    if not graph.links:
        told = [str(remark) for remark in (*remarks, *graph.remarks)]
        raise SourceError(
            f"No citation of {rows.name} can be used.",
            {"rows": len(rows.citing), "because": "; ".join(told)},
            todo="Perhaps the columns are the wrong way round: citing is the later document, cited the earlier."
            if any(remark.kind == "future" for remark in graph.remarks)
            else "Put the rows right; each needs two different names.",
        )
    return replace(graph, remarks=(*_unread(rows), *remarks, *_undated(graph), *graph.remarks))


def _unread(rows: CitationRows) -> list[Remark]:
    shown = tuple(f"line {line}: {reason}" for line, reason in rows.rejected[:SHOWN])
    count = len(rows.rejected)
    return (
        [Remark("unread", count, "rows that cannot be read, left out", shown, left_out=True)] if count else []
    )


def date_text(time: int) -> str | None:
    """Return a time in steps as a date, such as ``1999-05-03``; None where it is not known."""
    if time == NO_TIME:
        return None
    year, rest = divmod(time, YEAR)
    return f"{year:04}-{rest // 31 + 1:02}-{rest % 31 + 1:02}"


def _times(
    columns: dict[str, pa.Array], lines: Sequence[int] | None
) -> tuple[dict[str, NDArray[np.int64]], list[Remark]]:
    remarks: list[Remark] = []
    found: dict[str, NDArray[np.int64]] = {}
    shortest = 10
    for name, column in columns.items():
        read = patent_date.settle(column)
        found[name], least = _steps(read)
        shortest = min(shortest, least)
        bad = np.flatnonzero(np.asarray(read.problem.is_valid()))
        if len(bad):
            shown = tuple(
                f"line {lines[row] if lines is not None else row + 1}: {column[row].as_py()}"
                for row in bad[:SHOWN].tolist()
            )
            text = f"dates in {name} that cannot be read and count as unknown"
            remarks.append(Remark("date", len(bad), text, shown))
    if shortest in _PRECISION:
        unit, step = _PRECISION[shortest]
        found = {
            name: np.where(times == NO_TIME, NO_TIME, times // step * step) for name, times in found.items()
        }
        remarks.append(Remark("precision", 0, f"dates count in whole {unit}, as some say no more"))
    return found, remarks


def _steps(read: patent_date.PatentDates) -> tuple[NDArray[np.int64], int]:
    """Return times in steps, and how many characters the least exact date has (10: all are days)."""
    months = pc.coalesce(pc.month(read.date), _number(read.partial, 5, 7)).fill_null(1)
    days = pc.day(read.date).fill_null(1)
    years = pc.coalesce(pc.year(read.date), _number(read.partial, 0, 4))
    steps = np.asarray(pc.cast(years, pa.int64()).fill_null(0)) * YEAR
    steps = steps + (np.asarray(months) - 1) * 31 + (np.asarray(days) - 1)
    known = np.asarray(years.is_valid())
    shortest = pc.min(pc.utf8_length(read.partial)).as_py()
    return np.where(known, steps, NO_TIME), 10 if shortest is None else int(shortest)


def _number(texts: pa.Array, start: int, stop: int) -> Any:
    part = pc.utf8_slice_codeunits(texts, start, stop)
    return pc.cast(pc.if_else(pc.equal(part, ""), pa.scalar(None, pa.string()), part), pa.int64())


def _undated(graph: CitationGraph) -> list[Remark]:
    if graph.times is None:
        return []
    missing = np.flatnonzero(graph.times == NO_TIME)
    if not len(missing):
        return []
    shown = tuple(graph.named(node) for node in missing[:SHOWN].tolist())
    return [Remark("undated", len(missing), "documents without a date", shown)]
