# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Chinese legal events: one row per event, details kept whole."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.cn_legal_events import cn_legal_events

EVENTS = SAMPLES / "cn_legal_events" / "events.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cn_legal_events) == expected(cn_legal_events)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(EVENTS) == "cn_legal_events"


def test_semicolons_inside_details_separate_nothing():
    rows = raw_rows(cn_legal_events, EVENTS)
    assert of_record(rows, "legal_event", 1, "detail") == ["IPC(主分类):H01M4/38;申请日:20130108"]


def test_a_table_with_titles_is_not_one_of_events(tmp_path):
    table = tmp_path / "patents.csv"
    table.write_text("申请号,名称,法律状态,公告日\nCN201310000006.1,杯,授权,2015.06.10\n", "utf-8")
    assert surest(table) == "patent_table"


def test_an_event_of_no_application_is_rejected_with_its_line():
    (rejection,) = raw_rows(cn_legal_events, EVENTS)["rejection"]
    assert rejection == [4, "", "GR01 | 授权 | 2015.06.10", "the row has neither a number nor a title"]
