# SPDX-License-Identifier: Apache-2.0
"""Tests of the verbs that show something: status, quality, history, explain, list, show, sniff, compact."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tests.command_line import zhihang


def lines(text: str) -> list[dict[str, str]]:
    """Rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("history",),
        ("explain", "CN201410000001"),
        ("list", "runs"),
        ("list", "readers"),
        ("show", "table", "party"),
        ("show", "application", "CN103000001A"),
        ("sniff", "{register}"),
    ],
)
def test_every_result_comes_in_three_formats(place, words):
    words = [word.format(register=place.folder.parent / "register.csv") for word in words]
    table = place.run(*words)
    assert (table.code, len(table.out.splitlines()) > 2) == (0, True)
    assert json.loads(place.run(*words, "--format", "json").out)
    rows = lines(place.run(*words, "--format", "csv").out)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)  # as many cells as names


def test_history_lists_the_runs_and_what_they_were_asked(place):
    first, second = place.run("history", "--format", "json").json
    assert (first["run_id"], first["verb"], first["files"], first["rows"]) == (1, "ingest", 1, 12)
    assert first["message"] == "1 files, 3 records, 1 rejected"
    assert json.loads(second["arguments"])["paths"] == [str(place.folder.parent / "update.csv")]


def test_explain_names_file_and_line_of_every_value_and_which_counts(place):
    found = place.run("explain", "ZL201420000002.6", "--format", "json")
    told = {
        (value["value"], value["counts"], value["file"].rpartition("/")[2], value["line"])
        for value in found.json["values"]
        if value["column"] == "filing_date"
    }
    assert told == {("2014-03-04", False, "register.csv", 3), ("2014-03-05", True, "update.csv", 2)}
    assert "known from 2 record" in found.err


def test_an_application_is_found_by_a_number_in_any_spelling(place):
    for number in ("CN201410000001", "201410000001.6", "CN 201410000001.6", "CN103000001A", "CN103000001"):
        found = place.run("show", "application", number, "-f", "json")
        assert found.code == 0, number
        assert found.json["facts"]["application_id"] == "CN201410000001"


def test_show_gives_an_application_with_all_its_parts(place):
    found: dict[str, Any] = place.run("show", "application", "CN201410000001", "-f", "json").json
    assert found["facts"]["filing_date"] == "2014-01-02"
    (parties,) = [rows for title, rows in found["parts"].items() if title.endswith("Party")]
    assert [(row["role"], row["sequence"], row["name"]) for row in parties] == [
        ("applicant", 1, "样例大学"),
        ("applicant", 2, "甲公司"),
    ]


def test_shelves_can_be_looked_at_without_a_workspace():
    for shelf in ("readers", "tables", "codelists", "checks", "scenarios", "engines"):
        found = zhihang("list", shelf, "--format", "json")
        assert found.code == 0, shelf
        assert len({row["name"] for row in found.json}) == len(found.json) > 0


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("reader", "lens"),
        ("table", "application"),
        ("codelist", "party_role"),
        ("check", "wrong_check_digit"),
        ("scenario", "guilin"),
    ],
)
def test_one_thing_of_a_shelf_is_shown_in_full(kind, name):
    found = zhihang("show", kind, name, "--format", "json")
    assert found.code == 0
    assert found.json["facts"]["name"] == name


def test_quality_counts_and_gives_examples_with_file_and_line(place):
    found = {row["name"]: row for row in place.run("quality", "--format", "json").json}
    dates = found["different_filing_dates"]
    assert dates["count"] == 1
    (example,) = dates["examples"]
    assert (example["application_id"], example["earliest"], example["latest"]) == (
        "CN201420000002",
        "2014-03-04",
        "2014-03-05",
    )
    assert found["grant_before_filing"]["count"] == 0
    assert [row["name"] for row in lines(place.run("quality", "--examples", "0", "-f", "csv").out)] == list(
        found
    )


def test_status_names_files_kinds_and_rejections(place):
    shown = place.run("status").out
    for text in ("register.csv", "update.csv", "样例大学", "no number in it"):
        assert text in shown
    found = place.run("status", "--format", "json").json
    assert {row["table"]: row["rows"] for row in found["tables"]}["application"] == 2
    assert place.run("--as-of", "0", "status", "-f", "json").json["files"] == []


def test_sniff_says_how_a_file_would_be_read_and_stores_nothing(place):
    (found,) = zhihang("sniff", place.folder.parent / "register.csv", "--records", "1", "-f", "json").json
    assert (found["reader"], found["encoding"], found["delimiter"], found["header_row"]) == (
        "patent_table",
        "utf-8",
        ",",
        1,
    )
    assert {column["column"]: column["field"] for column in found["columns"]}[
        "申请日"
    ] == "application.filing_date"
    assert len(found["records"]) == 1
    assert found["records"][0][0]["line"] == 2
    assert len(place.run("history", "--format", "json").json) == 2


def test_compact_tells_what_it_did(tmp_path):
    zhihang("-w", tmp_path, "init")
    ran = zhihang("-w", tmp_path, "compact")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip()
