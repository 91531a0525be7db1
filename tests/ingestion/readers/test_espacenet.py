# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Espacenet result lists, as workbook and as text."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.espacenet import espacenet
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

SAVED = SAMPLES / "espacenet" / "saved_on_a_mac.csv"
HEADER = SAVED.read_bytes().split(b"\r")[0].decode().split(",")


def test_the_samples_give_the_rows_beside_them():
    assert samples(espacenet) == expected(espacenet)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(SAVED) == "espacenet"


def test_the_only_date_belongs_to_the_earliest_publication():
    rows = raw_rows(espacenet, SAVED)
    assert of_record(rows, "publication", 1, "number")[0] == "WO02900001 (A2)"
    assert of_record(rows, "publication", 1, "date") == ["19/12/2002", None, None]


def test_the_country_in_brackets_goes_to_the_party():
    rows = raw_rows(espacenet, SAVED)
    assert rows["party"][0] == {
        "record": 0,
        "role": "applicant",
        "name": "MÖSTER FOOD MFG INC",
        "country": "US",
    }


@pytest.fixture
def workbook(tmp_path):
    import xlsxwriter

    row = dict.fromkeys(HEADER, "")
    row |= {
        "Title": "SAMPLE BOX\n",
        "Publication number": "KR20140900001 (U); KR200900002 (Y1)",
        "Publication date": "2014-11-05\n",
        "Inventor(s)": "KIM A\u2002[KR]\nLEE B\u2002[KR]\n",
        "Applicant(s)": "SAMPLE; SONS\u2002[KR]\n",
        "International classification": "B65D5/49\nB65D5/64\n",
        "Application number": "KR20130900001U\n",
        "Date of application": "20130426\n",
        "Priority number(s)": "KR20130900001U 20130426\n",
        "Literature cited in the search report": "DOE J: One; two, 2001\nROE R: Three, 2002\n",
    }
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Espacenet search results")
        sheet.write(1, 0, "Approximately 1 results found in the Worldwide database for:")
        sheet.write(2, 0, "txt = sample using Smart search")
        sheet.write(3, 0, "Displaying publications 1 - 1 as of 2015-03-03")
        sheet.write_row(4, 0, HEADER)
        sheet.write_row(5, 0, list(row.values()))
    return path


def test_in_a_workbook_line_breaks_separate_and_text_above_the_header_is_passed_over(workbook):
    rows = raw_rows(espacenet, workbook)
    assert rows["line"] == [6]
    assert of_record(rows, "party", 0, "name") == ["SAMPLE; SONS", "KIM A", "LEE B"]
    assert of_record(rows, "citation", 0, "text") == ["DOE J: One; two, 2001", "ROE R: Three, 2002"]
    assert of_record(rows, "publication", 0, "number") == ["KR20140900001 (U)", "KR200900002 (Y1)"]


def test_a_list_without_dates_of_publication_is_left_to_other_readers(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(SAVED.read_bytes().replace(b"Publication date", b"Date", 1))
    assert espacenet.recognise(take_sample(Source(path))) == 0
