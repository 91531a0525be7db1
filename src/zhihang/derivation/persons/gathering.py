# SPDX-License-Identifier: Apache-2.0
"""Gather from the facts who is named as inventor, and what is known of the applications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.derivation.derivation import Facts
from zhihang.derivation.persons.mentions import UNKNOWN, Filings, Mentions
from zhihang.derivation.persons.parameters import Knowledge
from zhihang.derivation.persons.person_name import Kind
from zhihang.derivation.persons.reading import read_names
from zhihang.methods.agglomeration import Incidence, Numbers

if TYPE_CHECKING:
    import ibis.expr.types as ir

ROLE = "inventor"
SCHEMES = ("ipc", "cpc")


@dataclass(frozen=True)
class Gathered:
    """Rows of inventors, in canonical order: applications, sequences, names, what kind of name; the mentions among them.

    `row` is the row of each mention; rows whose cell holds no person's name have none.
    """

    application_id: pa.Array
    sequence: pa.Array
    name: pa.Array
    kind: list[Kind]
    row: Numbers
    mentions: Mentions


def gather(facts: Facts, known: Knowledge) -> Gathered:
    """Read inventors and their applications."""
    party = facts.table("party")
    party = party.filter(party.role == ROLE, party.name.notnull())
    rows = facts.collect(party.select("application_id", "sequence", "name"))
    rows = rows.sort_by([("application_id", "ascending"), ("sequence", "ascending")]).combine_chunks()
    named = _one(rows["name"]).dictionary_encode()
    names = read_names(named.dictionary.to_pylist(), known.short_names)
    written = np.asarray(named.indices)
    variant = names.variant[written] if len(written) else np.zeros(0, np.int64)
    row = np.flatnonzero(variant >= 0)
    ids = _one(rows["application_id"])
    known_ids = pc.unique(ids)
    inside = party.select("application_id").distinct()
    application = _places(ids, known_ids)
    filings = _filings(facts, inside, known_ids)
    own = _own_regions(facts, rows, row, filings)
    mentions = Mentions(application[row], variant[row], own, names, filings.filings)
    kinds = names.kind
    told = [kinds[n] for n in written.tolist()]
    return Gathered(ids, _one(rows["sequence"]), _one(rows["name"]), told, row, mentions)


@dataclass(frozen=True)
class _Read:
    filings: Filings
    regions: pa.Array


def _filings(facts: Facts, inside: ir.Table, ids: pa.Array) -> _Read:
    application = facts.table("application").semi_join(inside, "application_id")
    dates = facts.collect(application.select("application_id", year=application.filing_date.year()))
    year = _by_application(dates, "year", ids)
    family = (
        facts.table("family").filter(lambda row: row.reason != "alone").semi_join(inside, "application_id")
    )
    families = facts.collect(family.select("application_id", "family_id"))
    numbers = families.set_column(1, "family_id", _encoded(families["family_id"])[0])
    regions, found = _regions(facts, inside, ids)
    subclasses, groups = _classes(facts, inside, ids)
    filings = Filings(
        count=len(ids),
        year=year,
        family=_by_application(numbers, "family_id", ids),
        organisations=_incidence(facts.collect(_organisations(facts, inside)), ids),
        regions=regions,
        subclasses=subclasses,
        groups=groups,
        cited=_cited(facts, inside, ids),
    )
    return _Read(filings, found)


def _organisations(facts: Facts, inside: ir.Table) -> ir.Table:
    """Return applicants and holders that are no persons: a person may well bear the inventor's own name."""
    rows = facts.table("party_organisation")
    rows = rows.filter(~rows.type.isin(("individual", "unknown"))).semi_join(inside, "application_id")
    return rows.select("application_id", "organisation_id").distinct()


def _regions(facts: Facts, inside: ir.Table, ids: pa.Array) -> tuple[Incidence, pa.Array]:
    """Return the places of applicants by application, and the texts of all places, those of inventors too."""
    rows = _placed(facts, inside)
    applicants = rows.filter(rows.role != ROLE)
    table = facts.collect(applicants.select("application_id", "region", "country").distinct())
    every = facts.collect(rows.select("region", "country").distinct())
    texts = pa.concat_arrays(_levels(every)[1]).unique()
    texts = texts.take(pc.sort_indices(texts))
    where, levels = _levels(table)
    application = _places(_one(table["application_id"]), ids)
    things = np.concatenate([application[place] for place in where])
    keys = np.concatenate([_places(level, texts) for level in levels])
    return Incidence.of(things, keys, len(ids), max(len(texts), 1)), texts


def _placed(facts: Facts, inside: ir.Table) -> ir.Table:
    rows = facts.table("party_region").semi_join(inside, "application_id")
    return rows.select(
        "application_id", "role", "sequence", "country", region=rows.region_now.coalesce(rows.region)
    )


