# SPDX-License-Identifier: Apache-2.0
"""Tests of the command line as a whole: verbs, how a workspace is chosen, exit codes, what a user error looks like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command_line import zhihang

VERBS = [
    *("init", "ingest", "sniff", "status", "quality", "query", "history", "explain", "simulate"),
    *("list", "show", "compact"),
]
HEAVY = {
    "ibis",
    "duckdb",
    "pyarrow",
    "pandas",
    "numpy",
    "lxml",
    "python_calamine",
    "pydantic",
    "rich.progress",
}
ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_verb():
    ran = zhihang("--help")
    assert ran.code == 0
    listed = [line.split()[0] for line in ran.out.split("Commands:")[1].splitlines() if line.strip()]
    assert set(VERBS) <= set(listed)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_of_its_own(verb):
    ran = zhihang(verb, "--help")
    assert ran.code == 0
    assert verb in ran.out


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from zhihang.cli.app import app; sys.argv = ['zhihang', '--help']\n"
        "try: app()\nexcept SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.splitlines()[-1] == "[]"
    assert not ran.stderr


def test_the_workspace_is_made_once_and_what_is_there_stays(place):
    assert place.init.code == 0
    assert str(place.folder) in place.init.out
    before = (place.folder / "store" / "HEAD").read_bytes()
    assert zhihang("-w", place.folder, "init").code == 0
    assert (place.folder / "store" / "HEAD").read_bytes() == before


def test_the_workspace_may_be_named_by_the_environment(place, monkeypatch):
    monkeypatch.setenv("ZHIHANG_WORKSPACE", str(place.folder))
    assert len(zhihang("history", "--format", "json").json) == 2


def test_the_option_counts_more_than_the_environment(place, monkeypatch):
    monkeypatch.setenv("ZHIHANG_WORKSPACE", "/nowhere")
    assert len(zhihang("--workspace", place.folder, "history", "-f", "json").json) == 2


USER_ERRORS = {
    "no verb": ((), "Usage"),
    "unknown verb": (("digest",), "No such command 'digest'"),
    "unknown format": (("-w", "{place}", "history", "--format", "xml"), "'table', 'csv', 'json'"),
    "no workspace chosen": (("status",), "ZHIHANG_WORKSPACE"),
    "no workspace there": (("-w", "/nowhere", "status"), "is not a workspace"),
    "workspace needed for files": (("list", "files"), "No workspace was chosen"),
    "workspace needed for an application": (("show", "application", "CN1"), "No workspace was chosen"),
    "workspace in a file": (("-w", "{place}/zhihang.toml", "init"), "The workspace cannot be made"),
    "no files to ingest": (("-w", "{place}", "ingest"), "name at least one file"),
    "unknown table": (("-w", "{place}", "query", "SELECT * FROM aplication"), "aplication does not exist"),
    "unknown column": (("-w", "{place}", "query", "SELECT nme FROM party"), "nme"),
    "bad SQL": (("-w", "{place}", "query", "SELEC 1"), "syntax error"),
    "empty SQL": (("-w", "{place}", "query", " "), "Only one reading query"),
    "unknown reader": (("show", "reader", "lense"), "close to    lens"),
    "unknown kind of thing": (("show", "thing", "x"), "application, check, codelist"),
    "unknown table to show": (("show", "table", "aplication"), "close to    application"),
    "unknown code list": (("show", "codelist", "ofice"), "office"),
    "unknown check": (("show", "check", "wrong_check"), "wrong_check_digit"),
    "unknown shelf": (("list", "things"), "readers"),
    "unknown application": (("-w", "{place}", "explain", "CN209999999999"), "holds no application"),
    "unknown application to show": (("-w", "{place}", "show", "application", "x"), "holds no application"),
    "unknown run": (("-w", "{place}", "--as-of", "99", "status"), "runs 0 to 2"),
    "writing to the past": (("-w", "{place}", "--as-of", "1", "ingest", "/nowhere"), "can only be read"),
    "no such file to sniff": (("sniff", "/nowhere"), "does not exist"),
    "no such mapping": (("-w", "{place}", "ingest", "--map", "/nowhere", "x"), "mapping file"),
    "no such file to replace": (("-w", "{place}", "ingest", "--replaces", "77", "x"), "holds no file"),
    "unknown region": (("-w", "{place}", "status", "--region", "Atlantis"), "Atlantis"),
    "a run to come": (("-w", "{place}", "compact", "--forget-before", "99"), "no run 99"),
    "negative examples": (("-w", "{place}", "quality", "--examples", "-1"), "--examples"),
    "negative records": (("sniff", "x", "--records", "-1"), "--records"),
    "years the wrong way round": (("-w", "{place}", "simulate", "--from", "2020", "--to", "2010"), "2020"),
    "unknown region to simulate": (("-w", "{place}", "simulate", "--region", "999999"), "999999"),
}


@pytest.mark.parametrize("case", USER_ERRORS)
def test_a_user_error_is_told_on_stderr_without_a_trace_and_gives_2(place, case):
    words, told = USER_ERRORS[case]
    ran = zhihang(*(word.format(place=place.folder) for word in words))
    assert ran.code == 2
    assert ran.out == "" or "failed" in ran.out
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_settings_that_mean_nothing_are_all_told(tmp_path):
    zhihang("-w", tmp_path, "init")
    (tmp_path / "zhihang.toml").write_text('[store]\nengine = "duckdb"\nmemroy = "1GB"\n[sprak]\nurl = "x"\n')
    ran = zhihang("-w", tmp_path, "status")
    assert ran.code == 2
    assert "memroy" in ran.err
    assert "sprak" in ran.err
    (tmp_path / "zhihang.toml").write_text("[store\n")
    assert "cannot be read" in zhihang("-w", tmp_path, "status").err


def test_an_unknown_engine_is_named(tmp_path):
    zhihang("-w", tmp_path, "init")
    (tmp_path / "zhihang.toml").write_text('[store]\nengine = "abacus"\n')
    ran = zhihang("-w", tmp_path, "query", "SELECT 1 AS one")
    assert ran.code == 2
    assert "abacus" in ran.err
    assert "duckdb" in ran.err


def test_debug_shows_the_trace_of_a_user_error(place):
    from zhihang.errors import NotFound

    with pytest.raises(NotFound):
        zhihang("--debug", "-w", place.folder, "explain", "CN209999999999")


def test_a_fault_of_ours_is_not_hidden(place, monkeypatch):
    def broken(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("zhihang.workspace.Workspace.history", broken)
    with pytest.raises(ZeroDivisionError):
        zhihang("-w", place.folder, "history")


def test_stopping_by_keyboard_says_what_was_stored(place, monkeypatch):
    def stopped(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("zhihang.workspace.Workspace.status", stopped)
    ran = zhihang("-w", place.folder, "status")
    assert ran.code == 130
    assert "Traceback" not in ran.err


def test_as_a_program_it_speaks_utf8_and_ends_quietly_when_nobody_reads_on(place, tmp_path):
    odd = os.fsencode(tmp_path) + b"/\xff.csv"
    Path(os.fsdecode(odd)).write_text(
        "申请号,申请日,专利名称,申请人\nCN201410000001.6,,杯,甲\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "zhihang.cli.app", "sniff"]
    ran = subprocess.run([*map(os.fsencode, command), odd], capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "申请号".encode() in ran.stdout
    piped = f"{sys.executable} -m zhihang.cli.app show codelist region --format csv | head -1"
    ran = subprocess.run(["/bin/sh", "-c", piped], capture_output=True, timeout=60, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (0, b"")
