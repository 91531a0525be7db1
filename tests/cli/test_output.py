# SPDX-License-Identifier: Apache-2.0
"""Tests of printing: alignment with Chinese, blanks, numbers, what a spreadsheet program must not compute."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from zhihang.cli.context import Format
from zhihang.cli.output import Row, print_json, print_parts, print_rows, told_apart


def printed(capsys: Any, rows: list[Row], output: Format = Format.table, **how: Any) -> str:
    print_rows(rows, output, **how)
    return str(capsys.readouterr().out)


def test_chinese_characters_count_two_columns_and_numbers_stand_right(capsys):
    text = printed(capsys, [{"name": "样例", "n": 1}, {"name": "abcde", "n": 1234}])
    assert text.splitlines() == [
        "name       n",
        "─────  ─────",
        "样例       1",  # four columns wide, one blank to fill five
        "abcde  1,234",
    ]


def test_blanks_truth_values_and_fractions_have_their_signs(capsys):
    rows: list[Row] = [{"a": None, "b": True, "c": 0.12345, "d": 12345.678, "e": 2.0, "f": Decimal("7")}]
    assert printed(capsys, rows).splitlines()[-1].split() == ["—", "yes", "0.1235", "12,345.7", "2", "7"]


def test_long_texts_are_cut_and_control_characters_left_out(capsys):
    line = printed(capsys, [{"t": "\x1b[31m" + "字" * 40 + "\nnext"}]).splitlines()[-1]
    assert line == "[31m" + "字" * 21 + "…"  # 4 + 2 * 21 = 46 columns; 48 at most with the dots
    assert "\x1b" not in line


def test_csv_is_exact_but_for_blanks_and_truth_values(capsys):
    rows: list[Row] = [
        {
            "a": None,
            "b": False,
            "c": 0.1,
            "d": 1234,
            "e": date(2020, 1, 2),
            "f": 'say "a, b"',
            "g": float("nan"),
        }
    ]
    text = printed(capsys, rows, Format.csv)
    assert list(csv.reader(io.StringIO(text)))[1] == ["", "no", "0.1", "1234", "2020-01-02", 'say "a, b"', ""]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+A1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1a",
        "－甲",
        "＠x",
        '=cmd|"/c x"!A1',
    ],
)
def test_what_a_spreadsheet_would_compute_becomes_text_in_csv(capsys, text):
    found = printed(capsys, [{"t": text}], Format.csv)
    assert list(csv.reader(io.StringIO(found, newline="")))[1] == ["'" + text]


@pytest.mark.parametrize("value", ["-3.5", "+12%", "-", "a=b", "甲-乙", "", "1,234", -3.5, -7])
def test_numbers_and_other_texts_stay_as_they_are_in_csv(capsys, value):
    found = printed(capsys, [{"t": value, "x": 1}], Format.csv)
    assert list(csv.reader(io.StringIO(found)))[1][0] == str(value)


def test_names_of_columns_are_treated_like_texts(capsys):
    assert printed(capsys, [{"=1": 1}], Format.csv).splitlines()[0] == "'=1"


def test_json_gives_every_text_as_it_is_and_no_word_that_json_lacks(capsys):
    print_json(
        {
            "t": "=1+1",
            "n": [float("inf"), 1.5, float("nan")],
            "d": Decimal("2.50"),
            "w": Decimal("3"),
            "m": datetime(2020, 1, 2, 3, 4, tzinfo=UTC),
        }
    )
    assert json.loads(capsys.readouterr().out) == {
        "t": "=1+1",
        "n": [None, 1.5, None],
        "d": 2.5,
        "w": 3,
        "m": "2020-01-02T03:04:00+00:00",
    }


def test_no_rows_still_have_their_columns_in_csv(capsys):
    assert printed(capsys, [], Format.csv, columns=["a", "b"]).splitlines() == ["a,b"]
    assert printed(capsys, [], Format.table, columns=["a"]) == "  (none)\n"


def test_rows_of_several_kinds_share_one_header(capsys):
    print_parts([{"part": "x", "a": 1}, {"part": "y", "b": 2}])
    assert capsys.readouterr().out.splitlines() == ["part,a,b", "x,1,", "y,,2"]


def test_names_that_come_again_are_numbered():
    assert told_apart(["a", "b", "a", "a_2", "a"]) == ["a", "b", "a_2", "a_2_2", "a_3"]
