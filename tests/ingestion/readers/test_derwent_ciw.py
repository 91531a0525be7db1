# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Derwent tagged text: families, wrapped lines, records that break off."""

from __future__ import annotations

import gzip

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers import derwent_ciw as module
from zhihang.ingestion.readers.derwent_ciw import derwent_ciw

DRONES = SAMPLES / "derwent_ciw" / "drones.ciw"


def test_the_samples_give_the_rows_beside_them():
    assert samples(derwent_ciw) == expected(derwent_ciw)


def test_the_reader_is_sure_of_its_format():
    assert surest(DRONES) == "derwent_ciw"


def test_a_family_is_one_application_with_one_publication_and_its_members_beside_it():
    rows = raw_rows(derwent_ciw, DRONES)
    assert of_record(rows, "publication", 0, "number") == ["US2019012345-A1"]
    assert of_record(rows, "family_member", 0, "number") == [
        "US2019012345-A1",
        "WO2019006789-A1",
        "EP3456789-A1",
    ]


def test_a_citation_names_the_member_that_cites():
    rows = raw_rows(derwent_ciw, DRONES)
    assert of_record(rows, "citation", 0, "publication") == [
        "US2019012345-A1",
        "US2019012345-A1",
        "EP3456789-A1",
        "US2019012345-A1",
    ]


def test_only_the_code_of_a_standard_company_names_a_party():
    rows = raw_rows(derwent_ciw, DRONES)
    assert of_record(rows, "party", 0, "identifier")[:2] == ["SAAP-C", None]


def test_articles_and_records_cut_off_are_rejected_and_the_others_stay():
    rows = raw_rows(derwent_ciw, DRONES)
    assert rows["line"] == [3, 48]
    assert [rejection[0] for rejection in rows["rejection"]] == [43, 61]


def test_line_ends_byte_order_mark_and_gzip_do_not_matter(tmp_path):
    path = tmp_path / "drones.ciw.gz"
    text = DRONES.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    assert raw_rows(derwent_ciw, path) == raw_rows(derwent_ciw, DRONES)


def test_a_record_without_end_is_rejected_within_bounds(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_RECORD", 10_000)
    path = tmp_path / "endless.ciw"
    path.write_text(
        "FN Sample\nVR 1.0\nPT P\nPN US1-A\nAB " + "x" * 50_000 + "\nER\n\nEF\n", encoding="utf-8"
    )
    rows = raw_rows(derwent_ciw, path)
    assert "line" not in rows
    assert "longer than" in str(rows["rejection"])
