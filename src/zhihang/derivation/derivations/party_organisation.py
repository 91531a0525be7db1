# SPDX-License-Identifier: Apache-2.0
"""Derivation of `party_organisation`: which organisation each applicant or holder is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.organisation_names.gathering import named_parties
from zhihang.derivation.organisation_names.vocabulary import LISTS, vocabulary
from zhihang.terms.credit_code import right_codes

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _named(facts: Facts, changed: ir.Table) -> ir.Table:
    """Applications with a party whose name, or whose credit code, belongs to another organisation than before."""
    assert facts.previous is not None
    rows = facts.previous
    by_name = rows.semi_join(changed.select("name").distinct(), "name").select("application_id")
    codes = facts.collect(changed.filter(changed.credit_code.notnull()).select("credit_code").distinct())
    if not codes.num_rows:
        return by_name
    party = facts.table("party")
    coded = _right(facts, party.filter(party.identifier.notnull()))
    coded = coded.semi_join(facts.values(codes), "credit_code").select("identifier")
    return by_name.union(party.semi_join(coded, "identifier").select("application_id"))


@derivation(
    reads=("party", "organisation_name"),
    per="application",
    lists=LISTS,
    version=1,
    uses={"organisation_name": ("organisation_id", "type", "confidence", "reason", "credit_code")},
    through={"organisation_name": _named},
)
def party_organisation(facts: Facts) -> ir.Table:
    """Each applicant and holder with its organisation.

    The credit code of the party decides where its check character is right and an organisation bears it; else its
    name does. A cell with several names has a row for each.
    """
    import ibis

    names = facts.table("organisation_name")
    parties = named_parties(facts, vocabulary(facts.codes))
    parties = parties.select("application_id", "role", "sequence", "part", "name", "identifier")
    coded = _by_code(facts, parties, names)
    found = parties.join(
        names.select("name", "organisation_id", "type", "confidence", "reason"), "name"
    ).left_join(coded, "identifier", rname="{name}_code")
    ruled = found.code_id.notnull() & (found.code_id != found.organisation_id)
    return found.select(
        "application_id",
        "role",
        "sequence",
        "part",
        "name",
        organisation_id=ruled.ifelse(found.code_id, found.organisation_id),
        type=ruled.ifelse(found.code_type, found.type),
        confidence=ruled.ifelse(ibis.literal(1.0), found.confidence),
        reason=ruled.ifelse(
            ibis.literal("credit_code: ").concat(found.credit_code.coalesce("")), found.reason
        ),
    )


def _by_code(facts: Facts, parties: ir.Table, names: ir.Table) -> ir.Table:
    """Return the organisation that bears each right code, by the identifier as written."""
    bearers = names.filter(names.credit_code.notnull())
    bearers = bearers.group_by("credit_code").aggregate(
        code_id=bearers.organisation_id.min(), code_type=bearers.type.min()
    )
    return _right(facts, parties.filter(parties.identifier.notnull())).join(bearers, "credit_code")


def _right(facts: Facts, parties: ir.Table) -> ir.Table:
    """Return identifiers as written with the right credit code they stand for; others are left out."""
    written = facts.collect(parties.select("identifier").distinct())
    texts = written.column("identifier").combine_chunks().cast(pa.string())
    codes = right_codes(texts)
    table = pa.table([texts, codes], names=["identifier", "credit_code"])
    return facts.values(table.filter(codes.is_valid()))
