# SPDX-License-Identifier: Apache-2.0
"""The store's applicants become organisations: names, codes, co-applicants in one cell, decisions, re-runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.store_rows import application, put, shown

from zhihang.derivation.derivation import derivations
from zhihang.derivation.derive import DeriveRequest, derive
from zhihang.derivation.organisation_card import organisation_card
from zhihang.derivation.organisation_decision import decide
from zhihang.errors import DefinitionError, NotFound
from zhihang.store.store import Store, create_store, open_store

FIRM = "桂林漓鑫电子科技有限公司"
CODE, OTHER_CODE = "91450305XN0000071U", "91350100M000100Y43"
PARTIES = (
    ("CN1", "applicant", 1, FIRM, None, None, None),
    ("CN1", "inventor", 1, "王小明", None, None, None),
    ("CN2", "applicant", 1, "桂林市漓鑫電子科技有限公司", "Guilin Diecai Shanshui Inc.", None, None),
    ("CN3", "applicant", 1, "桂林电子科技大学；桂林漓鑫电子科技有限公司技术中心", None, None, None),
    ("CN4", "applicant", 1, "王小明", None, None, "个人"),
    ("CN4", "assignee", 1, "桂林漓鑫电子厂", None, CODE, None),
    ("CN5", "applicant", 1, "桂林漓鑫实业有限公司", None, CODE, None),
    ("CN5", "applicant", 2, "有限公司", None, "91350100M000100Y44", None),
    ("CN5", "agency", 1, "桂林某某代理公司", None, None, None),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return made_store(tmp_path)


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = made_store(tmp_path_factory.mktemp("resolved"))
    resolve_all(store)
    return store


@pytest.fixture
def derived(resolved: Store, tmp_path: Path) -> Store:
    """A copy of the store in which names are resolved, to write in."""
    return open_store(shutil.copytree(resolved.root, tmp_path / "derived"))


def made_store(folder: Path) -> Store:
    create_store(folder / "store")
    store = open_store(folder / "store")
    ingest(store, "one.csv", PARTIES)
    return store


def ingest(store: Store, file: str, parties) -> None:
    columns = ("application_id", "role", "sequence", "name", "name_latin", "identifier", "type")
    rows = [dict(zip(columns, party, strict=True)) | {"line": line} for line, party in enumerate(parties, 1)]
    numbers = sorted({party[0] for party in parties})
    applications = [application(number, line) for line, number in enumerate(numbers, 1)]
    put(store, file, {"application": applications, "party": rows})


def resolve_all(store: Store, decisions: Path | None = None, *, again: bool = False):
    request = DeriveRequest(["organisation"], decisions_folder=decisions, again=again)
    shelf = derivations()
    ours = {name: shelf[name] for name in ("organisation_name", "party_organisation", "organisation")}
    return {outcome.name: outcome for outcome in derive(store, ours, request)}


def ids(store: Store) -> dict[str, str]:
    return dict(shown(store, "organisation_name", "name", "organisation_id"))  # type: ignore[arg-type]


def test_names_are_resolved_and_counted(resolved: Store):
    found = ids(resolved)
    same = {
        FIRM,
        "桂林市漓鑫電子科技有限公司",
        "桂林漓鑫电子科技有限公司技术中心",
        "Guilin Diecai Shanshui Inc.",
    }
    assert len({found[name] for name in same}) == 1
    assert found["桂林漓鑫电子厂"] == found["桂林漓鑫实业有限公司"] != found[FIRM]
    rows = {
        row[0]: row[1:]
        for row in shown(
            resolved,
            "organisation",
            "name",
            "type",
            "names",
            "applications",
            "credit_code",
            "service_invention",
        )
    }
    assert rows[FIRM] == ("enterprise", 4, 3, None, True)
    assert rows["王小明"] == ("individual", 1, 1, None, False)
    assert rows["桂林电子科技大学"] == ("university", 1, 1, None, True)
    assert [row[3] for name, row in rows.items() if row[2] == 2] == [CODE]
    assert "桂林某某代理公司" not in found


def test_a_cell_with_two_applicants_has_two_rows(resolved: Store):
    rows = shown(resolved, "party_organisation", "application_id", "role", "sequence", "part", "name")
    assert [row for row in rows if row[0] == "CN3"] == [
        ("CN3", "applicant", 1, 1, "桂林电子科技大学"),
        ("CN3", "applicant", 1, 2, "桂林漓鑫电子科技有限公司技术中心"),
    ]
    assert len(rows) == 8  # seven applicants and holders, one cell of two


def test_every_party_has_an_organisation_of_table_organisation(resolved: Store):
    known = {row[0] for row in shown(resolved, "organisation", "organisation_id")}
    parties = shown(resolved, "party_organisation", "organisation_id", "confidence", "reason")
    assert {row[0] for row in parties} <= known
    assert all(0 < row[1] <= 1 and row[2] for row in parties)  # type: ignore[operator]


def test_decisions_of_the_office_survive_a_second_run_and_new_files(store: Store, tmp_path: Path):
    decisions = tmp_path / "decisions"
    file = decisions / "organisation.csv"
    decide(file, "merge", FIRM, "桂林漓鑫实业有限公司", by="王某", reason="工商登记")
    decide(file, "rename", FIRM, "漓鑫集团", by="王某", reason="通称")
    decide(file, "split", "桂林市漓鑫電子科技有限公司", by="王某", reason="另一家")
    found: dict[str, str] = {}
    for step in range(2):
        resolve_all(store, decisions, again=step == 1)
        found = ids(store)
        assert found[FIRM] == found["桂林漓鑫实业有限公司"] == found["桂林漓鑫电子厂"]
        assert found["桂林市漓鑫電子科技有限公司"] != found[FIRM]
        assert ("漓鑫集团",) in shown(store, "organisation", "name")
    ingest(store, "two.csv", [("CN9", "applicant", 1, "桂林榕泰机械厂", None, None, None)])
    resolve_all(store, decisions)
    assert {name: ids(store)[name] for name in found} == found


def test_new_names_do_not_renumber_others_and_a_reading_is_kept(derived: Store):
    store = derived
    before = ids(store)
    assert resolve_all(store)["organisation_name"].extent == "nothing"
    ingest(store, "two.csv", [("CN9", "applicant", 1, "桂林榕泰机械厂", None, None, None)])
    resolve_all(store)
    after = ids(store)
    assert {name: after[name] for name in before} == before
    kept = after
    resolve_all(store, again=True)
    assert ids(store) == kept


def test_a_circle_of_parents_leaves_the_store_as_it_was(derived: Store, tmp_path: Path):
    store = derived
    before = ids(store)
    file = tmp_path / "organisation.csv"
    decide(file, "parent", "桂林漓鑫电子厂", "桂林电子科技大学", by="王某", reason="属")
    decide(file, "parent", "桂林电子科技大学", "桂林漓鑫实业有限公司", by="王某", reason="属")
    with pytest.raises(DefinitionError, match="circle"):
        resolve_all(store, tmp_path)
    assert ids(store) == before


def test_the_code_of_a_party_rules_over_its_name(store: Store):
    ingest(
        store,
        "two.csv",
        [
            ("CN7", "applicant", 1, "桂林榕泰机械厂", None, OTHER_CODE, None),
            ("CN8", "applicant", 1, FIRM, None, OTHER_CODE, None),
            ("CN9", "applicant", 1, FIRM, None, CODE, None),
        ],
    )
    resolve_all(store)
    rows = {
        row[0]: row[1:]
        for row in shown(store, "party_organisation", "application_id", "organisation_id", "reason")
    }
    found = ids(store)
    assert rows["CN8"] == (found["桂林榕泰机械厂"], f"credit_code: {OTHER_CODE}")
    assert rows["CN9"] == (found["桂林漓鑫实业有限公司"], f"credit_code: {CODE}")
    assert rows["CN1"][0] == found[FIRM]


def test_the_card_of_an_organisation_shows_members_evidence_and_portfolio(resolved: Store):
    card = organisation_card(resolved, "桂林市漓鑫電子科技有限公司")
    assert (card["name"], card["type"], card["applications"]) == (FIRM, "enterprise", 3)
    assert {member["name"] for member in card["members"]} >= {FIRM, "桂林漓鑫电子科技有限公司技术中心"}
    assert all(member["reason"] for member in card["members"])
    assert sum(row["applications"] for row in card["portfolio"]) == 3
    assert organisation_card(resolved, card["organisation_id"]) == card
    with pytest.raises(NotFound) as caught:
        organisation_card(resolved, "漓鑫电子科技")
    assert FIRM in str(caught.value)
