# SPDX-License-Identifier: Apache-2.0
"""The shared real files of Chinese vendors and offices go in with every record, and what was read by eye is found."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from tests.raw_rows import count, normalised, of_record, raw_rows, surest

from zhihang.ingestion.reader import Reader

pytestmark = pytest.mark.quality

PATSNAP = "cn-patsnap-green-aviation/patsnap_export_rows1-1399.xlsx"
CNIPR = "cn-cnipr-rail/cnipr_export_200.xlsx"
CNIPA = "cn-sipo-search/sipo_search_szu_110.xls"
CNKI = "cn-cnki-list/patents_4800.csv.gz"
TAIAN = "cn-taian-applications/taian_patents_1985-2015.xlsx"
LABELS = "cn-ipc-labels/titles_ipc_oof_predictions.csv"
RECORDS = {
    PATSNAP: ("patsnap", 1_399),
    CNIPR: ("cnipr", 199),
    CNIPA: ("cnipa_search", 110),
    CNKI: ("cnki_list", 4_800),
    TAIAN: ("patent_table", 7_384),
    LABELS: ("patent_table", 9_740),
}


@pytest.fixture
def patents(shared: Path) -> Path:
    return shared / "data" / "patents"


def reader(path: str) -> Reader:
    name = RECORDS[path][0]
    found: Reader = getattr(importlib.import_module(f"zhihang.ingestion.readers.{name}"), name)
    return found


@pytest.mark.parametrize("path", RECORDS)
def test_every_record_of_a_file_is_read(patents, path):
    assert count(reader(path), patents / path) == (RECORDS[path][1], 0)


@pytest.mark.parametrize("path", RECORDS)
def test_each_file_is_chosen_for_its_reader(patents, path):
    assert surest(patents / path) == RECORDS[path][0]


@pytest.mark.parametrize("path", RECORDS)
def test_every_record_becomes_an_application(patents, path):
    found = normalised(reader(path), patents / path)
    assert sum(part.tables["application"].num_rows for part in found) == RECORDS[path][1]
    assert sum(part.rejected for part in found) == 0


def test_patsnap_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader(PATSNAP), patents / PATSNAP)
    # Row 3 of the sheet: CN103104575A, withdrawn, three events.
    assert rows["line"][1] == 3
    assert of_record(rows, "publication", 1, "number") == ["CN103104575A"]
    assert of_record(rows, "application", 1, "legal_status") == ["撤回-视为撤回"]
    assert of_record(rows, "classification", 1, "symbol") == ["F15D1/00", "B64C23/06"]
    assert of_record(rows, "legal_event", 1, "date") == ["2015-04-01", "2013-06-12", "2013-05-15"]
    assert of_record(rows, "legal_event", 1, "office") == ["CN", "CN", "CN"]
    assert all("date" in event for event in rows["legal_event"])
    assert of_record(rows, "text", 1, "language").count("en") == 2


def test_cnipr_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader(CNIPR), patents / CNIPR)
    # Row 7 of the sheet: two classes, two agents, three inventors.
    assert rows["line"][5] == 7
    assert of_record(rows, "application", 5, "number") == ["CN201220255217.3"]
    assert of_record(rows, "classification", 5, "symbol") == ["E01B9/68(2006.01)I", "E01B19/00(2006.01)I"]
    assert of_record(rows, "party", 5, "name") == [
        "北京理工大学专利中心 11120",
        "高燕燕",
        "李爱英",
        "上海齐耀系统工程有限公司",
        "张小华",
        "张彬",
        "尹立国",
    ]
    # The only priority of the file stands in row 196.
    assert rows["priority"] == [
        {"record": 194, "date": "2012.01.16", "office": "DE", "number": "202012000389.5"}
    ]


def test_the_search_of_the_office_gives_grant_dates_of_utility_models_and_designs_alone(patents):
    rows = raw_rows(reader(CNIPA), patents / CNIPA)
    # 16 utility models and 4 designs stand in the file.
    assert sum("grant_date" in row for row in rows["application"]) == 20
    assert of_record(rows, "application", 50, "grant_date") == ["2016.08.03"]
    assert of_record(rows, "application", 50, "legal_status_date") == ["20160803"]


def test_a_list_without_numbers_gives_as_many_applications_as_it_names_different_documents(patents):
    found = normalised(reader(CNKI), patents / CNKI)
    ids = {key for part in found for key in part.tables["application"].column("application_id").to_pylist()}
    # 4,485 as written; a ";" at the end of the applicants is all that tells three of them apart.
    assert len(ids) == 4_482
    offices = [row for part in found for row in part.tables["application"].column("office").to_pylist()]
    assert offices.count("CN") == 4_465


def test_applications_of_a_city_keep_both_eras_of_numbers(patents):
    rows = raw_rows(reader(TAIAN), patents / TAIAN)
    assert of_record(rows, "application", 0, "number") == ["CN85102475"]
    assert of_record(rows, "application", 7_383, "number") == ["CN201510817712.7"]
    assert of_record(rows, "classification", 7_383, "symbol") == ["E21D20/02（2006.01）I"]
    assert len(rows["party"]) == 7_384
