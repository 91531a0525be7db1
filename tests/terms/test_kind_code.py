# SPDX-License-Identifier: Apache-2.0
"""Tests of kind codes: what they mean depends on office and date."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from io import BytesIO

import pyarrow as pa
import pyarrow.csv
import pytest

from zhihang.terms.kind_code import TABLE_SCHEMA, classify, classify_one

TABLE = pa.Table.from_pylist(
    [
        {
            "office": "CN",
            "kind_code": "B",
            "kind": "invention",
            "stage": "grant",
            "valid_from": date(2010, 4, 7),
        },
        {
            "office": "CN",
            "kind_code": "B",
            "kind": "invention",
            "stage": "examined_publication",
            "valid_from": date(1985, 9, 10),
            "valid_to": date(1992, 12, 31),
        },
        {"office": "US", "kind_code": "S*", "kind": "design", "stage": "grant"},
        {"office": "*", "kind_code": "A*", "kind": "invention", "stage": "publication"},
        {"office": "*", "kind_code": "A3", "kind": "invention", "stage": "search_report"},
    ],
    schema=TABLE_SCHEMA,
)


@pytest.mark.parametrize(
    ("office", "kind_code", "day", "expected"),
    [
        ("CN", "B", date(1990, 1, 1), ("invention", "examined_publication")),
        ("CN", "B", date(1992, 12, 31), ("invention", "examined_publication")),
        ("CN", "B", date(2015, 1, 1), ("invention", "grant")),
        ("CN", "B", None, ("invention", "grant")),
        ("CN", "B", date(2000, 1, 1), ("invention", "grant")),  # in force on no such day: the latest row
        ("US", "S1", None, ("design", "grant")),
        ("XX", "A1", None, ("invention", "publication")),
        (None, "A1", None, ("invention", "publication")),
        ("XX", "A3", None, ("invention", "search_report")),
        ("XX", "Q", None, (None, None)),
        ("CN", None, None, (None, None)),
        ("CN", "", None, (None, None)),
    ],
)
def test_the_nearest_row_counts(office, kind_code, day, expected):
    assert classify_one(office, kind_code, day, TABLE) == expected


def test_many_documents_at_once():
    found = classify(
        pa.chunked_array([["CN", "US"], ["CN", None]]),
        pa.array(["B", "S1", "B", None]),
        pa.array([date(1990, 1, 1), None, date(2011, 1, 1), None]),
        TABLE,
    )
    assert found.stage.to_pylist() == ["examined_publication", "grant", "grant", None]
    assert (
        len(
            classify(
                pa.array([], pa.string()), pa.array([], pa.string()), pa.array([], pa.date32()), TABLE
            ).kind
        )
        == 0
    )


def _list(name):
    content = files("zhihang.facts.codelists").joinpath(f"{name}.csv").read_bytes()
    types = {"valid_from": pa.date32(), "valid_to": pa.date32()}
    options = pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    return pyarrow.csv.read_csv(BytesIO(content), convert_options=options)


@pytest.mark.parametrize(
    ("office", "kind_code", "day", "expected"),
    [
        ("CN", "A", date(2013, 5, 15), ("invention", "publication")),
        ("CN", "C", date(2005, 1, 1), ("invention", "grant")),
        ("CN", "U", date(2013, 1, 2), ("utility_model", "grant")),
        ("CN", "U", date(1990, 1, 1), ("utility_model", "examined_publication")),
        ("CN", "Y", date(2009, 1, 1), ("utility_model", "grant")),
        ("CN", "D", date(2009, 1, 1), ("design", "grant")),
        ("CN", "S", date(2012, 1, 1), ("design", "grant")),
        ("US", "A", date(1982, 9, 7), ("invention", "grant")),
        ("US", "A1", date(2012, 3, 8), ("invention", "publication")),
        ("US", "B2", date(2017, 5, 9), ("invention", "grant")),
        ("US", "S1", date(2012, 3, 27), ("design", "grant")),
        ("US", "E1", date(2012, 3, 27), ("invention", "amended_grant")),
        ("US", "P2", date(2012, 3, 27), ("plant", "grant")),
        ("EP", "B1", None, ("invention", "grant")),
        ("EP", "A3", None, ("invention", "search_report")),
        ("WO", "A1", None, ("invention", "publication")),
        ("JP", "B2", date(1990, 1, 1), ("invention", "examined_publication")),
        ("JP", "B2", date(2010, 1, 1), ("invention", "grant")),
        ("KR", "Y1", date(2010, 1, 1), ("utility_model", "grant")),
        ("ES", "T3", None, ("invention", "translation")),
        ("DE", "U1", None, ("utility_model", "grant")),
        ("ZZ", "A1", None, ("invention", "publication")),
    ],
)
def test_the_list_that_ships_with_the_project(office, kind_code, day, expected):
    assert classify_one(office, kind_code, day, _list("kind_code")) == expected


def test_the_list_uses_only_known_kinds_and_stages_and_dated_rows_do_not_overlap():
    table = _list("kind_code")
    assert set(table["kind"].to_pylist()) <= set(_list("right_kind")["code"].to_pylist())
    assert set(table["stage"].to_pylist()) <= set(_list("publication_stage")["code"].to_pylist())
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in table.to_pylist():
        span = (row["valid_from"] or date.min, row["valid_to"] or date.max)
        for other in spans.setdefault((row["office"], row["kind_code"]), []):
            assert span[0] > other[1] or other[0] > span[1], row
        spans[row["office"], row["kind_code"]].append(span)
