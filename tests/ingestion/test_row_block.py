# SPDX-License-Identifier: Apache-2.0
"""Tests of blocks of rows: short and long rows, blanks, repeated headers."""

from __future__ import annotations

from zhihang.ingestion.row_block import RowBlock

HEADER = ["申请号", "名称", "备注"]


def test_cells_missing_at_the_end_are_blank():
    block = RowBlock.of([(2, ["CN1", "杯"])], HEADER)
    assert [column.to_pylist() for column in block.columns] == [["CN1"], ["杯"], [None]]


def test_a_row_with_more_than_blanks_beyond_the_header_is_rejected():
    block = RowBlock.of([(2, ["CN1", "杯", "", "", ""]), (3, ["CN2", "杯", "", "x"])], HEADER)
    assert block.lines == [2]
    assert block.rejections == [(3, "CN2 | 杯 |  | x", "4 cells where the header has 3")]


def test_blank_rows_and_repeated_headers_are_no_rows():
    block = RowBlock.of([(2, []), (3, [" ", "-", "无"]), (4, HEADER), (5, ["CN1", "杯", "NA"])], HEADER)
    assert block.lines == [5]
    assert [column.to_pylist() for column in block.columns] == [["CN1"], ["杯"], [None]]


def test_a_block_without_rows_has_no_rows():
    assert len(RowBlock.of([], HEADER)) == 0
