# SPDX-License-Identifier: Apache-2.0
"""The store on every engine: commit, replace, merge by precedence, look back, compact."""

from __future__ import annotations

from datetime import date

import pytest
from tests.store_rows import application, parquet_files, put, shown

from zhihang.errors import NotAllowed, NotFound, QueryError
from zhihang.store.compaction import compact
from zhihang.store.origin import origin
from zhihang.store.store import Store, open_store

VENDOR, OFFICE = 50, 80


def test_an_empty_store_has_empty_tables_with_all_columns(store: Store) -> None:
    found = store.collect(store.table("application"))
    assert found.num_rows == 0
    assert {"application_id", "filing_date", "file_id", "line", "run_id"} <= set(found.column_names)


def test_rows_are_seen_after_the_commit_and_carry_file_line_and_run(store: Store) -> None:
    put(store, "a.csv", {"application": [application("CN1", 7, filing_date=date(2015, 1, 2))]})
    assert shown(store, "application", "application_id", "filing_date", "file_id", "line", "run_id") == [
        ("CN1", date(2015, 1, 2), 1, 7, 1)
    ]


def test_a_run_without_commit_leaves_nothing(store: Store) -> None:
    with store.writing("ingest") as run:
        run.stage()
    assert store.manifest.version == 0
    assert not list((store.root / "staging").iterdir())


def test_a_file_put_again_replaces_its_own_rows_only(store: Store) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1), application("CN2", 2)]})
    put(store, "b.csv", {"application": [application("CN3", 1)]})
    put(store, "a.csv", {"application": [application("CN2", 1)]})
    assert shown(store, "application", "application_id") == [("CN2",), ("CN3",)]


def test_each_value_comes_from_the_best_source_that_has_one(store: Store) -> None:
    put(
        store,
        "office.xml",
        {"application": [application("CN1", 1, kind="invention", filing_date_partial="2013")]},
        precedence=OFFICE,
    )
    put(
        store,
        "vendor.xlsx",
        {
            "application": [
                application("CN1", 5, kind="design", filing_date=date(2013, 5, 6), legal_status="授权")
            ]
        },
        precedence=VENDOR,
    )
    columns = (
        "application_id",
        "kind",
        "filing_date",
        "filing_date_partial",
        "legal_status",
        "file_id",
        "line",
    )
    assert shown(store, "application", *columns) == [
        ("CN1", "invention", date(2013, 5, 6), None, "授权", 2, 5)
    ]


def test_among_equal_sources_the_later_file_counts(store: Store) -> None:
    put(store, "old.csv", {"application": [application("CN1", 1, legal_status="在审")]})
    put(store, "new.csv", {"application": [application("CN1", 1, legal_status="授权")]})
    assert shown(store, "application", "legal_status") == [("授权",)]


def test_sets_come_whole_from_one_source(store: Store) -> None:
    def party(role: str, sequence: int, name: str, line: int) -> dict[str, object]:
        return {"application_id": "CN1", "role": role, "sequence": sequence, "name": name, "line": line}

    put(
        store,
        "office.xml",
        {"application": [application("CN1", 1)], "party": [party("applicant", 1, "甲公司", 1)]},
        precedence=OFFICE,
    )
    put(
        store,
        "vendor.xlsx",
        {
            "application": [application("CN1", 3)],
            "party": [
                party("applicant", 1, "甲", 3),
                party("applicant", 2, "乙", 3),
                party("inventor", 1, "丙", 3),
            ],
        },
    )
    assert shown(store, "party", "role", "sequence", "name") == [
        ("applicant", 1, "甲公司"),
        ("inventor", 1, "丙"),
    ]


def test_equal_events_of_several_sources_count_once(store: Store) -> None:
    def event(day: int, code: str, line: int) -> dict[str, object]:
        return {
            "application_id": "CN1",
            "sequence": 1,
            "event_date": date(2015, 1, day),
            "code": code,
            "line": line,
        }

    put(store, "a.csv", {"application": [application("CN1", 1)], "legal_event": [event(1, "GR01", 1)]})
    put(
        store,
        "b.csv",
        {
            "application": [application("CN1", 1), application("CN1", 2)],
            "legal_event": [event(1, "GR01", 1), event(9, "CF01", 2)],
        },
    )
    assert shown(store, "legal_event", "sequence", "event_date", "code") == [
        (1, date(2015, 1, 1), "GR01"),
        (1, date(2015, 1, 9), "CF01"),
    ]


