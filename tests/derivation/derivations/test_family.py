# SPDX-License-Identifier: Apache-2.0
"""Tests of simple families: equal sets of priorities, entries of a PCT application, families given by a source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.derivation.made_facts import derived

from zhihang.derivation.derivations.family import family
from zhihang.store.engine import Engine, start_engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def families(engine, applications, *, pct=(), given=(), unread=()):
    """Family and reason by application; `applications` maps each to the earlier filings it claims."""
    entered = dict(pct)
    tables = {
        "application": [
            {"application_id": name, "pct_application_id": entered.get(name)} for name in applications
        ],
        "priority": [
            {"application_id": name, "sequence": n, "priority_application_id": earlier}
            for name, claimed in applications.items()
            for n, earlier in enumerate(claimed.split(), 1)
        ]
        + [{"application_id": name, "sequence": 9} for name in unread],
        "publication": [{"publication_id": f"{name}A", "application_id": name} for name in applications],
        "family_member": [
            {
                "application_id": one,
                "scheme": "vendor_simple",
                "sequence": n,
                "member_publication_id": f"{other}A",
            }
            for n, (one, other) in enumerate(given, 1)
        ],
    }
    rows = derived(family, engine, tables)
    assert {row["scheme"] for row in rows} == {"simple"}
    return {row["application_id"]: (row["family_id"], row["reason"]) for row in rows}


def test_a_family_is_one_set_of_priorities_and_a_first_filing_is_its_own(engine):
    found = families(
        engine, {"CN2": "US1", "EP3": "US1", "US1": "", "JP4": "US1 US9", "KR5": "US9 US1", "CN6": ""}
    )
    assert found == {
        "CN2": ("CN2", "same_priorities"),
        "EP3": ("CN2", "same_priorities"),
        "US1": ("CN2", "same_priorities"),
        "JP4": ("JP4", "same_priorities"),
        "KR5": ("JP4", "same_priorities"),
        "CN6": ("CN6", "alone"),
    }


def test_an_earlier_filing_that_the_store_does_not_have_ties_those_that_claim_it(engine):
    assert families(engine, {"CN2": "US1", "EP3": "US1"}) == {
        "CN2": ("CN2", "same_priorities"),
        "EP3": ("CN2", "same_priorities"),
    }


def test_entries_of_one_international_application_are_of_its_family(engine):
    found = families(engine, {"WO1": "US9", "CN2": "", "EP3": "US9"}, pct={"CN2": "WO1", "EP3": "WO1"})
    assert {name: family_id for name, (family_id, _) in found.items()} == dict.fromkeys(
        ("WO1", "CN2", "EP3"), "CN2"
    )
    assert found["CN2"][1] == "national_phase"
    apart = families(
        engine, {"CN2": "", "JP3": ""}, pct={"CN2": "WO1", "JP3": "WO1"}
    )  # WO1 itself is not there
    assert apart == {"CN2": ("CN2", "national_phase"), "JP3": ("CN2", "national_phase")}


def test_the_family_a_source_gives_counts_where_there_is_no_priority(engine):
    found = families(engine, {"CN2": "", "EP3": "", "US4": "JP9"}, given=[("CN2", "EP3"), ("CN2", "CN2")])
    assert found == {
        "CN2": ("CN2", "given_by_source"),
        "EP3": ("CN2", "given_by_source"),
        "US4": ("US4", "alone"),
    }


def test_a_source_that_disagrees_with_the_priorities_is_noted_and_not_followed(engine):
    found = families(engine, {"CN2": "US1", "EP3": "US1", "JP4": "US7"}, given=[("CN2", "JP4")])
    assert found["CN2"] == ("CN2", "source_differs")
    assert found["EP3"] == ("CN2", "same_priorities")
    assert found["JP4"] == ("JP4", "alone")


def test_a_priority_that_cannot_be_read_leaves_the_application_alone(engine):
    found = families(engine, {"CN2": "US1", "EP3": "US1"}, unread=["EP3"])
    assert found == {"CN2": ("CN2", "alone"), "EP3": ("EP3", "priority_unreadable")}


def test_records_known_by_a_publication_number_are_counted_too(engine):
    assert families(engine, {"CN-P101": "", "US1": ""}) == {
        "CN-P101": ("CN-P101", "alone"),
        "US1": ("US1", "alone"),
    }


def test_a_chain_of_many_entries_is_one_family(engine):
    # Long chains must not exhaust the stack.
    chain = {f"CN{n:04d}": "" for n in range(2000)}
    entries = {f"CN{n:04d}": f"CN{n - 1:04d}" for n in range(1, 2000)}
    assert {family_id for family_id, _ in families(engine, chain, pct=entries).values()} == {"CN0000"}


def test_nothing_gives_nothing(engine):
    assert families(engine, {"CN1": ""}) == {"CN1": ("CN1", "alone")}
