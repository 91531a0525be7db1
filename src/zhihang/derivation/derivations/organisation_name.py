# SPDX-License-Identifier: Apache-2.0
"""Derivation of `organisation_name`: every name of an applicant or holder, read and resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.inputs import digest
from zhihang.derivation.organisation_names.gathering import gather, named_parties
from zhihang.derivation.organisation_names.name import SCHEMA
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.resolving import resolve
from zhihang.derivation.organisation_names.vocabulary import LISTS, Vocabulary, vocabulary

_STORED = {"type": "name_type", "confidence": "read_confidence"}
"""Parts of a name that are stored under another name, because the resolved name has a column called so."""


@derivation(reads=("party",), per="whole", lists=LISTS, decisions=("organisation",), version=2)
def organisation_name(facts: Facts) -> Iterable[pa.RecordBatch]:
    """Each distinct name of an applicant or holder, taken apart by the grammar of names and given its organisation.

    Names with one key (place, trade name, line of business; spelling, script and legal form aside) are one
    organisation. Further evidence: right credit codes, former names in brackets, list `organisation_alias`, foreign
    names given beside, look-alike characters. Co-applicants are kept apart. Decisions of the office come last.
    """
    words = vocabulary(facts.codes)
    names, evidence = gather(facts, named_parties(facts, words))
    lists = digest([sorted(row.items()) for name in LISTS for row in facts.codes.rows(name)])
    read = _read(names, words, facts, lists)
    found = resolve(read, names, words, evidence)
    for part in set(SCHEMA.names) - set(found.column_names):
        found = found.append_column(part, read.column(part))
    for part, stored in _STORED.items():
        found = found.append_column(stored, read.column(part))
    counts = pa.array([evidence.counts.get(name, 0) for name in names], pa.int32())
    found = found.append_column("applications", counts)
    found = found.append_column("lists", pa.array([lists] * len(names), pa.string()))
    rows: list[pa.RecordBatch] = _blank_as_null(found.sort_by("name")).to_batches()
    return rows


def _read(names: Sequence[str], words: Vocabulary, facts: Facts, lists: str) -> pa.Table:
    """Read names; those read before with the same word lists are taken from the last run."""
    if facts.previous is None or not names:
        return read_names(names, words)
    columns = [_STORED.get(part, part) for part in SCHEMA.names]
    kept = facts.previous.filter(facts.previous.lists == lists).select("name", *columns)
    before = facts.collect(kept)
    place = {name: row for row, name in enumerate(before.column("name").to_pylist())}
    known = [name for name in names if name in place]
    new = [name for name in names if name not in place]
    old = (
        before.select(columns)
        .rename_columns(SCHEMA.names)
        .take(pa.array([place[name] for name in known], pa.int64()))
    )
    old = _null_as_blank(old)
    row_of = {name: row for row, name in enumerate([*known, *new])}
    both = pa.concat_tables([old, read_names(new, words)])
    return both.take(pa.array([row_of[name] for name in names], pa.int64()))


def _null_as_blank(rows: pa.Table) -> pa.Table:
    columns = [
        rows.column(field.name).fill_null("") if pa.types.is_string(field.type) else rows.column(field.name)
        for field in SCHEMA
    ]
    return pa.table(columns, schema=SCHEMA)


def _blank_as_null(rows: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    columns = {}
    for name in rows.column_names:
        column = rows.column(name)
        text = pa.types.is_string(column.type) and name not in ("name", "standard_name")
        columns[name] = pc.if_else(pc.equal(column, ""), None, column) if text else column
    return pa.table(columns)
