# SPDX-License-Identifier: Apache-2.0
"""The citations of a corpus at the level of the study: mapped to its families or applications, own ones flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.navigation.citations import Level, StoredCitations, stored_citations

if TYPE_CHECKING:
    from zhihang.methods.citation_graph import CitationGraph
    from zhihang.navigation.patents import Patent
    from zhihang.store.snapshot import Snapshot


@dataclass(frozen=True)
class StudyGraph:
    """Citations of a corpus.

    `row` gives the patent of the corpus for each document (-1: outside), `inside` the links between two of the corpus.
    """

    stored: StoredCitations
    row: NDArray[np.int64]
    inside: NDArray[np.bool_]

    @property
    def graph(self) -> CitationGraph:
        """All citations that touch the corpus."""
        return self.stored.graph

    @property
    def counts(self) -> tuple[int, int]:
        """Citations between patents of the corpus, and how many of them are by the same holder."""
        return int(self.inside.sum()), int((self.inside & self.stored.own).sum())

    def among(self, *, outside: bool) -> CitationGraph:
        """Return the citations between patents of the corpus, or with `outside` all."""
        if outside:
            return self.graph
        kept = self.inside
        return replace(self.graph, older=self.graph.older[kept], newer=self.graph.newer[kept])

    def forward(self, count: int) -> NDArray[np.int64]:
        """Citations by others that each of `count` patents gets."""
        kept = (self.row[self.graph.older] >= 0) & ~self.stored.own
        return np.bincount(self.row[self.graph.older[kept]], minlength=count).astype(np.int64)


def study_graph(snapshot: Snapshot, patents: Sequence[Patent], level: Level) -> StudyGraph | None:
    """Return the citations that touch a corpus; None where the store holds none."""
    try:
        stored = stored_citations(snapshot.table, snapshot.engine.collect, level=level)
    except NotFound:
        return None
    place = {patent.unit: row for row, patent in enumerate(patents)}
    row = np.array([place.get(str(name), -1) for name in stored.graph.labels], np.int64)
    graph = stored.graph
    touching = (row[graph.older] >= 0) | (row[graph.newer] >= 0)
    if not touching.any():
        return None
    kept = replace(graph, older=graph.older[touching], newer=graph.newer[touching])
    held = replace(stored, graph=kept, own=stored.own[touching])
    inside = (row[kept.older] >= 0) & (row[kept.newer] >= 0)
    return StudyGraph(held, row, inside)


def linked_applications(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return pairs of applications of which one cites the other, of the whole store."""
    try:
        graph = stored_citations(snapshot.table, snapshot.engine.collect, level="application").graph
    except NotFound:
        return []
    names = [str(name) for name in graph.labels]
    return [(names[a], names[b]) for a, b in zip(graph.older.tolist(), graph.newer.tolist(), strict=True)]
