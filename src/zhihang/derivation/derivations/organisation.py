# SPDX-License-Identifier: Apache-2.0
"""Derivation of `organisation`: the organisations behind the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.derivation import Facts, derivation

if TYPE_CHECKING:
    import ibis.expr.types as ir


@derivation(
    reads=("organisation_name", "party_organisation"), per="whole", lists=("applicant_type",), version=1
)
def organisation(facts: Facts) -> ir.Table:
    """One row per resolved organisation or person's name: names and applications counted, code and parent shown."""
    import ibis

    names = facts.table("organisation_name")
    parties = facts.table("party_organisation")
    held = parties.group_by("organisation_id").aggregate(applications=parties.application_id.nunique())
    shown = names.name == names.standard_name
    grouped = names.group_by("organisation_id").aggregate(
        name=names.standard_name.min(),
        type=names.type.min(),
        place_shown=names.place.min(where=shown),
        place_any=names.place.min(),
        names=names.count().cast("int32"),
        credit_code=names.credit_code.min(),
        parent_id=names.parent_id.min(),
        parent_reason=names.parent_reason.min(),
        confidence=names.confidence.min(),
    )
    found = grouped.left_join(held, "organisation_id", rname="{name}_held")
    service = [code.code for code in facts.codes["applicant_type"] if code.details["service"] == "1"]
    return found.select(
        "organisation_id",
        "name",
        "type",
        "names",
        "credit_code",
        "parent_id",
        "parent_reason",
        "confidence",
        service_invention=ibis.cases(
            (found.type == "individual", False), (found.type.isin(service), True), else_=ibis.null("boolean")
        ),
        region_hint=found.place_shown.coalesce(found.place_any),
        applications=found.applications.coalesce(0).cast("int32"),
    )
