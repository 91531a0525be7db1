# SPDX-License-Identifier: Apache-2.0
"""Gather from the recorded parties what is known about the names of applicants and holders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.organisation_decision import SUBJECT, read_decisions, standing
from zhihang.derivation.organisation_names.cell import SUSPECT, split_cells
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.vocabulary import Vocabulary
from zhihang.terms.credit_code import right_codes

if TYPE_CHECKING:
    import ibis.expr.types as ir

ROLES = ("applicant", "assignee")
"""Roles whose names are resolved."""


def named_parties(facts: Facts, words: Vocabulary) -> ir.Table:
    """Return applicants and holders, one row per name: cells with several names are taken apart (`part` from 1)."""
    import ibis

    parties = facts.table("party")
    parties = parties.filter(parties.role.isin(ROLES), parties.name.notnull(), parties.name.length() > 0)
    suspects = parties.filter(parties.name.re_search(SUSPECT)).select("name").distinct()
    cells = facts.collect(suspects).column("name").to_pylist()
    parts = split_cells(cells, words)
    counted = Counter(parts.column("cell").to_pylist())
    several = parts.filter(
        pa.array([counted[cell] > 1 for cell in parts.column("cell").to_pylist()], pa.bool_())
    )
    whole = parties.mutate(part=ibis.literal(1, "int32"))
    if not several.num_rows:
        return whole
    split = facts.values(several.rename_columns(["cell", "part", "one"]))
    alone = whole.anti_join(split, whole.name == split.cell)
    crammed = parties.join(split, parties.name == split.cell)
    taken = crammed.mutate(name=crammed.one, name_latin=ibis.null("string"), identifier=ibis.null("string"))
    return alone.union(taken.select(*alone.columns))


def gather(facts: Facts, parties: ir.Table) -> tuple[list[str], Evidence]:
    """Return the distinct names, in order of the alphabet, and what is known of them."""
    grouped = parties.group_by("name").aggregate(applications=parties.application_id.nunique())
    counts = _pairs(facts.collect(grouped.order_by("name")))
    beside = parties.filter(parties.name_latin.notnull(), parties.name_latin != parties.name)
    foreign = _columns(facts.collect(beside.select("name", "name_latin").distinct()))
    names = list(counts)
    evidence = Evidence(
        counts=counts,
        codes=_codes(facts, parties),
        types=_types(facts, parties),
        beside=[(name, other) for name, other in zip(*foreign, strict=True)],
        together=_together(facts, parties),
        inventors=_inventors(facts, parties),
        decisions=standing(read_decisions(facts.decisions(SUBJECT))),
    )
    known = set(names)
    extra = sorted({other for _, other in evidence.beside} - known)
    return names + extra, evidence


def _codes(facts: Facts, parties: ir.Table) -> dict[str, str]:
    """Return the right credit code of each name; names given with several are left out."""
    given = parties.filter(parties.identifier.notnull()).select("name", "identifier").distinct()
    names, identifiers = _columns(facts.collect(given)) or ([], [])
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in zip(names, right_codes(pa.array(identifiers, pa.string())).to_pylist(), strict=True):
        if code:
            found[name].add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _types(facts: Facts, parties: ir.Table) -> dict[str, str]:
    """Return the type that sources mostly state for a name."""
    stated = parties.filter(parties.type.notnull())
    told = facts.collect(stated.group_by("name", "type").aggregate(n=stated.count()))
    known = facts.codes["applicant_type"]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name, text, times in zip(*_columns(told), strict=True):
        code = known.find(text)
        if code is not None and code.code != "unknown":
            votes[name][code.code] += times
    return {name: min(types, key=lambda t: (-types[t], t)) for name, types in votes.items()}


def _together(facts: Facts, parties: ir.Table) -> list[tuple[str, str]]:
    """Return pairs of names with the same role in one application."""
    one = parties.select("application_id", "role", "name")
    other = one.view()
    pairs = one.join(
        other,
        [one.application_id == other.application_id, one.role == other.role, one.name < other.name],
        rname="{name}_other",
    )
    first, second = _columns(facts.collect(pairs.select("name", "name_other").distinct()))
    return list(zip(first, second, strict=True))


def _inventors(facts: Facts, parties: ir.Table) -> frozenset[str]:
    people = facts.table("party")
    people = people.filter(people.role == "inventor").select("name").distinct()
    return frozenset(facts.collect(people.semi_join(parties, "name")).column("name").to_pylist())


def _columns(rows: pa.Table) -> Sequence[list[str]]:
    return [rows.column(name).to_pylist() for name in rows.column_names]


def _pairs(rows: pa.Table) -> Mapping[str, int]:
    names, counts = (rows.column(place).to_pylist() for place in (0, 1))
    return dict(zip(names, counts, strict=True))
