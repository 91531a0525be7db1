# SPDX-License-Identifier: Apache-2.0
"""Tests of delimited texts read row by row: line numbers, open quotation marks, bounds."""

from __future__ import annotations

import io

import pytest

from zhihang.errors import SourceError
from zhihang.ingestion import delimited
from zhihang.ingestion.delimited import delimited_rows, detect_delimiter


def rows(text: str, **options: int) -> list[tuple[int, list[str]]]:
    return list(delimited_rows(io.StringIO(text, newline=""), ",", name="table.csv", **options))


def test_rows_know_the_line_they_begin_on():
    assert rows('a,b\n1,"x\ny"\n3,4\n') == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (4, ["3", "4"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_row(end):
    assert rows(f"a,b{end}1,2{end}") == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_a_blank_line_is_an_empty_row():
    assert rows("a\n\nb\n") == [(1, ["a"]), (2, []), (3, ["b"])]


def test_a_quotation_mark_never_closed_costs_only_its_own_row():
    assert rows('a,b\n1,"x\n3,4\n5,6\n') == [
        (1, ["a", "b"]),
        (2, ["1", "x"]),
        (3, ["3", "4"]),
        (4, ["5", "6"]),
    ]


def test_a_quotation_mark_closed_by_that_of_a_later_row_does_not_swallow_rows():
    # Closed, the mark of line 2 would give one row of three cells.
    text = 'a,b\n1,"x\n"3",4\n5,6\n'
    assert rows(text, width=2) == [(1, ["a", "b"]), (2, ["1", "x"]), (3, ["3", "4"]), (4, ["5", "6"])]


def test_quotation_marks_inside_a_cell_are_characters():
    assert rows('a,5" disk\n') == [(1, ["a", '5" disk'])]


def test_an_open_cell_longer_than_its_bound_is_read_again_without_its_mark(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_CELL", 50)
    text = 'a,"b\n' + "1,2\n" * 100
    found = rows(text)
    assert found[:2] == [(1, ["a", "b"]), (2, ["1", "2"])]
    assert len(found) == 101


def test_ever_more_open_quotation_marks_end_with_a_message(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_CELL", 50)
    monkeypatch.setattr(delimited, "MAX_READ_AGAIN", 200)
    with pytest.raises(SourceError, match="too many quotation marks"):
        rows(('a,"b\n' + "1,2\n" * 20) * 20)


def test_a_row_of_several_lines_that_keeps_to_the_rules_is_never_taken_apart():
    # Three cells where two are expected: the row as a whole is at fault, not its quotation marks.
    assert rows('1,"x\ny",z\n5,6\n', width=2) == [(1, ["1", "x\ny", "z"]), (3, ["5", "6"])]


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_LINE", 1000)

    class Endless(io.TextIOBase):
        asked = 0

        def readline(self, size: int = -1) -> str:  # type: ignore[override]
            Endless.asked += size
            return "a," * (size // 2) + "a" * (size % 2)

    with pytest.raises(SourceError, match="far too wide"):
        list(delimited_rows(Endless(), ",", name="table.csv"))
    assert Endless.asked < 3000


def test_a_row_of_more_cells_than_a_spreadsheet_has_is_refused():
    with pytest.raises(SourceError) as caught:
        rows("a,b\n" + "," * 16_384)
    assert caught.value.facts == {
        "line": "2",
        "found": "16,385 cells",
        "limit": "16,384 cells, 8 MiB per line",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_lines_evenly(delimiter):
    lines = [["申请号", "名称", "发明人"], ["CN1", "一种杯子", '"甲;乙,丙|丁"'], ["CN2", "杯", "戊"]]
    assert detect_delimiter("\n".join(delimiter.join(line) for line in lines)) == delimiter


def test_running_text_has_no_delimiter():
    assert detect_delimiter("a text\nof lines\n") is None
