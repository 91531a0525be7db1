# SPDX-License-Identifier: Apache-2.0
"""A handful of applications in memory, for conditions whose answers can be told by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.structured import structured
from zhihang.retrieval.query_language.tables import Tables
from zhihang.store.engine import Engine, start_engine

TODAY = date(2024, 6, 1)
D = date.fromisoformat

ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "application": [
        {"application_id": "CN201010100001", "filing_date": D("2010-05-02")},
        {"application_id": "CN201510100002", "filing_date": D("2015-12-31")},
        {"application_id": "CN201620100003", "filing_date": D("2016-01-01")},
        {"application_id": "US15123456", "filing_date": D("2018-03-04"), "pct_application_id": "PCTCN2017000001"},
        {"application_id": "CN-P101551481"},
    ],
    "patent": [
        {"application_id": "CN201010100001", "office": "CN", "kind": "invention", "region": "450305",
         "filing_date": D("2010-05-02"), "grant_date": D("2013-01-01"), "applicants": 2, "emerging": True,
         "applicant_type": "university", "zone": "桂林高新技术产业开发区", "country": "CN", "pledged": True},
        {"application_id": "CN201510100002", "office": "CN", "kind": "invention", "region": "450300",
         "filing_date": D("2015-12-31"), "applicants": 1, "emerging": False, "country": "CN"},
        {"application_id": "CN201620100003", "office": "CN", "kind": "utility_model", "region": "440300",
         "filing_date": D("2016-01-01"), "grant_date": D("2016-09-01"), "applicants": 1, "country": "CN"},
        {"application_id": "US15123456", "office": "US", "kind": "invention", "filing_date": D("2018-03-04"),
         "applicants": 3, "emerging": True, "country": "JP"},
        {"application_id": "CN-P101551481", "office": "CN", "kind": "invention"},
    ],
    "classification": [
        {"application_id": "CN201010100001", "scheme": "ipc", "symbol": "H01M10/0525", "position": 1},
        {"application_id": "CN201010100001", "scheme": "ipc", "symbol": "C01B25/00", "position": 2},
        {"application_id": "CN201510100002", "scheme": "ipc", "symbol": "H01M4/02", "position": 1},
        {"application_id": "CN201510100002", "scheme": "ipc", "symbol": "H01M10/00", "position": 2},
        {"application_id": "CN201620100003", "scheme": "ipc", "symbol": "H01M104/00", "position": 1},
        {"application_id": "US15123456", "scheme": "cpc", "symbol": "H01M10/0525", "position": 1},
        {"application_id": "US15123456", "scheme": "cpc", "symbol": "Y02E60/10", "position": 2},
    ],
    "party": [
        {"application_id": "CN201010100001", "role": "applicant", "sequence": 1,
         "name": "广西大学（南宁）", "address": "广西桂林市七星区１号"},
        {"application_id": "CN201010100001", "role": "inventor", "sequence": 1, "name": "李明"},
        {"application_id": "CN201510100002", "role": "assignee", "sequence": 1, "name": "广西玉柴机器股份有限公司"},
        {"application_id": "US15123456", "role": "applicant", "sequence": 1, "name": "Guangxi University 100%_Ltd."},
    ],
    "party_organisation": [
        {"application_id": "CN201510100002", "role": "assignee", "sequence": 1, "part": 1, "organisation_id": "o-yuchai",
         "name": "广西玉柴机器股份有限公司", "type": "enterprise", "confidence": 1.0, "reason": "x"},
    ],
    "organisation": [{"organisation_id": "o-yuchai", "name": "广西玉柴机器股份有限公司",
                      "credit_code": "91450000123456789X"}],
    "organisation_name": [{"name": "广西玉柴机器(集团)有限公司",
                           "organisation_id": "o-yuchai", "standard_name": "广西玉柴机器股份有限公司"}],
    "publication": [
        {"publication_id": "CN101551481B", "application_id": "CN-P101551481", "office": "CN", "number": "101551481",
         "kind_code": "B", "publication_date": D("2011-02-03")},
        {"publication_id": "CN102000001A", "application_id": "CN201010100001", "office": "CN", "number": "102000001",
         "kind_code": "A", "publication_date": D("2011-11-11")},
        {"publication_id": "CN102000001B", "application_id": "CN201010100001", "office": "CN", "number": "102000001",
         "kind_code": "B", "publication_date": D("2013-01-01")},
    ],
    "priority": [{"application_id": "US15123456", "sequence": 1, "priority_date": D("2017-03-04")}],
    "citation": [
        {"application_id": "CN201510100002",
         "citing_publication_id": "CN105000002A", "sequence": 1, "cited_publication_id": "CN102000001A"},
        {"application_id": "CN201620100003", "sequence": 1, "cited_publication_id": "CN102000001B"},
        {"application_id": "CN201620100003", "sequence": 2, "cited_text": "a book"},
    ],
    "cited_by": [
        {"application_id": "CN201010100001", "sequence": 1, "citing_publication_id": "CN105000002A"},
        {"application_id": "CN201010100001", "sequence": 2, "citing_publication_id": "US9999999B2"},
    ],
    "claim": [{"application_id": "CN201010100001", "publication_id": "CN102000001A", "number": n} for n in (1, 2, 3)],
    "family": [
        {"application_id": "CN201010100001", "family_id": "f1"},
        {"application_id": "US15123456", "family_id": "f1"},
        {"application_id": "CN201510100002", "family_id": "f2"},
    ],
    "patent_industry": [
        {"application_id": "CN201010100001", "code": "384", "weight": 1.0},
        {"application_id": "CN201510100002", "code": "39", "weight": 0.5},
        {"application_id": "CN201620100003", "code": "unallocated", "weight": 1.0},
    ],
    "patent_emerging": [
        {"application_id": "CN201010100001", "code": "5", "branch": "5.2"},
        {"application_id": "US15123456", "code": "1", "branch": "1.2"},
    ],
    "patent_field": [{"application_id": "CN201010100001", "field": "1", "weight": 1.0}],
    "right_state": [
        {"application_id": "CN201010100001", "sequence": 1, "state": "pending",
         "valid_from": D("2010-05-02"), "valid_to": D("2013-01-01")},
        {"application_id": "CN201010100001", "sequence": 2, "state": "in_force", "valid_from": D("2013-01-01")},
        {"application_id": "CN201510100002", "sequence": 1, "state": "pending", "valid_from": D("2015-12-31")},
        {"application_id": "CN201620100003", "sequence": 1, "state": "in_force",
         "valid_from": D("2016-09-01"), "valid_to": D("2019-01-01")},
        {"application_id": "CN201620100003", "sequence": 2, "state": "lapsed", "valid_from": D("2019-01-01")},
    ],
}  # fmt: skip

EVERY = frozenset(str(row["application_id"]) for row in ROWS["application"])


class SmallStore:
    """Answers queries over the handful."""

    def __init__(self, codes: CodeLists | None = None) -> None:
        self.engine: Engine = start_engine("duckdb")
        self.codes = codes or CodeLists()
        self._tables: dict[str, Any] = {}

    def table(self, name: str) -> Any:
        if name not in self._tables:
            schema = TABLES[name].schema
            rows = ROWS.get(name, ())
            data = pa.table(
                {f.name: pa.array([r.get(f.name) for r in rows], f.type) for f in schema}, schema=schema
            )
            self._tables[name] = self.engine.values(data)
        return self._tables[name]

    @property
    def tables(self) -> Tables:
        return Tables(self.table, TODAY, self.codes)

    def ids(self, expression: Any) -> list[str]:
        return sorted(self.engine.collect(expression).column("application_id").to_pylist())

    def find(self, text: str) -> list[str]:
        """Ids found, without office and leading digits: the last one of each is told apart by eye."""
        found = self.ids(structured(parse(text, codes=self.codes), self.tables))
        assert len(found) == len(set(found))
        return [SHORT[one] for one in found]


SHORT = {
    "CN201010100001": "a",
    "CN201510100002": "b",
    "CN201620100003": "c",
    "US15123456": "u",
    "CN-P101551481": "p",
}
"""Short names of the applications: a, b, c and the American u, and p known by its publication only."""
