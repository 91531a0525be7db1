# SPDX-License-Identifier: Apache-2.0
"""Tests of `zhihang query`: results in three formats, reading only, within its time."""

from __future__ import annotations

import csv
import io

import pytest

KINDS = "SELECT kind, count(*) AS n FROM application GROUP BY kind ORDER BY kind"


def test_rows_come_as_objects_in_json(place):
    ran = place.run("query", KINDS, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == [{"kind": "invention", "n": 1}, {"kind": "utility_model", "n": 1}]


def test_rows_come_as_lines_in_csv(place):
    ran = place.run("query", KINDS, "--format", "csv")
    assert list(csv.reader(io.StringIO(ran.out))) == [
        ["kind", "n"],
        ["invention", "1"],
        ["utility_model", "1"],
    ]


def test_rows_come_aligned_in_a_table(place):
    query = "SELECT name, count(*) * 1000 AS n FROM party WHERE name LIKE '样%' GROUP BY name ORDER BY n"
    assert place.run("query", query).out.splitlines() == [
        "name          n",
        "────────  ─────",
        "样例大学  1,000",
    ]


@pytest.mark.parametrize(
    ("output", "shown"), [("json", "[]\n"), ("csv", "office\n"), ("table", "  (none)\n")]
)
def test_no_rows_are_shown_as_such(place, output, shown):
    ran = place.run("query", "SELECT office FROM application WHERE office = 'XX'", "-f", output)
    assert (ran.code, ran.out.replace("\r", "")) == (0, shown)


def test_types_survive_in_json(place):
    query = (
        "SELECT filing_date, filing_date_partial, pct_entry, sum(1) AS whole, avg(1.5) AS part, 2.50 AS money, "
        "'nan'::double AS unknown, [1, 2] AS list FROM application "
        "WHERE application_id = 'CN201410000001' GROUP BY ALL"
    )
    assert place.run("query", query, "-f", "json").json == [
        {
            "filing_date": "2014-01-02",
            "filing_date_partial": None,
            "pct_entry": False,
            "whole": 1,
            "part": 1.5,
            "money": 2.5,
            "unknown": None,
            "list": [1, 2],
        }
    ]


def test_columns_of_one_name_are_told_apart(place):
    ran = place.run("query", "SELECT 1 AS a, 2 AS a, 3 AS a", "-f", "json")
    assert ran.json == [{"a": 1, "a_2": 2, "a_3": 3}]


def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe_in_csv_only(place):
    query = "SELECT text AS title FROM text WHERE text LIKE '=%'"
    past = ("--as-of", "1", "query", query, "-f")
    assert place.run(*past, "csv").out.splitlines() == ["title", "'=1+1"]
    assert place.run(*past, "json").json == [{"title": "=1+1"}]


def test_as_of_shows_an_earlier_state(place):
    query = "SELECT filing_date FROM application WHERE application_id = 'CN201420000002'"
    assert place.run("--as-of", "1", "query", query, "-f", "json").json == [{"filing_date": "2014-03-04"}]
    assert place.run("query", query, "-f", "json").json == [{"filing_date": "2014-03-05"}]
    assert place.run("--as-of", "0", "query", query, "-f", "json").json == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM application",
        "UPDATE application SET office = 'XX'",
        "INSERT INTO application SELECT * FROM application",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW application",
        "COPY application TO '{target}'",
        "ATTACH '{target}'",
        "EXPORT DATABASE '{target}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "CALL pragma_version()",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{folder}/../*.parquet')",
    ],
)
def test_a_query_can_neither_write_nor_open_files(place, tmp_path, sql):
    secret, target = tmp_path / "secret.csv", tmp_path / "target"
    secret.write_text("name\nnobody's business\n")
    ran = place.run("query", sql.format(secret=secret, target=target, folder=tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert "nobody's business" not in ran.err
    assert not target.exists()


def test_a_query_that_takes_too_long_is_stopped(place):
    endless = "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
    ran = place.run("query", endless, "--seconds", "0.2")
    assert ran.code == 2
    assert "longer than 0.2 seconds" in ran.err
    assert "--seconds" in ran.err
