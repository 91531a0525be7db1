# SPDX-License-Identifier: Apache-2.0
"""Many batches are placed in processes side by side: the same answers, in the same order."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from zhihang.derivation.places.side_by_side import FEW, placed
from zhihang.facts.codelist import CodeLists

TOLD = ("address", "postcode", "country", "province", "city", "county", "name")
DECISIONS = [
    {
        "address": "老厂区",
        "region": "450305",
        "decided_by": "x",
        "decided_on": "2024-01-01",
        "reason": "known here",
    }
]


def batch(address: str, day: date | None) -> pa.RecordBatch:
    """One row that tells an address only, with a number that is none of the evidence."""
    given = {name: pa.array([address if name == "address" else None], pa.string()) for name in TOLD}
    return pa.record_batch({"number": pa.array([7]), **given, "day": pa.array([day], pa.date32())})


def regions(batches: list[pa.RecordBatch]) -> list[tuple[str, str | None]]:
    """Address and division of each batch as they come."""
    found = placed(batches, CodeLists(), DECISIONS)
    return [(rows["address"][0].as_py(), answers["region"][0].as_py()) for rows, answers in found]


def test_processes_give_the_same_answers_in_the_same_order():
    addresses = [
        "广西桂林市临桂县西城大道1号",
        "老厂区",
        "广西桂林市荔浦县",
        "",
        "某处",
        "广西桂林市阳朔县",
    ] * 2
    many = [batch(address, date(2016, 5, 1)) for address in addresses]
    assert len(many) > FEW
    single = [answer for one in many for answer in regions([one])]
    assert regions(many) == single
    assert single[0][1] == "450312"
    assert single[2][1] == "450331"


def test_nothing_to_place_is_nothing_placed():
    assert regions([]) == []