def _levels(rows: pa.Table) -> tuple[list[Numbers], list[pa.Array]]:
    """Return county or state, city, and foreign country: rows that have them, and their texts.

    A Chinese province, and China itself, say too little to count as one place.
    """
    region, country = (_one(rows[name]).cast(pa.string()) for name in ("region", "country"))
    chinese = pc.fill_null(pc.match_substring_regex(region, "^[0-9]{6}$"), False)
    city = pc.utf8_slice_codeunits(region, 0, 4)
    county = pc.and_(chinese, pc.invert(pc.fill_null(pc.match_substring_regex(region, "00$"), True)))
    in_city = pc.and_(chinese, pc.invert(pc.fill_null(pc.match_substring_regex(region, "0000$"), True)))
    state = pc.and_(pc.is_valid(region), pc.invert(chinese))
    foreign = pc.and_(pc.is_valid(country), pc.invert(pc.fill_null(pc.equal(country, "CN"), True)))
    parts = ((pc.or_(county, state), region), (in_city, city), (foreign, country))
    return (
        [np.flatnonzero(np.asarray(flags)) for flags, _ in parts],
        [texts.filter(flags) for flags, texts in parts],
    )


def _own_regions(facts: Facts, rows: pa.Table, row: Numbers, read: _Read) -> Incidence:
    """Return the places that inventors themselves give, by mention."""
    placed = facts.table("party_region")
    placed = placed.filter(placed.role == ROLE).select(
        "application_id", "sequence", "country", region=placed.region_now.coalesce(placed.region)
    )
    found = facts.collect(placed)
    width = max(len(read.regions), 1)
    if not found.num_rows:
        return Incidence.of(np.zeros(0, np.int64), np.zeros(0, np.int64), len(row), width)
    places = _mention_keys(rows).take(pa.array(row))
    mention = _places(_mention_keys(found), places)
    where, levels = _levels(found)
    things = np.concatenate([mention[place] for place in where])
    keys = np.concatenate([_places(level, read.regions) for level in levels])
    kept = (things >= 0) & (keys >= 0)
    return Incidence.of(things[kept], keys[kept], len(row), width)


def _mention_keys(rows: pa.Table) -> pa.Array:
    ids, numbers = (_one(rows[name]).cast(pa.string()) for name in ("application_id", "sequence"))
    return pc.binary_join_element_wise(ids, numbers, "|")


def _classes(facts: Facts, inside: ir.Table, ids: pa.Array) -> tuple[Incidence, Incidence]:
    rows = facts.table("classification")
    rows = rows.filter(rows.scheme.isin(SCHEMES), rows.symbol.length() >= 4).semi_join(
        inside, "application_id"
    )
    table = facts.collect(rows.select("application_id", group=rows.symbol.split("/")[0]).distinct())
    group = _one(table["group"]).cast(pa.string())
    subclass = pc.utf8_slice_codeunits(group, 0, 4)
    longer = pc.filter(table, pc.greater(pc.utf8_length(group), 4))
    by_subclass = pa.table([table["application_id"], subclass], ["application_id", "key"])
    return _incidence(by_subclass, ids), _incidence(longer, ids)


def _cited(facts: Facts, inside: ir.Table, ids: pa.Array) -> Incidence:
    """Return for each application itself and those it cites, as far as these name inventors too."""
    publication = facts.table("publication").select("publication_id", cited="application_id")
    citation = facts.table("citation").semi_join(inside, "application_id")
    citation = citation.filter(citation.cited_publication_id.notnull())
    pairs = citation.inner_join(publication, [("cited_publication_id", "publication_id")])
    pairs = pairs.filter(pairs.cited != pairs.application_id)
    found = facts.collect(pairs.select("application_id", "cited").distinct())
    things, keys = (_places(_one(found[name]), ids) for name in ("application_id", "cited"))
    kept = (things >= 0) & (keys >= 0)
    citing, cited = things[kept], keys[kept]
    return Incidence.of(
        np.concatenate([citing, cited]), np.concatenate([cited, cited]), len(ids), max(len(ids), 1)
    )


def _incidence(rows: pa.Table, ids: pa.Array) -> Incidence:
    """Return what the applications have: the second column by the first."""
    keys, width = _encoded(rows.column(1))
    return Incidence.of(_places(_one(rows.column(0)), ids), np.asarray(keys), len(ids), max(width, 1))


def _encoded(values: pa.ChunkedArray) -> tuple[pa.Array, int]:
    """Number texts in the order of the alphabet."""
    encoded = _one(values).cast(pa.string()).dictionary_encode()
    order = np.asarray(pc.sort_indices(encoded.dictionary))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return pa.array(rank[np.asarray(encoded.indices)] if len(encoded) else np.zeros(0, np.int64)), len(rank)


def _by_application(rows: pa.Table, column: str, ids: pa.Array) -> Numbers:
    found = np.full(len(ids), UNKNOWN, np.int64)
    found[_places(_one(rows["application_id"]), ids)] = np.asarray(
        _one(rows[column]).cast(pa.int64()).fill_null(UNKNOWN)
    )
    return found


def _places(values: pa.Array, among: pa.Array) -> Numbers:
    found = pc.fill_null(pc.index_in(values.cast(pa.string()), value_set=among.cast(pa.string())), UNKNOWN)
    places: Numbers = np.asarray(found).astype(np.int64)
    return places


def _one(column: pa.ChunkedArray) -> pa.Array:
    joined = column.combine_chunks()
    return joined if not isinstance(joined, pa.ChunkedArray) else pa.concat_arrays(joined.chunks)
