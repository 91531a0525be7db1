# SPDX-License-Identifier: Apache-2.0
"""A graph of citations, read from pairs and put right: what was left out or joined is told, the rest stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pyarrow as pa

Nodes = NDArray[np.int32]
Times = NDArray[np.int64]
NO_TIME = np.iinfo(np.int64).min
"""Stands for a time that is not known."""
SHOWN = 3
_LONGEST_LABEL = 4


@dataclass(frozen=True)
class Remark:
    """Something found in the rows or the graph: how often, in a sentence, with the first places.

    `left_out` says whether rows or links are missing from the result because of it.
    """

    kind: str
    count: int
    text: str
    places: tuple[str, ...] = ()
    left_out: bool = False

    def __str__(self) -> str:
        told = f"{self.text}: {self.count:,}" if self.count else self.text
        more = " ..." if self.count > len(self.places) else ""
        return f"{told} ({'; '.join(self.places)}{more})" if self.places else told


@dataclass(frozen=True)
class CitationGraph:
    """Documents and who cites whom; every link leads from the cited (older) to the citing (newer) document.

    Parameters
    ----------
    labels
        Name of each document; links count documents by their place here.
    older, newer
        Cited and citing document of each link, without repetitions and without loops.
    times
        When each document appeared, in any whole unit that rises with time; `NO_TIME` where unknown, None where no
        document has a time.
    remarks
        What had to be left out or joined.
    groups
        Documents that were joined because they cite each other in a circle, by the label that stands for them.
    """

    labels: Sequence[str] | NDArray[Any]
    older: Nodes
    newer: Nodes
    times: Times | None = None
    remarks: tuple[Remark, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def links(self) -> int:
        """Number of links."""
        return len(self.older)

    def named(self, node: int) -> str:
        """Return the label of a document."""
        return str(self.labels[node])


def citation_graph(
    citing: Sequence[str | None] | pa.Array,
    cited: Sequence[str | None] | pa.Array,
    *,
    citing_times: ArrayLike | None = None,
    cited_times: ArrayLike | None = None,
    lines: Sequence[int] | None = None,
) -> CitationGraph:
    """Make a graph of rows "citing, cited": blank, repeated and impossible rows go, and are told with their lines.

    Left out are rows with a blank name, documents that cite themselves, and citations of a document that appeared
    later than the one that cites it. Of several times for one document the earliest counts. Circles stay; whoever
    needs a graph without them asks `zhihang.methods.levels.levelled`.

    >>> graph = citation_graph(["B", "C", "C", "C", "A"], ["A", "A", "B", "B", "A"])
    >>> [(graph.named(a), graph.named(b)) for a, b in zip(graph.older, graph.newer)]
    [('A', 'B'), ('A', 'C'), ('B', 'C')]
    >>> [remark.kind for remark in graph.remarks]
    ['self_citation', 'repeated']
    """
    names, new, old = _numbered(citing, cited)
    where = _Places(names, new, old, lines)
    remarks: list[Remark] = []
    blank = (new < 0) | (old < 0)
    loop = (new == old) & ~blank
    kept = ~(blank | loop)
    times = None
    if citing_times is not None or cited_times is not None:
        times, contradictory = _times(len(names), (new, citing_times), (old, cited_times))
        remarks += where.remark(
            "times_differ", contradictory, "documents with several dates, of which the earliest counts"
        )
        known = kept.copy()
        known[kept] = (times[new[kept]] != NO_TIME) & (times[old[kept]] != NO_TIME)
        future = known.copy()
        future[known] = times[old[known]] > times[new[known]]
        kept &= ~future
        remarks += where.left_out("future", future, "citations of a document that appeared later, left out")
    remarks += where.left_out("blank", blank, "rows without a name on one side, left out")
    remarks += where.left_out("self_citation", loop, "documents that cite themselves, left out")
    first = _first_seen(old, new, kept, len(names))
    repeated = kept.copy()
    repeated[first] = False
    remarks += where.rows("repeated", repeated, "rows that repeat an earlier one, counted once")
    return CitationGraph(
        names, old[first].astype(np.int32), new[first].astype(np.int32), times, tuple(remarks)
    )


def without_circles(graph: CitationGraph, member: Nodes) -> CitationGraph:
    """Join the documents that `member` puts into one group, as circles of citations demand.

    `member` gives for each document the smallest document of its group. Links inside a group go, links that become
    the same count once; a group appears when its first document did.
    """
    keepers = np.flatnonzero(member == np.arange(len(member)))
    place = np.full(len(member), -1, np.int32)
    place[keepers] = np.arange(len(keepers), dtype=np.int32)
    place = place[member]
    groups = _groups(graph, member)
    labels: list[str] | NDArray[Any] = np.asarray(graph.labels, dtype=object)[keepers]
    for kept, (label, _) in groups.items():
        labels[place[kept]] = label
    old, new = place[graph.older], place[graph.newer]
    links = _first_seen(old, new, old != new, len(keepers))
    shown = tuple(" = ".join(members[:_LONGEST_LABEL]) for _, members in list(groups.values())[:SHOWN])
    remark = Remark(
        "circle",
        len(groups),
        "groups of documents that cite each other in a circle, each joined into one",
        shown,
    )
    return replace(
        graph,
        labels=labels,
        older=old[links],
        newer=new[links],
        times=_earliest(graph.times, place, len(keepers)),
        remarks=(*graph.remarks, remark),
        groups=(*graph.groups, *groups.values()),
    )


def _groups(graph: CitationGraph, member: Nodes) -> dict[int, tuple[str, tuple[str, ...]]]:
    inside = np.bincount(member, minlength=len(member))[member] > 1
    found: dict[int, list[str]] = {}
    for node in np.flatnonzero(inside).tolist():
        found.setdefault(int(member[node]), []).append(graph.named(node))
    return {kept: (_joint_label(members), tuple(members)) for kept, members in found.items()}


def _joint_label(members: Sequence[str]) -> str:
    shown = "+".join(members[:_LONGEST_LABEL])
    return shown if len(members) <= _LONGEST_LABEL else f"{shown}+{len(members) - _LONGEST_LABEL} more"


def _earliest(times: Times | None, place: Nodes, count: int) -> Times | None:
    if times is None:
        return None
    found = np.full(count, np.iinfo(np.int64).max)
    known = times != NO_TIME
    np.minimum.at(found, place[known], times[known])
    return np.where(found == np.iinfo(np.int64).max, NO_TIME, found)


def _numbered(
    citing: Sequence[str | None] | pa.Array, cited: Sequence[str | None] | pa.Array
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct names in order of appearance, and both columns as their numbers (-1: blank)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    sides = [
        one if isinstance(one, pa.Array) else pa.array(list(one), pa.string()) for one in (citing, cited)
    ]
    texts = pc.utf8_trim_whitespace(pa.concat_arrays([side.cast(pa.large_string()) for side in sides]))
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.large_string()), texts)
    coded = texts.dictionary_encode()
    numbers = np.asarray(coded.indices.fill_null(-1), dtype=np.int64)
    return coded.dictionary.to_pylist(), numbers[: len(sides[0])], numbers[len(sides[0]) :]


def _times(count: int, *sides: tuple[NDArray[np.int64], ArrayLike | None]) -> tuple[Times, NDArray[np.int64]]:
    """Return the earliest time of each document and the documents that have several."""
    earliest = np.full(count, np.iinfo(np.int64).max)
    latest = np.full(count, NO_TIME)
    for nodes, given in sides:
        if given is not None:
            times = np.asarray(given, dtype=np.int64)
            known = (nodes >= 0) & (times != NO_TIME)
            np.minimum.at(earliest, nodes[known], times[known])
            np.maximum.at(latest, nodes[known], times[known])
    return np.where(latest == NO_TIME, NO_TIME, earliest), np.flatnonzero(latest > earliest)


def _first_seen(
    old: NDArray[Any], new: NDArray[Any], kept: NDArray[np.bool_], count: int
) -> NDArray[np.int64]:
    """Return the places of the kept links, each link once, in order of appearance."""
    places = np.flatnonzero(kept)
    keys = old[places].astype(np.int64) * max(count, 1) + new[places]
    _, first = np.unique(keys, return_index=True)
    return places[np.sort(first)]


@dataclass(frozen=True)
class _Places:
    """Rows as a user finds them: line and both names."""

    names: Sequence[str]
    new: NDArray[np.int64]
    old: NDArray[np.int64]
    lines: Sequence[int] | None

    def left_out(self, kind: str, rows: NDArray[np.bool_], text: str) -> list[Remark]:
        return self.rows(kind, rows, text, left_out=True)

    def rows(self, kind: str, rows: NDArray[np.bool_], text: str, *, left_out: bool = False) -> list[Remark]:
        found = np.flatnonzero(rows)
        if not len(found):
            return []
        shown = tuple(self._row(row) for row in found[:SHOWN].tolist())
        return [Remark(kind, len(found), text, shown, left_out)]

    def remark(self, kind: str, nodes: NDArray[np.int64], text: str) -> list[Remark]:
        shown = tuple(self.names[node] for node in nodes[:SHOWN].tolist())
        return [Remark(kind, len(nodes), text, shown)] if len(nodes) else []

    def _row(self, row: int) -> str:
        place = f"line {self.lines[row]}" if self.lines is not None else f"row {row + 1}"
        ends = [self.names[node] if node >= 0 else "(blank)" for node in (self.new[row], self.old[row])]
        return f"{place}: {ends[0]} cites {ends[1]}"
