# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of PATDOC: XML of version 2.5 and the SGML before it."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.uspto_patdoc import uspto_patdoc

FOLDER = SAMPLES / "uspto_patdoc"
REAL = [
    "uspto-redbook-grants/go-uspto-v2-5-B2.xml",
    "uspto-redbook-grants/go-uspto-v2-5-S1.xml",
    "uspto-legacy-formats/sgml_US06336130.xml",
]


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_patdoc) == expected(uspto_patdoc)


@pytest.mark.parametrize("name", ["pg020604.xml", "pg010206.sgm"])
def test_the_reader_is_sure_of_its_format(name):
    assert surest(FOLDER / name) == "uspto_patdoc"


def test_tags_that_sgml_leaves_open_swallow_nothing():
    rows = raw_rows(uspto_patdoc, FOLDER / "pg010206.sgm")
    assert of_record(rows, "citation", 0, "category") == ["cited by other"]
    assert of_record(rows, "attribute", 0, "value")[-1] == "USD0437001-20010206-D00000.TIF"
    assert not [name for name in of_record(rows, "attribute", 0, "name") if name == "document_mended"]


@pytest.mark.parametrize("name", REAL)
def test_real_files_hold_one_record_without_a_refused_value(shared, name):
    path = shared / "data" / "patents" / name
    assert count(uspto_patdoc, path) == (1, 0)
    assert all("rejection" not in part.tables for part in normalised(uspto_patdoc, path))


def test_a_real_grant_is_read_as_printed(shared):
    rows = raw_rows(uspto_patdoc, shared / "data" / "patents" / REAL[0])
    assert of_record(rows, "publication", 0, "number") == ["06530116", "20020108205"]
    assert of_record(rows, "classification", 0, "symbol") == [
        "A47L 5/14",
        "15/328",
        "15/327.6",
        "15/326",
        "15/412",
    ]
    assert of_record(rows, "citation", 0, "text")[21] == "US 5412837 A; Wörwag; 19950500; 15/327.6"
    assert of_record(rows, "claim", 0, "depends_on")[:4] == [None, "1", "1", "3"]
    assert len(of_record(rows, "claim", 0, "number")) == 20
