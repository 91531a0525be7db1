# SPDX-License-Identifier: Apache-2.0
"""Tests of who files together with whom."""

from __future__ import annotations

from datetime import date

import pytest
from tests.intensity.made_facts import facts_seen

from zhihang.intensity.park_members import Residents
from zhihang.intensity.park_network import networks
from zhihang.intensity.park_profile import network_data
from zhihang.store.engine import start_engine

HELD = Residents({"a": 0, "b": 0, "c": 0, "d": 1}, dict.fromkeys("abcd", "firm"), ())


def teams(*made):
    """Applications: year, then applicants; p is a natural person."""
    parties = [
        {
            "application_id": f"A{number}",
            "role": "applicant",
            "sequence": at,
            "organisation_id": one,
            "type": "individual" if one == "p" else "enterprise",
        }
        for number, (_, *team) in enumerate(made)
        for at, one in enumerate(team, 1)
    ]
    patents = [
        {"application_id": f"A{number}", "filing_date": date(year, 5, 1)}
        for number, (year, *_) in enumerate(made)
    ]
    named = [{"organisation_id": one, "name": f"{one} Ltd", "type": "enterprise"} for one in "abcduv"]
    return {"patent": patents, "party_organisation": parties, "organisation": named}


@pytest.fixture(scope="module")
def network():
    engine = start_engine("duckdb", {"threads": 1})
    tables = teams(
        (2018, "a", "b"), (2020, "b", "a"), (2019, "u", "a"), (2019, "a", "d"), (2019, "a", "p"),
        (2019, "c"), (2019, "u", "v"), (2005, "a", "c"),
    )  # fmt: skip
    yield networks(facts_seen(engine, tables), HELD, [0], 2015, 2020)[0]
    engine.close()


def test_ties_are_counted_inside_with_other_parks_and_outside(network):
    shown = {(tie.one, tie.other): (tie.applications, tie.where) for tie in network.ties}
    assert shown == {("a", "b"): (2, "inside"), ("a", "u"): (1, "outside"), ("a", "d"): (1, "other_park")}
    assert (network.ties[0].first_year, network.ties[0].last_year) == (2018, 2020)
    assert network.density == pytest.approx(1 / 3)  # of three organisations one pair in three
    assert network.largest == 4  # a, b, u, d


def test_applications_of_others_and_of_other_years_do_not_count(network):
    # Of the park: five of a, one of c alone; that of 2005 and that of u and v are not.
    assert (network.applications, network.joint) == (6, 5)


def test_natural_persons_are_counted_and_not_named(network):
    assert network.with_persons == 1
    told = network_data(network, ("一", "二"))
    assert all("p" not in (tie["organisation"], tie["partner"]) for tie in told["ties"])
    assert [tie["park"] for tie in told["ties"]] == ["一", "二", None]
    assert told["partner_types"] == {"enterprise": 2}


def test_a_park_without_organisations_has_an_empty_network(network):
    engine = start_engine("duckdb", {"threads": 1})
    found = networks(facts_seen(engine, {}), HELD, [2], 2015, 2020)[2]
    assert (found.applications, found.density, found.largest, found.ties) == (0, None, 0, ())
    assert network_data(found, ("一",))["joint_share"] is None
    engine.close()
