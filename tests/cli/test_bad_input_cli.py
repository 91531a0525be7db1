# SPDX-License-Identifier: Apache-2.0
"""Damaged and odd files on the command line: exit code 2 or 1, one message per file on stderr, never a trace."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests import bad_files as bad
from tests.command_line import zhihang

BAD = {
    "cut_off.zip": bad.zipped({"a.csv": bad.CSV})[:-30],
    "cut_off.csv.gz": gzip.compress(bad.CSV)[:-20],
    "locked.zip": bad.locked(bad.zipped({"a.csv": bad.CSV})),
    "nested.zip": bad.zipped({"a.zip": bad.zipped({"a.csv": bad.CSV})}),
    "broken.xlsx": b"PK\x03\x04" + b"\0" * 100,
    "broken.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
    "empty.csv": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "letter.txt": b"Dear colleague,\nnothing is enclosed.\n",
    "wide.csv": b"a," * 100_000,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of them and an empty workspace."""
    folder = tmp_path_factory.mktemp("bad")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    zhihang("-w", folder / "workspace", "init")
    return folder


def test_every_bad_file_has_its_message_and_nothing_is_stored(folder):
    ran = zhihang("-w", folder / "workspace", "ingest", *(folder / name for name in BAD), "-f", "json")
    assert ran.code == 2
    assert [found["status"] for found in ran.json] == ["failed"] * len(BAD)
    assert all(found["records"] == 0 and found["tables"] == {} for found in ran.json)
    assert ran.err == "".join(found["message"] + "\n" for found in ran.json)
    assert all(name in found["message"].splitlines()[0] for name, found in zip(BAD, ran.json, strict=True))
    assert ran.err.count("what to do") == len(BAD)
    assert "Traceback" not in ran.err
    assert zhihang("-w", folder / "workspace", "history", "-f", "json").json == []


@pytest.mark.parametrize("name", BAD)
def test_sniff_tells_the_same(folder, name):
    ran = zhihang("sniff", folder / name)
    assert (ran.code, ran.out) == (2, "")
    assert name in ran.err.splitlines()[0]
    assert "what to do" in ran.err
    assert "Traceback" not in ran.err


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path):
    path = tmp_path / "evil\x1b[2J.txt"
    path.write_bytes(b"\x1b[2J Dear\x0bcolleague\x1c\n")
    ran = zhihang("sniff", path)
    assert ran.code == 2
    assert "Dear colleague" in ran.err
    assert ran.err.replace("\n", "").isprintable()


def test_bad_rows_alone_give_1(tmp_path):
    (tmp_path / "table.csv").write_bytes(bad.csv_of(*[(f"ZZ{n}", "", "", "") for n in range(3)]))
    zhihang("-w", tmp_path / "workspace", "init")
    ran = zhihang("-w", tmp_path / "workspace", "ingest", tmp_path / "table.csv", "-f", "json")
    assert (ran.code, ran.json[0]["records"], ran.json[0]["rejected"]) == (1, 3, 3)
    assert ran.err.startswith("3 records or values were not taken in")
