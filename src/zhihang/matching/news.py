# SPDX-License-Identifier: Apache-2.0
"""New records as they are matched: what each is about, its classes, industries, applicants, what it cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import ibis
import pyarrow as pa

from zhihang.matching.since import Since
from zhihang.methods.segmentation import iterate_words

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.methods.segmentation import Segmenter

SEPARATOR = "\n"
HOLDERS = ("applicant", "assignee")
"""Parties that a record belongs to; some sources know assignees only."""
LONGEST = 4_000
"""Characters of a text that say what a patent is about."""


class Tables(Protocol):
    """What matching needs of the store."""

    def table(self, name: str) -> ir.Table:
        """Rows of a table."""
        ...

    def collect(self, expression: ir.Table) -> pa.Table:
        """Compute."""
        ...

    def values(self, rows: pa.Table) -> ir.Table:
        """Rows from memory."""
        ...


@dataclass(frozen=True)
class Records:
    """Applications with what is known of each, all lists in the order of `ids`.

    Parameters
    ----------
    ids, publications, titles, days
        Application, its newest publication, title, day of the first publication.
    words
        What title, abstract and first claim are about.
    classes, industries, organisations, cited
        Main groups of the IPC; codes of GB/T 4754; ids of the applicants; applications it cites.
    simulated, runs
        Whether each is invented; the run of the store that brought it.
    """

    ids: Sequence[str]
    publications: Sequence[str]
    titles: Sequence[str]
    days: Sequence[date | None]
    words: Sequence[Sequence[str]]
    classes: Sequence[Sequence[str]]
    industries: Sequence[Sequence[str]]
    organisations: Sequence[Sequence[str]]
    cited: Sequence[Sequence[str]]
    simulated: Sequence[bool] = ()
    runs: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.ids)


def published(tables: Tables) -> ir.Table:
    """Return applications with the day of the first publication, the run that brought it, the newest publication."""
    rows = tables.table("publication").filter(lambda row: row.publication_date.notnull())
    return rows.group_by("application_id").aggregate(
        day=rows.publication_date.min(),
        run=rows.run_id.min(),
        publication_id=rows.publication_id.argmax(rows.publication_date),
    )


def fresh(tables: Tables, since: Sequence[Since], until: date) -> ir.Table:
    """Return the applications published up to a day that are news for any of those served up to some time."""
    rows = published(tables)
    rows = rows.filter(rows.day <= until)
    late = [
        (rows.run > run) & (rows.day > min(one.first for one in since if one.run == run))
        for run in {one.run for one in since}
    ]
    new = rows.day > min((one.day for one in since), default=until)
    return rows.filter(ibis.or_(new, *late))


def records(tables: Tables, wanted: ir.Table, segmenter: Segmenter | None = None) -> Records:
    """Read applications; `wanted` has the columns application_id, day, run, publication_id."""
    rows = tables.collect(wanted.order_by("application_id"))
    ids = rows["application_id"].to_pylist()
    chosen = tables.values(pa.table({"application_id": rows["application_id"]}))
    texts = _texts(tables, chosen)
    invented = tables.table("patent").semi_join(chosen, "application_id")
    invented = tables.collect(invented.filter(invented.simulated).select("application_id"))
    simulated = set(invented["application_id"].to_pylist())
    return Records(
        ids,
        [str(number or "") for number in rows["publication_id"].to_pylist()],
        [texts.get(number, ("", ""))[0] for number in ids],
        rows["day"].to_pylist(),
        [_words(texts.get(number), segmenter) for number in ids],
        _in_order(ids, _joined(tables, _classes(tables, chosen))),
        _in_order(ids, _joined(tables, _industries(tables, chosen))),
        _in_order(ids, _joined(tables, _organisations(tables, chosen))),
        _in_order(ids, _joined(tables, _cited(tables, chosen))),
        [number in simulated for number in ids],
        rows["run"].to_pylist(),
    )


def _words(text: tuple[str, str] | None, segmenter: Segmenter | None) -> list[str]:
    return list(iterate_words(SEPARATOR.join(text), segmenter)) if text else []


def _texts(tables: Tables, chosen: ir.Table) -> dict[str, tuple[str, str]]:
    """Return title, and title with abstract and first claim, of each application; Chinese before other languages."""
    rows = tables.table("text").semi_join(chosen, "application_id")
    rows = rows.filter(rows.part.isin(["title", "abstract"]))
    order = (rows.language == "zh").ifelse("1", "0") + rows.publication_id.coalesce("")
    told = {part: rows.text.argmax(order, where=rows.part == part) for part in ("title", "abstract")}
    written = tables.collect(rows.group_by("application_id").aggregate(**told)).to_pylist()
    claims = tables.table("claim").semi_join(chosen, "application_id")
    claims = claims.filter(claims.number == 1)
    first = claims.text.argmax(claims.publication_id.coalesce(""))
    claimed = tables.collect(claims.group_by("application_id").aggregate(text=first)).to_pylist()
    more = {row["application_id"]: row["text"] or "" for row in claimed}
    found = {}
    for row in written:
        parts = (row["abstract"] or "", more.pop(row["application_id"], ""))
        found[row["application_id"]] = (row["title"] or "", SEPARATOR.join(p[:LONGEST] for p in parts if p))
    return found | {number: ("", text[:LONGEST]) for number, text in more.items()}


def _classes(tables: Tables, chosen: ir.Table) -> ir.Table:
    rows = tables.table("classification").semi_join(chosen, "application_id")
    rows = rows.filter(rows.scheme.isin(["ipc", "cpc"]))
    return rows.select("application_id", value=rows.symbol.re_extract(r"^([^/]+)", 1)).distinct()


def _industries(tables: Tables, chosen: ir.Table) -> ir.Table:
    rows = tables.table("patent_industry").semi_join(chosen, "application_id")
    return rows.filter(rows.code != "unallocated").select("application_id", value=rows.code).distinct()


def _organisations(tables: Tables, chosen: ir.Table) -> ir.Table:
    rows = tables.table("party_organisation").semi_join(chosen, "application_id")
    rows = rows.filter(rows.role.isin(HOLDERS))
    return rows.select("application_id", value=rows.organisation_id).distinct()


def _cited(tables: Tables, chosen: ir.Table) -> ir.Table:
    rows = tables.table("citation").semi_join(chosen, "application_id")
    rows = rows.filter(rows.cited_publication_id.notnull())
    known = tables.table("publication").select("publication_id", cited="application_id")
    rows = rows.inner_join(known, rows.cited_publication_id == known.publication_id)
    return rows.select("application_id", value=rows.cited).distinct()


def _joined(tables: Tables, rows: ir.Table) -> dict[str, list[str]]:
    collected = tables.collect(rows.order_by("application_id", "value"))
    found: dict[str, list[str]] = {}
    columns = (collected["application_id"].to_pylist(), collected["value"].to_pylist())
    for number, value in zip(*columns, strict=True):
        if value:
            found.setdefault(number, []).append(value)
    return found


def _in_order(ids: Iterable[str], found: Mapping[str, list[str]]) -> list[list[str]]:
    return [found.get(number, []) for number in ids]
