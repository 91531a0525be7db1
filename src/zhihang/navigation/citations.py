# SPDX-License-Identifier: Apache-2.0
"""Citations as the store holds them, as one graph of applications or of families (M-NAV-19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.methods.citation_graph import NO_TIME, CitationGraph, citation_graph
from zhihang.navigation.citation_rows import YEAR

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

Level = Literal["application", "family"]
TableOf = Callable[[str], "ir.Table"]
_NUMBER = r"^([A-Z]{2}.*[0-9])[A-Z][0-9]?$"
"""A publication's number before its kind code, so that A and B documents are one."""
HOLDING = ("applicant", "assignee")
HELD = ("node", "organisation_id")
_WIDE = "inpadoc"
"""Extended families hold more than one invention; their members are not taken for the application's own."""


@dataclass(frozen=True)
class StoredCitations:
    """The graph, and what the store knows of its documents and links.

    Parameters
    ----------
    graph
        Documents are application or family ids, and numbers without kind code of documents the store does not hold.
        Times are (earliest) filing dates in steps of which `citation_rows.YEAR` make a year.
    level
        What a document of the graph is; one setting for a whole report.
    held
        Whether the store holds the document.
    holders
        Resolved applicants and assignees of each document, of all members of a family.
    own
        Whether both ends of a link have a holder in common.
    """

    graph: CitationGraph
    level: Level
    held: NDArray[np.bool_]
    holders: tuple[frozenset[str], ...]
    own: NDArray[np.bool_]

    def without_own(self) -> CitationGraph:
        """Return the graph without citations by the same holder."""
        kept = ~self.own
        return replace(self.graph, older=self.graph.older[kept], newer=self.graph.newer[kept])


def stored_citations(
    table: TableOf, collect: Callable[[Any], pa.Table], *, level: Level = "family", outside: bool = True
) -> StoredCitations:
    """Read the tables `citation` and `cited_by` into one graph.

    A cited or citing publication is mapped to its application by its id, then by its number without kind code, at the
    level of families also by the simple family a source puts it in. What the store does not hold stays in the graph
    under its number with `outside`, else such citations are left out. A citation named by both sides counts once;
    families that cite themselves are left out and told.
    """
    known = _documents(table, level)
    backward = table("citation").filter(lambda t: t.cited_publication_id.notnull())
    forward = table("cited_by").filter(lambda t: t.citing_publication_id.notnull())
    ours = _subjects(table, level)
    sides = (
        _mapped(backward.select(ours="application_id", publication="cited_publication_id"), known, ours),
        _mapped(forward.select(ours="application_id", publication="citing_publication_id"), known, ours),
    )
    cites, cited_by = (collect(_ordered(side)) for side in sides)
    citing = [*_column(cites, "ours"), *_column(cited_by, "theirs")]
    cited = [*_column(cites, "theirs"), *_column(cited_by, "ours")]
    about = collect(_filed(table, level))
    holding = collect(_held_by(table, level))
    holders: dict[str, set[str]] = {}
    for node, holder in zip(*(_column(holding, name) for name in HELD), strict=True):
        holders.setdefault(node, set()).add(holder)
    if not outside:
        inside = set(about["node"].to_pylist())
        pairs = [(a, b) for a, b in zip(citing, cited, strict=True) if a in inside and b in inside]
        citing, cited = [a for a, _ in pairs], [b for _, b in pairs]
    if not citing:
        raise NotFound(
            "The store holds no citations to make a graph of.",
            {"read": "tables citation and cited_by", "level": level},
            todo="Ingest files that name cited or citing documents.",
        )
    return _made(citing, cited, about, holders, level)


