# SPDX-License-Identifier: Apache-2.0
"""What a user's query may name where the engine itself would open anything."""

from __future__ import annotations

import pytest

from zhihang.errors import QueryError
from zhihang.store.reading_query import reading_query

TABLES = ("application", "party")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * FROM no_such_table", "no_such_table"),
        ("SELECT * FROM text.`/etc/passwd`", "/etc/passwd"),
        ("SELECT 1 FROM application WHERE EXISTS (SELECT 1 FROM parquet.`/x`)", "/x"),
        ("SELECT (SELECT max(value) FROM text.`/etc/passwd`)", "/etc/passwd"),
        # a name that the query defines elsewhere, or later, is not its own here
        ("WITH `text./x` AS (SELECT 1) SELECT * FROM text.`/x`", "/x"),
        ("SELECT * FROM (WITH foo AS (SELECT 1) SELECT * FROM foo) a, foo", "foo"),
        ("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a", "b"),
        ("WITH application AS (SELECT * FROM text.`/x`) SELECT * FROM application", "/x"),
        ("SELECT * FROM IDENTIFIER('text.`/x`')", "IDENTIFIER"),
        ("SELECT * FROM range(10)", "RANGE"),
        ("SELECT reflect('java.lang.System', 'getenv', 'HOME')", "reflect"),
        ("SELECT `java_method`('java.lang.System', 'getenv')", "java_method"),
        ("SELECT builtin.reflect('java.lang.System', 'getenv')", "reflect"),
        ("SELECT mydb.secret(1) FROM application", "mydb.secret"),
        ("SELECT TRANSFORM(office) USING 'cat /etc/passwd' FROM application", "TRANSFORM"),
        ("SELECT '${env:HOME}' FROM application", "${...}"),
        ("SELECT 1 AS `${env:HOME}`", "${...}"),
    ],
)
def test_a_query_reaches_nothing_but_the_tables(query: str, told: str) -> None:
    with pytest.raises(QueryError, match="other than the store's tables") as caught:
        reading_query(query, TABLES, "spark")
    assert told in caught.value.facts["not allowed"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "DROP TABLE application",
        "SELECT 1; SELECT 2",
        "INSERT INTO party SELECT * FROM party",
        "SET x = 1",
    ],
)
def test_only_one_reading_statement_is_run(query: str) -> None:
    with pytest.raises(QueryError, match="Only one reading query"):
        reading_query(query, TABLES, "spark")


@pytest.mark.parametrize(
    "query",
    [
        "WITH a AS (SELECT * FROM application), b AS (SELECT * FROM a) SELECT COUNT(*) FROM b",
        "SELECT a.office, p.name FROM Application AS a JOIN party AS p USING (application_id) ORDER BY 1 LIMIT 5",
        "SELECT YEAR(filing_date), COUNT(*) FILTER(WHERE kind = 'design') FROM application GROUP BY 1",
        "SELECT office FROM application UNION ALL SELECT role FROM party",
        "SELECT * FROM application AS a LATERAL VIEW EXPLODE(SPLIT(a.office, '')) t AS c",
    ],
)
def test_what_is_allowed_is_run_as_it_was_understood(query: str) -> None:
    assert reading_query(f"{query} -- a remark", TABLES, "spark") == query
