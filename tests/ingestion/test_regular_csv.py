# SPDX-License-Identifier: Apache-2.0
"""Tests of blocks cut by Arrow: the same rows as row by row, whatever the text."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.ingestion import regular_csv
from zhihang.ingestion.delimited import delimited_rows
from zhihang.ingestion.regular_csv import count_lines, csv_blocks, row_blocks

HEADER = ["one", "two", "three"]


def cells(blocks) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for block in blocks:
        columns = [column.to_pylist() for column in block.columns]
        found += zip(block.lines, *columns, strict=True)
    return found


def by_block(text: str, size: int = 64) -> list[tuple[Any, ...]]:
    data = text.encode()
    pieces = iter([data[place : place + size] for place in range(0, len(data), size)])
    return cells(csv_blocks(pieces, ",", HEADER, line=2, name="table.csv"))


def by_row(text: str) -> list[tuple[Any, ...]]:
    rows = delimited_rows(io.StringIO(text, newline=""), ",", name="table.csv", line=2, width=3)
    return cells(row_blocks(rows, HEADER))


def written(rows: list[list[str]], end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue()


CELL = st.text(st.sampled_from('ab甲é,";\n\r \t-'), max_size=6)


@examples(20)
@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
    size=st.integers(8, 200),
)
def test_a_text_written_by_the_rules_gives_the_same_rows_both_ways(rows, end, size):
    text = written(rows, end)
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setattr(regular_csv, "BLOCK_BYTES", size)
        assert by_block(text, size) == by_row(text)


@examples(20)
@given(text=st.text(st.sampled_from('ab甲,"\n\r'), max_size=60), size=st.integers(4, 80))
def test_any_other_text_gives_rows_and_no_fault(text, size):
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setattr(regular_csv, "BLOCK_BYTES", size)
        lines = [row[0] for row in by_block(text, size)]
    assert lines == sorted(lines)


def test_a_regular_text_is_cut_by_arrow_alone(monkeypatch):
    monkeypatch.setattr(regular_csv, "delimited_rows", None)
    assert by_block('1,"a ""b"", c",3\n4,"x\ny",6\n7,8,9\n') == [
        (2, "1", 'a "b", c', "3"),
        (3, "4", "x\ny", "6"),
        (5, "7", "8", "9"),
    ]


def test_a_stray_quotation_mark_leaves_the_rest_to_the_slower_way():
    assert by_block('1,5" disk,3\n4,5,6\n' * 20) == by_row('1,5" disk,3\n4,5,6\n' * 20)


def test_a_character_cut_between_two_pieces_is_whole_again():
    assert by_block("1,专利名称,3\n", size=4) == [(2, "1", "专利名称", "3")]


def test_bytes_that_are_no_text_are_reported():
    (block,) = csv_blocks(iter([b"1,a\xffb,3\n4,5,6\n"]), ",", HEADER, line=2, name="table.csv")
    assert block.columns[1].to_pylist() == ["a\ufffdb", "5"]
    (flaw,) = block.flaws
    assert (flaw.line, flaw.column, flaw.raw) == (2, 1, "a\ufffdb")


def test_nul_characters_are_dropped_and_reported():
    (block,) = csv_blocks(iter([b"1,a\0b,3\n"]), ",", HEADER, line=2, name="table.csv")
    assert block.columns[1].to_pylist() == ["ab"]
    assert [(flaw.raw, flaw.value) for flaw in block.flaws] == [("a\0b", "ab")]


@pytest.mark.parametrize(
    ("text", "lines"), [("a\nb\n", 2), ("a\r\nb\r\n", 2), ("a\rb\r", 2), ("a\r\n\rb", 2), ("", 0)]
)
def test_lines_are_counted_by_any_line_end(text, lines):
    assert count_lines(text.encode()) == lines
