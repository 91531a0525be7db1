# SPDX-License-Identifier: Apache-2.0
"""The desk for citations: main paths, the CD index and networks of any table, or of what the store holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import NotComparable, SourceError

if TYPE_CHECKING:
    from zhihang.desks.texts import TextAnswer
    from zhihang.methods.citation_graph import CitationGraph, Remark
    from zhihang.methods.network import Network
    from zhihang.navigation.citation_rows import CitationRows
    from zhihang.navigation.citations import Level, StoredCitations

EDGES = ("citing", "cited")
ENDS = ("from", "to")
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

    def stored(self, *, level: Level = "family", outside: bool = True) -> StoredCitations:
        """Return the citations of the store as a graph of applications or families."""
        from zhihang.navigation.citations import stored_citations

        store = self.room.store
        return stored_citations(store.table, store.collect, level=level, outside=outside)

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
        return _answer(data, (*paths.graph.remarks, *found.remarks, *_pathless(paths.graph)))

    def disruption(self, path: Path, *, window: float | None = None) -> CitationAnswer:
        """Compute the CD index of every document of a table of citations; `window` in years needs dates."""
        from zhihang.methods.citation_graph import Remark
        from zhihang.methods.disruption import disruption
        from zhihang.navigation.citation_rows import YEAR

        graph = self.read(path)
        remarks = list(graph.remarks)
        if graph.times is None:
            if window is not None:
                told = "; ".join(str(one) for one in remarks if one.kind == "date")
                raise NotComparable(
                    "A window of years needs dates.",
                    {"file": path.name, "expected": f"the columns {DATES[0]} and {DATES[1]}"}
                    | ({"because": told} if told else {}),
                    todo=f"{'Correct' if told else 'Add'} the dates, or leave out --window.",
                )
            text = "without dates, documents that cite only references count even if they are older"
            remarks.append(Remark("undated", 0, text))
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

    def quality(
        self,
        path: Path,
        *,
        patents: Path | None = None,
        number: str = "number",
        date: str | None = None,
        classes: str | None = None,
        claims: str | None = None,
        family: str | None = None,
        grant: str | None = None,
        window: float = 5.0,
    ) -> TextAnswer:
        """Compute indicators of patent quality (M-NAV-13) from a table of citations and one of the patents.

        Rows have `forward` (citations within `window` years), `backward`, `scope`, `generality`, `originality`,
        `radicalness`, `family`, `claims`, `grant_lag` (days), each missing where its column is; `normalised` holds them
        against patents of the same subclass and year (0 to 1), `quality_4` and `quality_6` are means of these.
        """
        from zhihang.desks.quality_table import QualityColumns, quality_table

        columns = QualityColumns(number, date, classes, claims, family, grant)
        return quality_table(self.read(path), patents, columns, window)

    def link_network(self, path: Path, *, directed: bool = False, seed: int = 1) -> CitationAnswer:
        """Measure the network of a table with the columns from and to, and weight if it has one."""
        from zhihang.ingestion.plain_table import read_plain_table
        from zhihang.methods.network import linked

        read = read_plain_table(path, ENDS, also=("weight",))
        froms, tos = (_names(read.columns[name]) for name in ENDS)
        weights, bad, blank = _weights(read.columns.get("weight"), len(froms))
        whole = [bool(one and other) for one, other in zip(froms, tos, strict=True)]
        kept = [one and row not in bad for row, one in enumerate(whole)]
        links = [
            (one, other, weight)
            for one, other, weight, keep in zip(froms, tos, weights, kept, strict=True)
            if keep
        ]
        network = linked(*map(list, zip(*links, strict=True)), directed=directed) if links else linked([], [])
        counted = (
            ("rows that cannot be read, left out", len(read.rejected)),
            ("rows without two names, left out", whole.count(False)),
            ("rows with a weight that is no number above 0, left out", whole.count(True) - kept.count(True)),
            ("links of a member with itself, left out", sum(one == other for one, other, _ in links)),
            ("rows without a weight, counted 1", blank if "weight" in read.columns else 0),
        )
        return _measured(network, path, seed, [f"{text}: {count:,}" for text, count in counted if count])

    def shared_network(
        self,
        path: Path,
        members: str,
        *,
        document: str | None = None,
        separator: str | None = None,
        seed: int = 1,
    ) -> CitationAnswer:
        """Measure who shares documents with whom: a row for each document, or for each member of one.

        Without a `separator` the one that most cells of the column contain is taken.
        """
        from zhihang.desks.text_table import read_text_table
        from zhihang.methods.network import LARGEST, together

        read = read_text_table(path, [members, *([document] if document else [])])
        names = _names(read.columns[document]) if document else [str(line) for line in read.lines]
        pairs = [
            (name, member)
            for name, cell in zip(names, read.lists(members, separator or None), strict=True)
            for member in cell
            if name
        ]
        network = together([name for name, _ in pairs], [member for _, member in pairs])
        counted = (
            ("rows that cannot be read, left out", len(read.rejected)),
            ("rows without a document, left out", sum(not name for name in names)),
            (f"documents with more than {LARGEST} members, left out", network.left_out),
        )
        return _measured(network, path, seed, [f"{text}: {count:,}" for text, count in counted if count])


def _names(column: Any) -> list[str]:
    return [(value or "").strip() for value in column.to_pylist()]


def _weights(column: Any, count: int) -> tuple[list[float], set[int], int]:
    """Return the weight of each row, the rows whose weight is no number above 0, and how many have none."""
    if column is None:
        return [1.0] * count, set(), 0
    weights, bad, blank = [], set(), 0
    for row, text in enumerate(column.to_pylist()):
        said = (text or "").strip()
        blank += not said
        try:
            weight = float(said or 1)
        except ValueError:
            weight = 0.0
        if not 0 < weight < float("inf"):
            bad.add(row)
        weights.append(weight)
    return weights, bad, blank


def _measured(network: Network, path: Path, seed: int, remarks: list[str]) -> CitationAnswer:
    from zhihang.methods import network as measures

    if not network.matrix.nnz:
        raise SourceError(
            f'"{path.name}" holds no link between two members.',
            {
                "members": len(network.names),
                "because": "; ".join(remarks) or "none shares anything with another",
            },
            todo="Check the columns and --separator.",
        )
    groups = measures.communities(network, seed=seed)
    between = measures.betweenness(network)
    if between is None:
        remarks = [*remarks, f"betweenness is computed up to {measures.SMALL:,} members only"]
    columns = {
        "degree": measures.degree(network).tolist(),
        "strength": measures.strength(network).tolist(),
        "pagerank": measures.pagerank(network).tolist(),
        "betweenness": [None] * len(network.names) if between is None else between.tolist(),
        "community": groups.tolist(),
        "bridging": measures.bridging(network, groups).tolist(),
        "component": measures.components(network).tolist(),
    }
    rows = [
        {"name": name, **dict(zip(columns, values, strict=True))}
        for name, values in zip(network.names, zip(*columns.values(), strict=True), strict=True)
    ]
    rows.sort(key=lambda row: (-row["pagerank"], row["name"]))
    links = _links(network.links())
    left_out = any("left out" in remark for remark in remarks)
    return CitationAnswer({"members": rows, "links": links, "remarks": remarks}, remarks, left_out)


def _pathless(graph: CitationGraph) -> list[Remark]:
    """Say why there is no path: every document cites every other in circles, and joined they have no link left."""
    from zhihang.methods.citation_graph import Remark

    text = "no main path: once the circles are joined, no citation is left"
    return [] if graph.links else [Remark("no_path", 0, text)]


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


def _links(links: Sequence[tuple[str, str, float]]) -> list[dict[str, Any]]:
    return [{"from": one, "to": other, "weight": weight} for one, other, weight in links]


def _date(time: int | None) -> str | None:
    from zhihang.navigation.citation_rows import date_text

    return None if time is None else date_text(time)


def _answer(data: dict[str, Any], remarks: Sequence[Remark]) -> CitationAnswer:
    told = [str(remark) for remark in remarks]
    return CitationAnswer({**data, "remarks": told}, told, any(remark.left_out for remark in remarks))
