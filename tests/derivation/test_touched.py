# SPDX-License-Identifier: Apache-2.0
"""After new files and decisions only what they touch is computed, and every derived table is as if made anew."""

from __future__ import annotations

import csv
import shutil
import zlib
from pathlib import Path

import pytest
from tests.store_rows import shown

from zhihang.derivation.derive import DeriveRequest, derive
from zhihang.derivation.organisation_decision import decide
from zhihang.facts.table import TABLES
from zhihang.simulation.simulate import simulate
from zhihang.workspace import Workspace, create_workspace, open_workspace

pytestmark = pytest.mark.slow
DECISIONS = {"party_organisation", "patent", "patent_stock"}
BY_APPLICATION = DECISIONS | {
    "encumbrance", "ownership", "party_region", "patent_emerging", "patent_field", "patent_industry", "right_state",
}  # fmt: skip
WHO = {"by": "王某", "reason": "登记"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated register without one application in fifty, which `rest.csv` and `rest-events.csv` hold; derived."""
    folder = tmp_path_factory.mktemp("touched")
    files = simulate("450300", 2011, 2013, seed=7, scale=0.1, to=folder / "simulated").paths
    create_workspace(folder)
    register, events = (split(path, folder) for path in files[:2])
    firms = [path for path in files if "enterprises" in path.name]
    workspace = open_workspace(folder)
    workspace.ingest([register, events, *firms])
    workspace.derive()
    workspace.store.close()
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path):
    shutil.copytree(made, tmp_path / "own")
    opened = open_workspace(tmp_path / "own")
    yield opened
    opened.store.close()


def split(path: Path, folder: Path) -> Path:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    column = rows[0].index("申请号")
    name = "rest-events.csv" if "events" in path.name else "rest.csv"
    rest = [row for row in rows[1:] if zlib.crc32(row[column].encode()) % 50 == 7]
    kept = [row for row in rows[1:] if zlib.crc32(row[column].encode()) % 50 != 7]
    for target, held in ((folder / name, rest), (folder / f"most-{name}", kept)):
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([rows[0], *held])
    return folder / f"most-{name}"


def same_as_anew(workspace: Workspace) -> dict[str, str]:
    """Derive what is stale, compare every table with what deriving all anew gives, and return the extents."""
    extents: dict[str, str] = {outcome.name: outcome.extent for outcome in workspace.derive()}
    touched = rows(workspace)
    workspace.derive(again=True)
    anew = rows(workspace)
    assert [name for name in touched if touched[name] != anew[name]] == []
    return extents


def rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    return {name: shown(workspace.store, name, *TABLES[name].names) for name in workspace.derivations.all()}


def names_of(workspace: Workspace) -> list[str]:
    query = (
        "SELECT name FROM organisation WHERE type = 'enterprise' AND applications > 3 ORDER BY name LIMIT 4"
    )
    return [str(name) for name in workspace.query(query).column("name").to_pylist()]


def take_away(workspace: Workspace, *files: str) -> None:
    with workspace.store.writing("remove", {}) as run:
        run.drop([entry.file_id for entry in run.entries() if Path(entry.path).name in files])
        run.commit(workspace.store.clock())


def test_new_records_and_records_taken_away_again(workspace):
    folder = workspace.folder
    before = rows(workspace)
    workspace.ingest([folder / "rest.csv", folder / "rest-events.csv"])
    extents = same_as_anew(workspace)
    assert {name for name in BY_APPLICATION if extents[name] != "touched"} == set()
    take_away(workspace, "rest.csv", "rest-events.csv")
    assert same_as_anew(workspace)["patent"] == "touched"
    assert rows(workspace) == before


def test_a_merge_touches_the_applications_of_both(workspace):
    one, other, *_ = names_of(workspace)
    decide(workspace.decisions_folder / "organisation.csv", "merge", one, other, **WHO)
    extents = same_as_anew(workspace)
    assert {name: extents[name] for name in DECISIONS} == dict.fromkeys(DECISIONS, "touched")
    assert {extents[name] for name in BY_APPLICATION - DECISIONS} == {"nothing"}
    decide(workspace.decisions_folder / "organisation.csv", "split", one, **WHO)
    same_as_anew(workspace)


def test_a_new_name_to_show_or_a_parent_touches_no_application(workspace):
    one, other, third, _ = names_of(workspace)
    path = workspace.decisions_folder / "organisation.csv"
    decide(path, "rename", one, "新名称", **WHO)
    decide(path, "parent", other, third, **WHO)
    extents = same_as_anew(workspace)
    quiet = {"party_person", "person", "patent", "patent_stock", "enterprise_organisation"}
    assert {name: extents[name] for name in quiet} == dict.fromkeys(quiet, "nothing")


def test_a_table_brought_up_to_date_alone_does_not_hide_changes_from_the_others(workspace):
    one, other, *_ = names_of(workspace)
    decide(workspace.decisions_folder / "organisation.csv", "merge", one, other, **WHO)
    shelf = workspace.derivations.all()
    request = DeriveRequest(
        ["party_organisation"], codes=workspace.codes, decisions_folder=workspace.decisions_folder
    )
    derive(workspace.store, shelf, request)
    workspace.ingest([workspace.folder / "rest.csv"])
    derive(workspace.store, shelf, request)
    assert same_as_anew(workspace)["patent"] == "touched"