def test_a_provisional_id_gives_way_once_a_file_tells_the_application_number(store: Store) -> None:
    def publication(name: str, kind: str, application_id: str) -> dict[str, object]:
        return {
            "publication_id": name + kind,
            "document_id": "CN-P109",
            "application_id": application_id,
            "line": 1,
        }

    put(
        store,
        "g.csv",
        {"application": [application("CN-P109", 1)], "publication": [publication("CN109", "B", "CN-P109")]},
    )
    put(
        store,
        "p.csv",
        {"application": [application("CN5", 1)], "publication": [publication("CN109", "A", "CN5")]},
    )
    assert shown(store, "application", "application_id", "id_basis") == [("CN5", "application_number")]
    assert shown(store, "publication", "publication_id", "application_id") == [
        ("CN109A", "CN5"),
        ("CN109B", "CN5"),
    ]


def test_removing_a_source_brings_back_what_the_others_say(store: Store) -> None:
    put(store, "office.xml", {"application": [application("CN1", 1, kind="invention")]}, precedence=OFFICE)
    put(store, "vendor.csv", {"application": [application("CN1", 1, kind="design")]})
    with store.writing("ingest") as run:
        run.drop([1])
        run.commit(store.clock())
    assert shown(store, "application", "kind") == [("design",)]
    assert not store.manifest.settled


def test_rows_as_recorded_stay_visible(store: Store) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1, kind="invention")]})
    put(store, "b.csv", {"application": [application("CN1", 1, kind="design")]})
    recorded = store.collect(store.recorded("application").select("kind", "file_id")).to_pylist()
    assert sorted((row["file_id"], row["kind"]) for row in recorded) == [(1, "invention"), (2, "design")]


def test_the_store_can_be_read_as_of_an_earlier_run(
    store: Store, engine: tuple[str, dict[str, object]]
) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1)]})
    put(store, "a.csv", {"application": [application("CN2", 1)]})
    earlier = open_store(store.root, engine=engine[0], settings=engine[1], as_of=1)
    assert shown(earlier, "application", "application_id") == [("CN1",)]
    assert shown(store, "application", "application_id") == [("CN2",)]
    with pytest.raises(NotAllowed, match="as of run 1"), earlier.writing("ingest"):
        pass
    with pytest.raises(NotFound, match="no state after run 9"):
        open_store(store.root, as_of=9)


def test_compaction_keeps_every_row_and_a_file_can_still_be_replaced(store: Store) -> None:
    for number in range(4):
        put(store, f"{number}.csv", {"application": [application(f"CN{number}", 1)]})
    before = shown(store, "application", "application_id", "file_id", "run_id")
    compact(store)
    compact(store, forget_before=5)
    assert shown(store, "application", "application_id", "file_id", "run_id") == before
    assert parquet_files(store.root) == 1
    put(store, "2.csv", {"application": [application("CN9", 1)]})
    assert shown(store, "application", "application_id") == [("CN0",), ("CN1",), ("CN3",), ("CN9",)]


def test_sql_reads_the_tables_and_nothing_else(store: Store) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1)]})
    assert store.sql("SELECT application_id FROM application").to_pylist() == [{"application_id": "CN1"}]
    assert store.sql(
        "WITH a AS (SELECT * FROM application_recorded) SELECT count(*) AS n FROM a"
    ).to_pylist() == [{"n": 1}]
    for query in (
        "DROP TABLE application",
        "SELECT 1; SELECT 2",
        "CREATE TABLE x AS SELECT 1",
        "COPY (SELECT 1) TO 'x.csv'",
        "SELECT * FROM no_such_table",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM text.`/etc/passwd`",
        "SELEC nonsense",
    ):
        with pytest.raises(QueryError):
            store.sql(query)


def test_a_query_that_takes_too_long_is_stopped(store: Store) -> None:
    put(store, "a.csv", {"application": [application(f"CN{n}", n) for n in range(1, 2000)]})
    crossed = ", ".join(f"application a{n}" for n in range(6))
    with pytest.raises(QueryError, match="took longer than"):
        store.sql(
            f"SELECT count(*) FROM {crossed} WHERE a0.line + a1.line + a2.line + a3.line + a4.line + a5.line = -1",
            seconds=1,
        )


def test_origin_names_file_and_line_of_each_value_and_which_one_counts(store: Store) -> None:
    put(store, "office.xml", {"application": [application("CN1", 4, kind="invention")]}, precedence=OFFICE)
    put(store, "vendor.csv", {"application": [application("CN1", 9, kind="design")]})
    found = origin(store.snapshot, ["CN1"])
    kinds = {(v.value, v.file, v.line, v.counts) for v in found.values if v.column == "kind"}
    assert kinds == {("invention", "office.xml", 4, True), ("design", "vendor.csv", 9, False)}
    assert found.records == 2
    with pytest.raises(NotFound, match="no application or publication"):
        origin(store.snapshot, ["CN404"])


def test_a_table_of_a_wrong_name_is_told_with_the_close_ones(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.sql("SELECT * FROM applications")
    assert caught.value.facts["close to"].split(", ")[0] == "application"
    assert "pg_" not in str(caught.value)
