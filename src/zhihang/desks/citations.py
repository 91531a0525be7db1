# SPDX-License-Identifier: Apache-2.0
"""The desk for citations: main paths, the CD index and networks of any table, or of what the store holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import NotComparable

if TYPE_CHECKING:
    from zhihang.methods.citation_graph import CitationGraph, Remark
    from zhihang.navigation.citation_rows import CitationRows

EDGES = ("citing", "cited")
DATES = ("citing_date", "cited_date")


@dataclass(frozen=True)
class CitationAnswer:
    """What was computed from a table of citations: plain data, remarks, and whether rows were left out."""

    data: dict[str, Any]
    remarks: list[str]
    left_out: bool


@dataclass(frozen=True)
class CitationsDesk:
    """Citations of tables and of one workspace."""

    room: Room

    def read(self, path: Path) -> CitationGraph:
        """Read a table with the columns citing and cited, and citing_date and cited_date if it has them."""
        from zhihang.navigation.citation_rows import graph_of

        return graph_of(_rows(path))

    def main_path(
        self, path: Path, *, weights: str = "spc", search: str = "global", routes: int = 10, listed: int = 100
    ) -> CitationAnswer:
        """Find the main path of a table of citations.

        The data has `links` (every link, from the cited to the citing document, with its exact weight), `main` (those
        on the path), `paths`, `totals` (sum of weights of each path), `path_count`, and `layout`: where each document
        of the path stands on a time axis.
        """
        from zhihang.methods.main_path import MainPaths
        from zhihang.methods.path_draft import Question
        from zhihang.methods.roadmap import roadmap

        question = Question(weights, search, routes, listed)  # type: ignore[arg-type]  # checked there
        paths = MainPaths(self.read(path))
        found = paths.find(question)
        data = {
            "weights": weights,
            "search": search,
            "documents": len(paths.graph),
            "links": _links(paths.weighed(question.weights)),
            "main": _links(found.links),
            "paths": [list(one) for one in found.paths],
            "totals": list(found.totals),
            "path_count": found.count,
            "layout": [
                {"document": spot.name, "x": spot.x, "lane": spot.lane, "date": _date(spot.time)}
                for spot in roadmap(found, paths.graph, paths.levels)
            ],
            "joined": {label: list(members) for label, members in paths.graph.groups},
        }
        return _answer(data, (*paths.graph.remarks, *found.remarks))

    def disruption(self, path: Path, *, window: float | None = None) -> CitationAnswer:
        """Compute the CD index of every document of a table of citations; `window` in years needs dates."""
        from zhihang.methods.citation_graph import Remark
        from zhihang.methods.disruption import disruption
        from zhihang.navigation.citation_rows import YEAR

        graph = self.read(path)
        remarks = list(graph.remarks)
        if graph.times is None:
            if window is not None:
                raise NotComparable(
                    "A window of years needs dates.",
                    {"file": path.name, "expected": f"the columns {DATES[0]} and {DATES[1]}"},
                    todo="Add the dates, or leave out --window.",
                )
            text = "without dates, documents that cite only references count even if they are older"
            remarks.append(Remark("undated", len(graph), text))
        found = disruption(graph, window=None if window is None else round(window * YEAR))
        columns = {
            "cd": found.cd.tolist(),
            "mcd": found.mcd.tolist(),
            "citing": found.citing.tolist(),
            "only": found.only.tolist(),
            "both": found.both.tolist(),
            "references_only": found.references.tolist(),
        }
        times = graph.times.tolist() if graph.times is not None else [None] * len(graph)
        rows = [
            {"document": str(name), "date": None if time is None else _date(time)}
            | {key: (None if value != value else value) for key, value in zip(columns, values, strict=True)}
            for name, time, values in zip(
                graph.labels, times, zip(*columns.values(), strict=True), strict=True
            )
        ]
        return _answer({"window": window, "documents": rows}, remarks)


def _rows(path: Path) -> CitationRows:
    """Read the columns of a table of citations."""
    from zhihang.ingestion.plain_table import read_plain_table
    from zhihang.navigation.citation_rows import CitationRows

    read = read_plain_table(path, EDGES, also=DATES)
    return CitationRows(
        read.columns["citing"],
        read.columns["cited"],
        read.columns.get(DATES[0]),
        read.columns.get(DATES[1]),
        lines=read.lines,
        name=f'"{path.name}"',
        rejected=tuple((line, reason) for line, _, reason in read.rejected),
    )


def _links(links: Sequence[tuple[str, str, int]]) -> list[dict[str, Any]]:
    return [{"from": one, "to": other, "weight": weight} for one, other, weight in links]


def _date(time: int | None) -> str | None:
    from zhihang.navigation.citation_rows import date_text

    return None if time is None else date_text(time)


def _answer(data: dict[str, Any], remarks: Sequence[Remark]) -> CitationAnswer:
    told = [str(remark) for remark in remarks]
    return CitationAnswer({**data, "remarks": told}, told, any(remark.left_out for remark in remarks))