def _made(
    citing: list[str], cited: list[str], about: pa.Table, holders: dict[str, set[str]], level: Level
) -> StoredCitations:
    times = dict(zip(about["node"].to_pylist(), _steps(about["filed"]).tolist(), strict=True))
    graph = citation_graph(
        citing,
        cited,
        citing_times=[times.get(name, NO_TIME) for name in citing],
        cited_times=[times.get(name, NO_TIME) for name in cited],
    )
    # Both sides name the same citation: no fault of the files.
    graph = replace(graph, remarks=tuple(remark for remark in graph.remarks if remark.kind != "repeated"))
    names = [str(name) for name in graph.labels]
    sets = tuple(frozenset(holders.get(name, ())) for name in names)
    ends = zip(graph.older.tolist(), graph.newer.tolist(), strict=True)
    own = np.array([not sets[one].isdisjoint(sets[other]) for one, other in ends], dtype=np.bool_)
    held = np.array([name in times for name in names], dtype=np.bool_)
    return StoredCitations(graph, level, held, sets, own)


def _subjects(table: TableOf, level: Level) -> ir.Table:
    """One row per application: the document of the graph it belongs to."""
    if level == "application":
        applications = table("application")
        return applications.select("application_id", node=applications.application_id).distinct()
    families = table("family")
    return families.select("application_id", node=families.family_id).distinct()


def _documents(table: TableOf, level: Level) -> tuple[ir.Table, ir.Table]:
    """Return documents of the graph by publication and by number without kind code, each only where it is one."""
    own = table("publication").select("application_id", publication="publication_id")
    if level == "family":
        members = table("family_member").filter(lambda t: t.scheme != _WIDE)
        members = members.select("application_id", publication="member_publication_id")
        own = own.union(members.filter(lambda t: t.publication.notnull()))
    found = own.inner_join(_subjects(table, level), "application_id").select("publication", "node")
    return _only_one(found, "publication"), _only_one(
        found.mutate(number=_number(found.publication)).drop("publication"), "number"
    )


def _only_one(rows: ir.Table, key: str) -> ir.Table:
    counted = rows.group_by(key).aggregate(node=rows.node.min(), last=rows.node.max())
    return counted.filter(counted.node == counted["last"]).select(key, "node")


def _mapped(rows: ir.Table, known: tuple[ir.Table, ir.Table], subjects: ir.Table) -> ir.Table:
    """Give both ends of citations their documents of the graph."""
    by_id, by_number = known
    rows = rows.mutate(number=_number(rows.publication))
    rows = rows.left_join(by_id.rename(first="node", id="publication"), rows.publication == by_id.publication)
    rows = rows.select("ours", "number", "first")
    rows = rows.left_join(by_number.rename(second="node", like="number"), rows.number == by_number.number)
    rows = rows.select("ours", "number", "first", "second")
    rows = rows.left_join(subjects, rows.ours == subjects.application_id)
    return rows.select(
        ours=rows.node.fill_null(rows.ours),
        theirs=rows["first"].fill_null(rows["second"]).fill_null(rows.number),
    )


def _number(publication: Any) -> Any:
    return publication.re_replace(_NUMBER, r"\1")


def _ordered(rows: ir.Table) -> ir.Table:
    return rows.distinct().order_by("ours", "theirs")


def _filed(table: TableOf, level: Level) -> ir.Table:
    """Earliest filing date of each document."""
    rows = table("application").select("application_id", "filing_date")
    rows = rows.inner_join(_subjects(table, level), "application_id")
    return rows.group_by("node").aggregate(filed=rows.filing_date.min()).order_by("node")


def _held_by(table: TableOf, level: Level) -> ir.Table:
    """Holders of each document."""
    rows = table("party_organisation").filter(lambda t: t.role.isin(HOLDING) & t.organisation_id.notnull())
    rows = rows.select("application_id", "organisation_id").inner_join(
        _subjects(table, level), "application_id"
    )
    return rows.select(*HELD).distinct()


def _column(rows: pa.Table, name: str) -> list[str]:
    return list(rows[name].to_pylist())


def _steps(dates: Any) -> NDArray[np.int64]:
    import pyarrow.compute as pc

    year, month, day = (np.asarray(part(dates).fill_null(0)) for part in (pc.year, pc.month, pc.day))
    return np.where(year == 0, NO_TIME, year * YEAR + (month - 1) * 31 + day - 1)
