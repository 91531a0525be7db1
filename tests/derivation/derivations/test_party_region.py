# SPDX-License-Identifier: Apache-2.0
"""Parties get their place from the store, with the office's decisions, and unplaced ones are listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.store_rows import application, put, shown

from zhihang.derivation.derivation import derivations
from zhihang.derivation.derive import DeriveRequest, derive
from zhihang.derivation.places.unplaced import unplaced
from zhihang.store.store import Store, create_store, open_store

PARTIES = (
    ("CN1", "applicant", 1, "桂林某公司", "广西桂林市临桂县西城大道1号"),
    ("CN1", "applicant", 2, "柳州某厂", None),
    ("CN1", "inventor", 1, "张三", None),
    ("CN1", "agency", 1, "北京某代理公司", "北京市海淀区"),
    ("CN2", "applicant", 1, "李四", "某某大院3号"),
    ("CN3", "applicant", 1, "王五", "某某大院3号"),
    ("CN4", "applicant", 1, "临桂某厂", "临桂县西城大道"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    create_store(tmp_path / "store")
    store = open_store(tmp_path / "store")
    filed = {"CN1": date(2012, 5, 1), "CN2": date(2015, 1, 1), "CN3": date(2016, 1, 1)}
    applications = [
        application(number, line, filing_date=day) for line, (number, day) in enumerate(filed.items(), 1)
    ]
    applications.append(application("CN4", 4, filing_date_partial="2011-03"))
    party = [
        {"application_id": a, "role": r, "sequence": s, "name": n, "address": d, "line": line}
        for line, (a, r, s, n, d) in enumerate(PARTIES, 1)
    ]
    put(store, "one.csv", {"application": applications, "party": party})
    return store


def place_all(store: Store, decisions: Path | None = None) -> None:
    derive(store, derivations().all(), DeriveRequest(["party_region"], decisions_folder=decisions))


def test_parties_are_placed_on_their_filing_date(store: Store):
    place_all(store)
    columns = ("application_id", "role", "sequence", "region", "region_now", "method")
    assert shown(store, "party_region", *columns) == [
        ("CN1", "applicant", 1, "450322", "450312", "address"),
        ("CN1", "applicant", 2, "450200", "450200", "name"),
        ("CN2", "applicant", 1, None, None, "none"),
        ("CN3", "applicant", 1, None, None, "none"),
        ("CN4", "applicant", 1, "450322", "450312", "address"),  # only the year of filing is known: 2011
    ]


def test_unplaced_parties_are_listed_by_frequency(store: Store):
    place_all(store)
    listed = unplaced(store.table("party"), store.table("party_region"))
    rows = store.collect(listed).to_pylist()
    assert [(row["address"], row["name"], row["parties"]) for row in rows] == [("某某大院3号", None, 2)]
    assert rows[0]["reason"] == "no division recognised in the address"


def test_a_decision_places_them(store: Store, tmp_path: Path):
    place_all(store)
    (tmp_path / "place.csv").write_text(
        "address,name,region,zone,country,decided_on,decided_by,reason\n"
        "某某大院*,,450305,,,2024-03-01,office,known to us\n",
        encoding="utf-8",
    )
    place_all(store, tmp_path)
    found = {row[0]: row[1] for row in shown(store, "party_region", "application_id", "region")}
    assert (found["CN2"], found["CN3"]) == ("450305", "450305")
