# SPDX-License-Identifier: Apache-2.0
"""Tests of `zhihang ingest`: what it prints, what it tells, how it ends."""

from __future__ import annotations

import hashlib
import json

from tests import bad_files as bad
from tests.cli.conftest import REGISTER
from tests.command_line import zhihang

CONTRACT = {
    "file", "reader", "records", "applications", "publications", "rejected", "tables", "sha256", "seconds",
}  # fmt: skip


def test_json_has_one_object_per_file_with_the_keys_of_the_contract(place):
    (found,) = place.first.json
    assert set(found) >= CONTRACT
    assert found["file"].endswith("register.csv")
    assert found["reader"] == "patent_table"
    assert (found["records"], found["applications"], found["publications"], found["rejected"]) == (3, 2, 2, 1)
    assert found["sha256"] == hashlib.sha256(REGISTER.encode()).hexdigest()
    assert found["seconds"] > 0
    # two applicants in the first row, one in the second; a symbol and a title in each
    assert found["tables"] == {
        "application": 2, "publication": 2, "party": 3, "classification": 2, "text": 2, "rejection": 1,
    }  # fmt: skip


def test_rejections_give_1_and_are_told_on_stderr(place):
    assert place.first.code == 1
    assert place.first.err.startswith("1 records or values were not taken in")
    assert "SELECT * FROM rejection" in place.first.err


def test_a_file_without_rejections_gives_0_and_no_word_on_stderr(place):
    assert (place.second.code, place.second.err) == (0, "")
    header, _, line = place.second.out.splitlines()
    assert header.split()[:4] == ["file", "status", "reader", "records"]
    assert line.split() == ["update.csv", "ingested", "patent_table", "1", "1", "0", "0", line.split()[-1]]


def test_a_good_and_a_bad_file_give_2_and_the_good_one_is_stored(tmp_path):
    (tmp_path / "good.csv").write_bytes(bad.CSV)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    here = ("-w", tmp_path / "workspace")
    zhihang(*here, "init")
    ran = zhihang(*here, "ingest", tmp_path / "bad.pdf", tmp_path / "good.csv", "-f", "json")
    assert ran.code == 2
    assert [found["status"] for found in ran.json] == ["failed", "ingested"]
    assert ran.err == ran.json[0]["message"] + "\n"
    assert '"bad.pdf" is of a kind no reader knows.' in ran.err
    assert "what to do" in ran.err
    assert "Traceback" not in ran.err
    query = zhihang(*here, "query", "SELECT count(*) AS n FROM application", "-f", "json")
    assert query.json == [{"n": 1}]

    again = zhihang(*here, "ingest", tmp_path / "good.csv", "--format", "csv")
    assert again.code == 0
    assert again.out.splitlines()[1].startswith("good.csv,unchanged,patent_table,1,1,0,0,")
    assert len(zhihang(*here, "history", "-f", "json").json) == 1  # nothing changed: no run


def test_nothing_stored_leaves_no_run_behind(tmp_path):
    zhihang("-w", tmp_path, "init")
    ran = zhihang("-w", tmp_path, "ingest", "/nowhere/a.csv")
    assert ran.code == 2
    assert zhihang("-w", tmp_path, "history", "--format", "json").json == []


def test_another_writer_is_named_after_the_wait(place):
    from zhihang.store.lock import writer_lock

    with writer_lock(place.folder / "store", wait=0):
        ran = zhihang("-w", place.folder, "--wait", "0.1", "ingest", "/nowhere/a.csv")
    assert ran.code == 2
    assert "Another run is writing" in ran.err
    assert "--wait" in ran.err


def test_members_that_are_no_patents_are_named(tmp_path):
    (tmp_path / "week.zip").write_bytes(
        bad.zipped({"table.csv": bad.CSV, "read me.txt": b"A word to all.\n"})
    )
    zhihang("-w", tmp_path / "w", "init")
    ran = zhihang("-w", tmp_path / "w", "ingest", tmp_path / "week.zip")
    assert ran.code == 0
    assert "left out" in ran.err
    assert "week.zip!read me.txt" in ran.err


def test_a_terminal_shows_a_bar_and_a_pipe_does_not(tmp_path):
    (tmp_path / "table.csv").write_bytes(bad.CSV)
    zhihang("-w", tmp_path / "w", "init")
    watched = zhihang("-w", tmp_path / "w", "ingest", tmp_path / "table.csv", "-f", "json", screen=True)
    assert "table.csv" in watched.err
    assert "1 records" in watched.err
    assert json.loads(watched.out)[0]["records"] == 1  # the bar is not among the results
