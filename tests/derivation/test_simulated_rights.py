# SPDX-License-Identifier: Apache-2.0
"""States of simulated rights beside what the simulation knows to be true, and beside published stocks of Guilin."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from zhihang.simulation.simulate import simulate
from zhihang.workspace import create_workspace, open_workspace

pytestmark = pytest.mark.slow

GUILIN = "4503"
FIRST, LAST = 2006, 2017
#: Lapses are announced at most 450 days after the fee was due, and the simulation knows nothing after 2017.
SETTLED = ("2010-12-31", "2013-06-30", "2015-12-31", "2016-06-30")
#: Invention patents in force: the plan of Guilin (2010 worked out from its densities), dashboard of March 2018.
PUBLISHED = {"2010-12-31": 512, "2015-12-31": 2254, "2016-12-31": 3132, "2017-12-31": 3936}

IN_FORCE = (
    "state = 'in_force' AND valid_from <= DATE '{day}' AND (valid_to IS NULL OR DATE '{day}' < valid_to)"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace with the register and the events of simulated Guilin, and the truth behind them."""
    folder = tmp_path_factory.mktemp("guilin")
    files = simulate("450300", FIRST, LAST, seed=7, to=folder / "simulated").paths
    create_workspace(folder)
    workspace = open_workspace(folder)
    workspace.ingest(files[:2])
    workspace.derive(["right_state", "ownership"])
    yield workspace, truth(files[2])
    workspace.store.close()


def truth(path: Path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def truly_in_force(row, day):
    """Whether the simulation has a right in force; one declared invalid has never been."""
    if row["decision"] != "granted" or row["decided"] > day or row["ending"] == "invalidated":
        return False
    return not row["ended"] or row["ended"] > day


def held(workspace, day, kind):
    query = f"SELECT application_id FROM right_state JOIN application USING (application_id) WHERE kind = '{kind}' AND "
    found = workspace.query(query + IN_FORCE.format(day=day))
    return set(found.column("application_id").to_pylist())


def own_id(row):
    return "CN" + row["application_number"].removeprefix("CN").partition(".")[0]


@pytest.mark.parametrize("day", SETTLED)
@pytest.mark.parametrize("kind", ["invention", "utility_model", "design"])
def test_rights_in_force_are_those_the_simulation_has(made, kind, day):
    workspace, rows = made
    expected = {own_id(row) for row in rows if row["kind"] == kind and truly_in_force(row, day)}
    found = held(workspace, day, kind)
    # A record in fifteen thousand has a date spoiled on purpose.
    assert len(found ^ expected) <= max(2, len(expected) // 1000)


@pytest.mark.parametrize("day", PUBLISHED)
def test_the_stock_of_guilin_is_near_the_published_one(made, day):
    """Filed inside, or sold to the inside before that day. At the end of 2017 some lapses are not announced yet."""
    workspace, rows = made
    query = f"SELECT application_id FROM ownership WHERE reason = 'transfer' AND known_from <= DATE '{day}'"
    sold = set(workspace.query(query).column("application_id").to_pylist())
    inside = {
        own_id(row)
        for row in rows
        if row["county_code"].startswith(GUILIN)
        or (row["holder_county_code"].startswith(GUILIN) and own_id(row) in sold)
    }
    stock = len(held(workspace, day, "invention") & inside)
    assert stock == pytest.approx(PUBLISHED[day], rel=0.01)


def test_every_application_has_exactly_one_state_on_every_day_since_its_filing(made):
    workspace, _ = made
    spans = (
        "SELECT application_id, valid_from f, valid_to t FROM right_state"
        " WHERE valid_from < COALESCE(valid_to, DATE '9999-12-31')"
    )
    broken = workspace.query(
        "SELECT COUNT(*) n FROM (SELECT *, LEAD(f) OVER (PARTITION BY application_id ORDER BY f) then_from"
        f" FROM ({spans})) WHERE then_from <> t"
    )
    assert broken.column("n")[0].as_py() == 0


def test_a_later_day_of_looking_back_needs_no_new_computation(made):
    workspace, _ = made
    far = workspace.query(f"SELECT COUNT(*) n FROM right_state WHERE {IN_FORCE.format(day=date(2045, 1, 1))}")
    assert far.column("n")[0].as_py() == 0  # the last term of an application of 2017 ends in 2037
