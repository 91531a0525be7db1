# SPDX-License-Identifier: Apache-2.0
"""Applications with what indicators ask about them, in one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.derivation import Facts, derivation
from zhihang.facts.patent_columns import SURE

if TYPE_CHECKING:
    import ibis.expr.types as ir

BEYOND_MAINLAND = ("HK", "MO", "TW")
BEYOND_CODES = ("71", "81", "82")


def _held(facts: Facts, changed: ir.Table) -> ir.Table:
    """Applications whose first applicant is one of some organisations."""
    member = facts.table("party_organisation")
    first = member.filter((member.role == "applicant") & (member.sequence == 1) & (member.part == 1))
    return first.semi_join(changed.select("organisation_id").distinct(), "organisation_id").select(
        "application_id"
    )


def _kin(facts: Facts, changed: ir.Table) -> ir.Table:
    """Some applications, and all those of the families they were or are in."""
    family = facts.table("family")
    ids = changed.select("application_id").distinct()
    now = family.semi_join(ids, "application_id").select("family_id")
    families = now.union(changed.select("family_id")) if "family_id" in changed.columns else now
    kin = family.semi_join(families.distinct(), "family_id").select("application_id")
    return ids.union(kin).distinct()


@derivation(
    reads=(
        "application",
        "publication",
        "party",
        "file",
        "party_region",
        "party_organisation",
        "organisation",
        "enterprise",
        "enterprise_organisation",
        "family",
        "patent_emerging",
        "encumbrance",
    ),
    per="application",
    uses={
        "organisation": ("type",),
        "enterprise_organisation": ("organisation_id",),
        "family": ("family_id",),
    },
    through={"organisation": _held, "enterprise_organisation": _held, "family": _kin},
    spread=_kin,
)
def patent(facts: Facts) -> ir.Table:
    """What indicators count: dates, kind and route of an application, place, type and organisation of its first applicant.

    Counting goes by the first applicant; for the other ways each applicant's own place and organisation are joined.
    Kinds and dates are those of the application; a grant is what was announced.
    """
    rows = facts.table("application")
    joins = (_simulated, _published, _applicants, _place, _organisation, _size, _family, _emerging, _pledged)
    for joined in joins:
        rows = joined(rows, facts)
    return _settled(rows)


def _settled(rows: ir.Table) -> ir.Table:
    import ibis

    domestic = rows.office == "CN"
    international = rows.office == "WO"
    emerging, pledged, abroad = (
        rows[name].fill_null(False) for name in ("emerging", "pledged", "overseas_family")
    )
    return rows.select(
        "application_id",
        "office",
        "kind",
        "pct_entry",
        "country",
        "region",
        "zone",
        "organisation_id",
        "applicant_type",
        "size_class",
        "filing_date",
        "publication_date",
        "grant_date",
        "family_id",
        route=ibis.cases((domestic, "national"), (international, "pct"), else_="abroad"),
        origin=_origin(rows),
        service=rows.applicant_type.notnull().ifelse(
            rows.applicant_type != "individual", ibis.null("boolean")
        ),
        applicants=ibis.coalesce(rows.applicants, 0).cast("int32"),
        overseas_family=abroad,
        emerging=emerging,
        pledged=pledged,
        high_value=emerging | pledged | abroad,
        simulated=rows.simulated.fill_null(False),
    )


def _origin(rows: ir.Table) -> ir.StringValue:
    import ibis

    beyond = rows.country.isin(BEYOND_MAINLAND) | rows.region.substr(0, 2).isin(BEYOND_CODES)
    return ibis.cases(
        (beyond.fill_null(False), "hmt"),
        (rows.region.notnull() | (rows.country == "CN").fill_null(False), "mainland"),
        (rows.country.notnull(), "foreign"),
        else_="unknown",
    )


def _simulated(rows: ir.Table, facts: Facts) -> ir.Table:
    files = facts.table("file").select("file_id", "simulated")
    return _joined(rows, files, "file_id")


def _published(rows: ir.Table, facts: Facts) -> ir.Table:
    publication = facts.table("publication")
    first = publication.group_by("application_id").aggregate(
        publication_date=publication.publication_date.min()
    )
    return _joined(rows, first)


def _applicants(rows: ir.Table, facts: Facts) -> ir.Table:
    party = facts.table("party")
    held = party.filter(party.role == "applicant")
    return _joined(rows, held.group_by("application_id").aggregate(applicants=held.count()))


def _place(rows: ir.Table, facts: Facts) -> ir.Table:
    place = facts.table("party_region")
    first = place.filter((place.role == "applicant") & (place.sequence == 1))
    return _joined(rows, first.select("application_id", "country", "zone", region="region_now"))


def _organisation(rows: ir.Table, facts: Facts) -> ir.Table:
    member, organisation = facts.table("party_organisation"), facts.table("organisation")
    first = member.filter((member.role == "applicant") & (member.sequence == 1) & (member.part == 1))
    found = _joined(rows, first.select("application_id", "organisation_id"))
    return _joined(found, organisation.select("organisation_id", applicant_type="type"), "organisation_id")


def _size(rows: ir.Table, facts: Facts) -> ir.Table:
    """Size class of an organisation in the newest register that has it; none where its firms differ."""
    firm, link = facts.table("enterprise"), facts.table("enterprise_organisation")
    firms = firm.filter(firm.size_class.notnull()).select("enterprise", "year", "size_class")
    firms = firms.inner_join(
        link.filter(link.organisation_id.notnull()).select("enterprise", "organisation_id"), "enterprise"
    )
    # The years of an organisation are gathered before the newest is taken: joining it back by organisation and year
    # may be done by year first, which pairs every firm with every organisation.
    yearly = firms.group_by("organisation_id", "year").aggregate(
        least=firms.size_class.min(), sizes=firms.size_class.nunique()
    )
    found = yearly.group_by("organisation_id").aggregate(
        size_class=yearly.least.argmax(yearly.year), sizes=yearly.sizes.argmax(yearly.year)
    )
    return _joined(rows, found.filter(found.sizes == 1).drop("sizes"), "organisation_id")


def _family(rows: ir.Table, facts: Facts) -> ir.Table:
    family = (
        facts.table("family")
        .select("application_id", "family_id")
        .distinct(on="application_id", keep="first")
    )
    application = facts.table("application")
    granted = application.filter(application.grant_date.notnull() & (application.office != "CN"))
    abroad = family.semi_join(granted, "application_id").select("family_id").distinct()
    import ibis

    return _joined(_joined(rows, family), abroad.mutate(overseas_family=ibis.literal(True)), "family_id")


def _emerging(rows: ir.Table, facts: Facts) -> ir.Table:
    import ibis

    found = facts.table("patent_emerging")
    sure = found.filter(found.basis.isin(SURE)).select("application_id").distinct()
    return _joined(rows, sure.mutate(emerging=ibis.literal(True)))


def _pledged(rows: ir.Table, facts: Facts) -> ir.Table:
    import ibis

    found = facts.table("encumbrance")
    pledges = found.filter(found.kind == "pledge").select("application_id").distinct()
    return _joined(rows, pledges.mutate(pledged=ibis.literal(True)))


def _joined(rows: ir.Table, more: ir.Table, key: str = "application_id") -> ir.Table:
    return rows.left_join(more, key).drop(f"{key}_right")
