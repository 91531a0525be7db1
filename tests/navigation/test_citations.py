# SPDX-License-Identifier: Apache-2.0
"""Citations of the store as a graph: numbers mapped to applications and families, own citations flagged."""

from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
import pytest

from zhihang.errors import NotFound
from zhihang.facts.table import TABLES
from zhihang.navigation.citation_rows import date_text
from zhihang.navigation.citations import StoredCitations, stored_citations

APPLICATIONS = [
    ("CN1", date(2001, 5, 1)),
    ("US1", date(2002, 5, 1)),
    ("CN2", date(2005, 6, 7)),
    ("EP3", date(2008, 1, 1)),
]
PUBLICATIONS = [("CN100A", "CN1"), ("US200A1", "US1"), ("CN300A", "CN2"), ("EP400A1", "EP3")]
# CN1 and US1 are one family.
FAMILIES = [("CN1", "CN1"), ("US1", "CN1"), ("CN2", "CN2"), ("EP3", "EP3")]
HOLDERS = [("CN1", "O1"), ("US1", "O1"), ("CN2", "O1"), ("EP3", "O3")]


def _read(citations, cited_by=(), members=(), **how) -> StoredCitations:
    rows = {
        "application": [{"application_id": name, "filing_date": day} for name, day in APPLICATIONS],
        "publication": [{"publication_id": number, "application_id": name} for number, name in PUBLICATIONS],
        "family": [{"application_id": name, "family_id": family} for name, family in FAMILIES],
        "family_member": [
            {"application_id": name, "scheme": scheme, "member_publication_id": number}
            for name, scheme, number in members
        ],
        "party_organisation": [
            {"application_id": name, "role": "applicant", "organisation_id": holder}
            for name, holder in HOLDERS
        ],
        "citation": [{"application_id": name, "cited_publication_id": number} for name, number in citations],
        "cited_by": [{"application_id": name, "citing_publication_id": number} for name, number in cited_by],
    }

    def table(name: str):
        schema = TABLES[name].schema
        given = [{field.name: row.get(field.name) for field in schema} for row in rows[name]]
        return ibis.memtable(
            pa.Table.from_pylist(given, schema=pa.schema([(f.name, f.type) for f in schema]))
        )

    return stored_citations(table, lambda expression: expression.to_pyarrow(), **how)


def _links(found: StoredCitations) -> set[tuple[str, str]]:
    graph = found.graph
    return {(graph.named(old), graph.named(new)) for old, new in zip(graph.older, graph.newer, strict=True)}


def test_a_cited_number_is_its_application_whatever_its_kind_code() -> None:
    found = _read([("CN2", "CN100A"), ("EP3", "CN300B")], level="application")
    assert _links(found) == {("CN1", "CN2"), ("CN2", "EP3")}
    assert found.held.all()


def test_at_the_level_of_families_members_are_one() -> None:
    found = _read([("CN2", "CN100A"), ("CN2", "US200A1")])
    assert _links(found) == {("CN1", "CN2")}


def test_a_member_the_store_does_not_hold_belongs_to_its_simple_family() -> None:
    cites = [("EP3", "JP500A"), ("EP3", "JP600A")]
    members = [("CN2", "simple", "JP500A"), ("CN2", "inpadoc", "JP600A")]
    assert _links(_read(cites, members=members)) == {("CN2", "EP3"), ("JP600", "EP3")}


def test_a_citation_named_by_both_sides_counts_once() -> None:
    found = _read([("CN2", "CN100A")], cited_by=[("CN1", "CN300A")])
    assert _links(found) == {("CN1", "CN2")}
    assert found.graph.remarks == ()


def test_documents_outside_are_kept_under_their_number_or_left_out() -> None:
    cites = [("CN2", "US5000000A"), ("CN2", "CN100A")]
    found = _read(cites)
    assert _links(found) == {("US5000000", "CN2"), ("CN1", "CN2")}
    assert dict(zip(found.graph.labels, found.held, strict=True))["US5000000"] == False  # noqa: E712 - a numpy bool
    assert _links(_read(cites, outside=False)) == {("CN1", "CN2")}


def test_citations_by_the_same_holder_are_flagged() -> None:
    found = _read([("CN2", "CN100A"), ("EP3", "CN300A")])
    own = {link: bool(flag) for link, flag in zip(sorted(_links(found)), found.own, strict=True)}
    assert own == {("CN1", "CN2"): True, ("CN2", "EP3"): False}
    assert found.without_own().links == 1


def test_the_time_of_a_family_is_its_earliest_filing() -> None:
    found = _read([("CN2", "US200A1")])
    times = dict(zip(found.graph.labels, found.graph.times.tolist(), strict=True))
    assert date_text(times["CN1"]) == "2001-05-01"
    assert date_text(times["CN2"]) == "2005-06-07"


def test_a_family_that_cites_itself_is_told() -> None:
    found = _read([("US1", "CN100A"), ("CN2", "CN100A")])
    assert [remark.kind for remark in found.graph.remarks] == ["self_citation"]


def test_a_citation_of_a_later_document_is_left_out_and_told() -> None:
    found = _read([("CN1", "EP400A1"), ("CN2", "CN100A")])
    assert _links(found) == {("CN1", "CN2")}
    assert [remark.kind for remark in found.graph.remarks] == ["future"]


def test_a_store_without_citations_says_so() -> None:
    with pytest.raises(NotFound, match="no citations"):
        _read([])
