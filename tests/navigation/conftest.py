# SPDX-License-Identifier: Apache-2.0
"""A small store in memory, and studies over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis
import pyarrow as pa
import pytest

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.navigation.corpus import Tools
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.navigate import navigate
from zhihang.navigation.result import StudyResult
from zhihang.navigation.scan import Scan
from zhihang.navigation.study import read_study

CUTOFF = date(2022, 6, 30)
STUDY = """
label: {zh: 小试, en: Trial}
question: 问什么
region: 广西
cutoff: 2022-06-30
query: TTL=(电池 OR battery)
breakdown:
  - {code: A, zh: 电极, keywords: [正极, cathode]}
  - {code: B, zh: 隔膜, keywords: [隔膜, separator]}
"""


def patent(
    number: int,
    *,
    year: int = 2015,
    title: str = "电池正极材料",
    abstract: str | None = "一种电池的制备。",
    holder: str = "甲公司",
    kind: str = "enterprise",
    region: str = "450300",
    country: str = "CN",
    symbols: Sequence[str] = ("H01M4/02",),
    family: str = "",
    state: str = "in_force",
) -> dict[str, Any]:
    """One application with what the tables hold of it."""
    return locals()


def _tables(
    patents: Sequence[dict[str, Any]], citations: Sequence[tuple[int, int]]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    holders = {one["holder"]: one["kind"] for one in patents}
    found["organisation"] = [
        {"organisation_id": name, "name": name, "type": kind} for name, kind in holders.items()
    ]
    for one in patents:
        name = f"CN{one['number']}"
        filed = date(one["year"], 3, 1)
        told = {"application_id": name, "office": "CN", "kind": "invention", "filing_date": filed}
        found["application"].append(told)
        found["patent"].append({**told, "country": one["country"], "region": one["region"], "pledged": False})
        found["publication"].append(
            {
                "publication_id": f"{name}A",
                "application_id": name,
                "publication_date": date(one["year"] + 1, 9, 1),
            }
        )
        found["family"].append({"application_id": name, "family_id": one["family"] or name})
        held = {"role": "applicant", "sequence": 1, "organisation_id": one["holder"], "name": one["holder"]}
        found["party_organisation"].append({"application_id": name, **held, "type": one["kind"]})
        for part in ("title", "abstract"):
            if one[part]:
                found["text"].append({"application_id": name, "part": part, "text": one[part]})
        for position, symbol in enumerate(one["symbols"], start=1):
            row = {"application_id": name, "scheme": "ipc", "symbol": symbol, "position": position}
            found["classification"].append(row)
        found["right_state"].append(
            {"application_id": name, "state": one["state"], "evidence": "evidenced", "valid_from": filed}
        )
    found["citation"] = [
        {"application_id": f"CN{citing}", "cited_publication_id": f"CN{cited}A"}
        for citing, cited in citations
    ]
    return found


def store_of(patents: Sequence[dict[str, Any]], citations: Sequence[tuple[int, int]] = ()) -> Any:
    """A snapshot of a store that holds these patents."""
    rows = _tables(patents, citations)

    @cache
    def table(name: str) -> Any:
        fields = [pa.field(one.name, one.type) for one in TABLES[name].schema]
        given = [{field.name: row.get(field.name) for field in fields} for row in rows[name]]
        return ibis.memtable(pa.Table.from_pylist(given, schema=pa.schema(fields)))

    engine = SimpleNamespace(collect=lambda expression: expression.to_pyarrow(), values=ibis.memtable)
    return SimpleNamespace(table=table, engine=engine)


@pytest.fixture
def study_file(tmp_path: Path) -> Callable[..., Path]:
    """Write the file of a study: the usual one, with `changed` parts of its text replaced."""

    def write(*changed: tuple[str, str], more: str = "") -> Path:
        text = STUDY
        for old, new in changed:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "trial.yaml"
        path.write_text(text + more, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(study_file: Callable[..., Path]) -> Callable[..., StudyResult]:
    """Run the study over patents."""

    def run(
        patents: Sequence[dict[str, Any]],
        *changed: tuple[str, str],
        more: str = "",
        citations: Sequence[tuple[int, int]] = (),
        labels: dict[str, HandLabel] | None = None,
        before: dict[str, Any] | None = None,
    ) -> StudyResult:
        study, snapshot, codes = (
            read_study(study_file(*changed, more=more)),
            store_of(patents, citations),
            CodeLists(),
        )
        scan = Scan(snapshot, CUTOFF, codes)
        tools = Tools(snapshot, scan.ids, None, list, labels or {}, CUTOFF, "scan")
        return navigate(study, tools, codes, before=before, today=date(2022, 7, 1), version=1)

    return run
