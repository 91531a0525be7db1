# SPDX-License-Identifier: Apache-2.0
"""Derivations that are expressions give the same rows on DuckDB and on Spark."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.derivation.made_facts import derived
from tests.sail_server import sail_server
from tests.spark_cluster import OPTIONS, spark_cluster

from zhihang.derivation.derivation import derivations
from zhihang.store.engine import Engine, start_engine

EXPRESSIONS = (
    "party_organisation",
    "organisation",
    "patent",
    "patent_stock",
    "person",
    "patent_emerging",
    "family",
)
"""Besides `patent_field`, `patent_industry` and `right_state`, whose own tests run on both."""
LEAKS = "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
CODE = "91450305XN0000071U"


def party(
    number: int, role: str, sequence: int, name: str, identifier: str | None = None
) -> dict[str, object]:
    return {
        "application_id": f"CN{number}", "role": role, "sequence": sequence, "name": name, "identifier": identifier,
    }  # fmt: skip


def held(number: int, organisation: str, kind: str, sequence: int = 1) -> dict[str, object]:
    return {
        "application_id": f"CN{number}", "role": "applicant", "sequence": sequence, "part": 1,
        "organisation_id": organisation, "type": kind, "name": organisation, "confidence": 1.0, "reason": "alone",
    }  # fmt: skip


def named(name: str, organisation: str, kind: str, code: str | None = None) -> dict[str, object]:
    return {
        "name": name, "organisation_id": organisation, "standard_name": name, "type": kind, "confidence": 0.9,
        "reason": "alone", "credit_code": code, "place": "450300" if kind == "enterprise" else None,
    }  # fmt: skip


TABLES = {
    "application": [
        {
            "application_id": f"CN{n}", "office": "US" if n == 4 else "CN", "kind": "invention", "file_id": 1,
            "filing_date": f"201{n}-05-01", "grant_date": f"201{n + 2}-05-01" if n % 2 == 0 else None,
        }
        for n in range(1, 6)
    ],
    "publication": [
        {"application_id": f"CN{n}", "publication_id": f"P{n}", "publication_date": f"201{n + 1}-01-0{n}"}
        for n in range(1, 6)
    ],
    "party": [
        party(1, "applicant", 1, "桂林甲公司"), party(1, "inventor", 1, "张伟"),
        party(2, "applicant", 1, "桂林乙公司", CODE), party(2, "inventor", 1, "张伟"),
        party(2, "inventor", 2, "李雷"), party(3, "applicant", 1, "桂林甲公司；桂林乙公司"),
        party(3, "inventor", 1, "李雷"), party(4, "applicant", 1, "王五"),
    ],
    "organisation_name": [
        named("桂林甲公司", "O1", "enterprise", CODE), named("桂林乙公司", "O2", "enterprise"),
        named("王五", "O3", "individual"),
    ],
    "party_organisation": [
        held(1, "O1", "enterprise"), held(2, "O2", "enterprise"), held(3, "O1", "enterprise"), held(4, "O3", "individual"),
    ],
    "organisation": [{"organisation_id": name, "type": "enterprise"} for name in ("O1", "O2")],
    "party_region": [
        {
            "application_id": f"CN{n}", "role": "applicant", "sequence": 1, "region": "450305",
            "region_now": "450305", "country": "CN",
        }
        for n in (1, 2)
    ],
    "enterprise": [
        {"enterprise": "E1", "size_class": size, "year": year} for size, year in (("small", 2015), ("large", 2018))
    ],
    "enterprise_organisation": [{"enterprise": "E1", "organisation_id": "O1"}],
    "priority": [
        {"application_id": "CN4", "office": "CN", "number": "CN3", "priority_application_id": "CN3", "sequence": 1}
    ],
    "family": [
        {"application_id": f"CN{n}", "family_id": "F3" if n in (3, 4) else f"F{n}", "reason": "alone"}
        for n in range(1, 6)
    ],
    "party_person": [
        {"application_id": f"CN{n}", "role": "inventor", "sequence": s, "person_id": p, "confidence": 0.9}
        for n, s, p in ((1, 1, "P1"), (2, 1, "P1"), (2, 2, "P2"), (3, 1, "P2"))
    ],
    "classification": [
        {"application_id": f"CN{n}", "scheme": "ipc", "symbol": symbol, "position": 1}
        for n, symbol in ((1, "H01M10/052"), (2, "G06F17/30"), (3, "A61K36/00"))
    ],
    "text": [{"application_id": "CN1", "part": "title", "language": "zh", "text": "一种锂离子电池正极材料"}],
    "right_state": [
        {"application_id": "CN2", "sequence": 1, "state": "in_force", "valid_from": "2014-05-01", "valid_to": None},
        {"application_id": "CN4", "sequence": 1, "state": "in_force", "valid_from": "2016-05-01", "valid_to": "2019-01-01"},
    ],
    "encumbrance": [{"application_id": "CN2", "kind": "pledge", "sequence": 1}],
}  # fmt: skip


def same(started: Engine) -> None:
    """Compare the rows of each expression with those on DuckDB, none of which may be empty."""
    here = start_engine("duckdb", {"threads": 1})
    tables = dict(TABLES)
    shelf = derivations()
    try:
        for name in EXPRESSIONS:
            expected = derived(shelf[name], here, tables)
            assert expected, name
            assert derived(shelf[name], started, tables) == expected, name
            if name == "patent":
                tables["patent"] = expected
    finally:
        here.close()
        started.close()


@pytest.mark.slow
def test_sail_gives_the_same_rows(tmp_path: Path) -> None:
    with sail_server() as address:
        same(start_engine("spark", {"url": address, "store": tmp_path}))


@pytest.mark.spark
@pytest.mark.filterwarnings(LEAKS)
def test_spark_gives_the_same_rows(tmp_path: Path) -> None:
    from pyspark import SparkContext

    with spark_cluster(tmp_path) as address:
        same(start_engine("spark", {"url": address, "store": tmp_path, "options": OPTIONS}))
        SparkContext.getOrCreate().stop()
