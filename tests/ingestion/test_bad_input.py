# SPDX-License-Identifier: Apache-2.0
"""Damaged, hostile and odd files: refused with one clear message and no trace in the store, or taken without harm."""

from __future__ import annotations

import errno
import gzip
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import bad_files as bad

from zhihang.errors import NotAllowed, StoreError
from zhihang.ingestion import source as sourcing
from zhihang.ingestion.ingest import Outcome
from zhihang.ingestion.normalise import Habits, normalise
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sniff import sniff
from zhihang.workspace import Workspace, create_workspace, open_workspace

SECRET = "the-contents-of-a-file-nobody-named"
Make = Callable[[Path], object]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, Outcome]]:
    """A workspace that took, in one call, files that look dangerous but can be read, and a missing one."""
    folder = tmp_path_factory.mktemp("harmless")
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    external = f'<!ENTITY x SYSTEM "{secret.as_uri()}">'
    parameter = f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;'
    row = bad.csv_of
    files: dict[str, bytes] = {
        "good.csv": bad.CSV,
        "external.xml": bad.red_book(external, "Cup &x; one", number="09000001"),
        "parameter.xml": bad.red_book(parameter, "Cup &x; two", number="09000002"),
        "laughs.xml": bad.red_book(bad.BILLION_LAUGHS, "Cup &l9; three", number="09000003"),
        "docdb_external.xml": bad.docdb(external, "Cup &x; four"),
        "docdb_laughs.xml": bad.docdb(bad.BILLION_LAUGHS, "Cup &l9; five").replace(b"1000001", b"1000002"),
        "labelled_gb2312.xml": _labelled("GB2312", "飞行杯甲", "09000006", "utf-8"),
        "labelled_utf8.xml": _labelled("UTF-8", "飞行杯乙", "09000007", "gb18030"),
        "labelled_nonsense.xml": _labelled("klingon", "飞行杯丙", "09000008", "utf-8"),
        "only_bad_rows.csv": row(*[(f"ZZ{n}", "no date", "", "") for n in range(50)]),
        "some_bad_rows.csv": row(("CN2014100000024", "2014-13-45", "杯", "甲"), ("?!", "", "", "甲")),
        "null_bytes.csv": row(("CN201410000003.2", "2014-01-02", "飞\0行\0杯", "\0甲")),
        "tricks.zip": bad.zipped(
            {
                "../../escaped.csv": row(("CN201410000004.0", "2014-01-02", "杯四", "甲")),
                "/etc/escaped.csv": row(("CN201410000005.9", "2014-01-02", "杯五", "甲")),
            }
        ),
        "archive_in_archive.zip": bad.zipped(
            {
                "inner.zip": bad.zipped({"a.csv": bad.CSV}),
                "b.csv": row(("CN201410000006.7", "", "杯六", "甲")),
            }
        ),
        "packed_twice.zip": bad.zipped(
            {
                "a.csv.gz": gzip.compress(row(("CN201410000014.8", "2014-01-02", "杯十四", "甲"))),
                "b.csv.gz": row(("CN201410000015.6", "2014-01-02", "杯十五", "甲")),
            }
        ),
        "not_packed.csv.gz": row(("CN201410000007.5", "2014-01-02", "杯七", "甲")),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    bad.workbook(
        folder / "formulas.xlsx",
        [bad.HEADER, ("CN201410000008.3", "2014-01-02")],
        {
            (1, 2): (f'=HYPERLINK("{secret.as_uri()}")&WEBSERVICE("http://example.invalid")', "saved title"),
            (1, 3): ("=cmd|'/c calc'!A1", "=1+1"),
        },
    )
    odd = Path(os.fsdecode(bytes(folder) + b"/\xff\xfe.csv"))
    odd.write_bytes(row(("CN201410000010.5", "2014-01-02", "杯十", "甲")))
    named = [*sorted(folder.glob("*.*")), folder / "missing.csv", folder / "good.csv"]
    workspace = create_workspace(folder / "workspace")
    outcomes = workspace.ingest(path for path in named if path.name != "secret.txt")
    return workspace, {Path(outcome.file).name: outcome for outcome in reversed(outcomes)}


def _labelled(label: str, title: str, number: str, encoding: str) -> bytes:
    text = bad.red_book("", title, number=number).decode()
    return text.replace('encoding="UTF-8"', f'encoding="{label}"').encode(encoding)


def texts(workspace: Workspace, file: str) -> set[str]:
    """Titles and abstracts that came from a file."""
    query = f"SELECT text FROM text JOIN file USING (file_id) WHERE path LIKE '%/{file}'"
    return {row["text"] for row in workspace.query(query).to_pylist()}


# ------------------------------------------------------------------------------------------ taken without harm


def test_a_missing_file_does_not_keep_the_others_out(harmless):
    workspace, outcomes = harmless
    assert {name for name, outcome in outcomes.items() if outcome.status == "failed"} == {"missing.csv"}
    assert "missing.csv" in str(outcomes["missing.csv"].message)
    assert workspace.store.manifest.version == 1  # all of them in one run


def test_the_same_file_named_twice_is_stored_once(harmless):
    workspace, _ = harmless
    stored = [entry for entry in workspace.store.manifest.files if entry.path.endswith("/good.csv")]
    assert len(stored) == 1


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("external.xml", "Cup &x; one"),
        ("parameter.xml", "Cup &x; two"),
        ("laughs.xml", "Cup &l9; three"),
        ("docdb_external.xml", "Cup &x; four"),
        ("docdb_laughs.xml", "Cup &l9; five"),
    ],
)
def test_entities_are_neither_expanded_nor_looked_up(harmless, file, title):
    assert texts(harmless[0], file) == {title}


def test_nothing_of_a_file_that_was_not_named_gets_into_the_store(harmless):
    workspace, _ = harmless
    for name in ("text", "attribute", "rejection", "alteration"):
        assert SECRET not in json.dumps(workspace.query(f"SELECT * FROM {name}").to_pylist(), default=str)


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("labelled_gb2312.xml", "飞行杯甲"),
        ("labelled_utf8.xml", "飞行杯乙"),
        ("labelled_nonsense.xml", "飞行杯丙"),
    ],
)
def test_a_wrong_encoding_label_is_seen_through_and_told(harmless, file, title):
    workspace, _ = harmless
    assert texts(workspace, file) == {title}


def test_formulas_give_the_values_saved_with_them_and_are_never_computed(harmless):
    workspace, _ = harmless
    assert texts(workspace, "formulas.xlsx") == {"saved title"}
    rows = workspace.query("SELECT name FROM party WHERE application_id = 'CN201410000008'").to_pylist()
    assert rows == [{"name": "=1+1"}]


@pytest.mark.parametrize("columns", [400, pytest.param(16_384, marks=pytest.mark.slow)])
def test_a_workbook_as_wide_as_can_be_is_read_to_the_last_column(tmp_path, columns):
    wide = [f"c{number:05}" for number in range(columns - len(bad.HEADER))]
    record = ("CN201410000009.1", "2014-01-02", "宽", "甲")
    bad.workbook(tmp_path / "wide.xlsx", [(*bad.HEADER, *wide), (*record, *["v"] * len(wide))])
    [source] = sourcing.sources(tmp_path / "wide.xlsx")
    found = sniff(source, readers())
    [draft] = found.reader.read(source, found.sample)
    names = normalise(draft, Habits.of(found.reader)).tables["attribute"].column("name").to_pylist()
    assert sorted(names) == wide  # all but the four known ones


def test_a_file_of_bad_rows_only_gives_rejections_only(harmless):
    workspace, outcomes = harmless
    outcome = outcomes["only_bad_rows.csv"]
    assert (outcome.records, outcome.applications, outcome.rejected) == (50, 0, 50)
    assert outcome.tables == {"rejection": 50}
    rows = workspace.query(
        "SELECT line, column_name, value, reason FROM rejection JOIN file USING (file_id) "
        "WHERE path LIKE '%/only_bad_rows.csv' ORDER BY line LIMIT 1"
    ).to_pylist()
    assert (rows[0]["line"], rows[0]["column_name"], rows[0]["value"]) == (2, "application_number", "ZZ0")
    assert rows[0]["reason"]


def test_bad_rows_leave_the_good_ones_and_bad_values_the_row(harmless):
    workspace, outcomes = harmless
    outcome = outcomes["some_bad_rows.csv"]
    assert (outcome.records, outcome.applications, outcome.rejected) == (2, 1, 1)
    rows = workspace.query(
        "SELECT line, scope, column_name, value FROM rejection JOIN file USING (file_id) "
        "WHERE path LIKE '%/some_bad_rows.csv' ORDER BY line"
    ).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        (2, "value", "filing_date", "2014-13-45"),
        (3, "record", "application_number", "?!"),
    ]


def test_null_bytes_in_cells_are_left_out(harmless):
    assert texts(harmless[0], "null_bytes.csv") == {"飞行杯"}


def test_paths_in_an_archive_lead_nowhere(harmless):
    workspace, outcomes = harmless
    assert outcomes["tricks.zip"].records == 2
    assert not Path("/etc/escaped.csv").exists()
    assert not list(workspace.folder.parent.parent.rglob("escaped.csv"))


def test_an_archive_within_an_archive_is_left_out_and_named(harmless):
    outcome = harmless[1]["archive_in_archive.zip"]
    assert (outcome.status, outcome.records) == ("ingested", 1)
    assert outcome.skipped == ["archive_in_archive.zip!inner.zip"]


def test_the_packing_is_told_by_the_content_not_by_the_name(harmless):
    assert texts(harmless[0], "not_packed.csv.gz") == {"杯七"}
    assert texts(harmless[0], "packed_twice.zip") == {"杯十四", "杯十五"}


def test_a_file_name_that_is_no_text_is_shown_by_its_bytes(harmless):
    workspace, outcomes = harmless
    assert outcomes["\\xff\\xfe.csv"].records == 1
    assert texts(workspace, "\\\\xff\\\\xfe.csv") == {"杯十"} or texts(workspace, "\\xff\\xfe.csv") == {
        "杯十"
    }


# ------------------------------------------------------------------------------------------ refused as a whole


def refusal(workspace: Workspace, path: Path) -> str:
    """Ingest one file that must be refused: nothing is stored, and the message has what people need."""
    before = workspace.store.manifest.version
    outcome = workspace.ingest([path])[0]
    assert (outcome.status, outcome.records, outcome.tables) == ("failed", 0, {})
    assert workspace.store.refresh().manifest.version == before
    assert not list((workspace.folder / "store" / "staging").iterdir())
    what, *facts, todo = str(outcome.message).splitlines()
    assert path.name in what
    assert todo.split(maxsplit=3)[:3] == ["what", "to", "do"]
    assert all(line.startswith("  ") for line in facts)
    assert "Traceback" not in str(outcome.message)
    return str(outcome.message)


def sample_workbook(path: Path) -> bytes:
    """Bytes of a sound workbook."""
    return bad.workbook(path, [bad.HEADER, bad.RECORD]).read_bytes()


def half(data: bytes) -> bytes:
    """The first half."""
    return data[: len(data) // 2]


WHOLE_ZIP = bad.zipped({"table.csv": bad.CSV * 50})
REFUSED: dict[str, tuple[Make, str]] = {
    "cut_off.zip": (lambda p: p.write_bytes(half(WHOLE_ZIP)), "damaged or cut off"),
    "without_end.zip": (lambda p: p.write_bytes(WHOLE_ZIP[:-20]), "damaged or cut off"),
    "spoilt.zip": (
        lambda p: p.write_bytes(WHOLE_ZIP[:45] + b"\xff" * 20 + WHOLE_ZIP[65:]),
        "damaged or cut off",
    ),
    "cut_off.csv.gz": (lambda p: p.write_bytes(half(gzip.compress(bad.CSV))), "damaged or cut off"),
    "spoilt.csv.gz": (lambda p: p.write_bytes(gzip.compress(bad.CSV)[:-8] + b"\0" * 8), "damaged or cut off"),
    "empty.zip": (lambda p: p.write_bytes(bad.zipped({})), "holds no files"),
    "folders_only.zip": (
        lambda p: p.write_bytes(bad.zipped({"a/": b"", "__MACOSX/x": b"x"})),
        "holds no files",
    ),
    "twice.zip": (lambda p: p.write_bytes(bad.zipped([("a.csv", bad.CSV)] * 2)), "several files of one name"),
    "nested.zip": (lambda p: p.write_bytes(bad.zipped({"a.zip": WHOLE_ZIP})), "archives within archives"),
    "locked.zip": (lambda p: p.write_bytes(bad.locked(WHOLE_ZIP)), "password"),
    "link.zip": (lambda p: p.write_bytes(bad.symbolic_link("a.csv", "/etc/passwd")), "no reader knows"),
    "endless_list.zip": (
        lambda p: p.write_bytes(bad.with_stated_directory(WHOLE_ZIP, 1 << 31)),
        "too many files",
    ),
    "one_bad_member.zip": (
        lambda p: p.write_bytes(bad.zipped({"a.csv": bad.CSV, "b.csv.gz": half(gzip.compress(bad.CSV))})),
        "b.csv.gz",
    ),
    "cut_off.xlsx": (lambda p: p.write_bytes(half(sample_workbook(p))), "damaged or cut off"),
    "nonsense.xlsx": (lambda p: p.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8), "damaged or cut off"),
    "swollen.xlsx": (
        lambda p: p.write_bytes(bad.swollen_workbook(p, 80 * bad.MIB)),
        "far more than an honest",
    ),
    "lying.xlsx": (
        lambda p: p.write_bytes(
            bad.with_stated_size(bad.swollen_workbook(p, 20 * bad.MIB), "xl/worksheets/sheet1.xml", 900)
        ),
        "larger than its declared",
    ),
    "broken.xls": (
        lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20),
        "cannot be read as one",
    ),
    "no_rows.xlsx": (lambda p: bad.workbook(p, []), "holds no data"),
    "header_only.csv": (lambda p: p.write_bytes(bad.csv_of()), "holds no records"),
    "empty.csv": (lambda p: p.write_bytes(b""), "is empty"),
    "blank.csv": (lambda p: p.write_bytes(b"\n \n,,\n"), "begins with blanks only"),
    "null_bytes.csv": (lambda p: p.write_bytes(b"\0" * 5_000), "no reader knows|blanks only"),
    "paper.pdf": (lambda p: p.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "no reader knows"),
    "picture.png": (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "no reader knows"),
    "letter.txt": (lambda p: p.write_bytes(b"Dear colleague,\nnothing is enclosed.\n"), "no reader knows"),
    "page.html": (lambda p: p.write_bytes(b"<html><body><p>x</p></body></html>"), "no reader knows"),
    "deep.json": (
        lambda p: p.write_bytes(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        "no reader knows",
    ),
    "folder": (lambda p: p.mkdir(), "is a folder"),
    "pipe": (lambda p: os.mkfifo(p), "not a regular file"),
    "dangling": (lambda p: p.symlink_to(p.with_name("nowhere")), "does not exist"),
    "loop": (lambda p: p.symlink_to(p), "cannot be opened"),
    "x" * 300: (lambda _: None, "cannot be opened"),
    "missing.csv": (lambda _: None, "does not exist"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_one_clear_message(harmless, tmp_path, name):
    make, told = REFUSED[name]
    make(tmp_path / name)
    message = refusal(harmless[0], tmp_path / name)
    assert any(words in message for words in told.split("|")), message


def test_a_device_is_not_read(harmless):
    assert "not a regular file" in refusal(harmless[0], Path("/dev/zero"))


def test_a_file_nobody_may_read_is_named(harmless, tmp_path, monkeypatch):
    path = tmp_path / "private.csv"
    path.write_bytes(bad.CSV)

    usual = Path.open

    def denied(self: Path, *how: Any, **more: Any) -> object:
        if self == path:  # root may read all files, so tests must pretend
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return usual(self, *how, **more)

    monkeypatch.setattr(Path, "open", denied)
    assert "may not be read" in refusal(harmless[0], path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all files")
def test_a_file_without_permission_is_named(harmless, tmp_path):
    path = tmp_path / "private.csv"
    path.write_bytes(bad.CSV)
    path.chmod(0)
    assert "may not be read" in refusal(harmless[0], path)


def test_a_disk_that_fails_while_it_is_read_is_named(harmless, tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_bytes(bad.CSV)

    def failing(*_: object) -> object:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(sourcing.hashlib, "file_digest", failing)
    assert "Input/output error" in refusal(harmless[0], path)


@pytest.mark.parametrize("change", ["grows", "vanishes"])
def test_a_file_that_changes_while_it_is_read_is_refused(harmless, tmp_path, monkeypatch, change):
    path = tmp_path / "growing.csv"
    path.write_bytes(bad.csv_of(("CN201410000011.3", "2014-01-02", "杯", "甲")))
    original = sourcing.Source.open

    def changed_meanwhile(self: sourcing.Source) -> object:
        if change == "grows":
            with path.open("ab") as stream:
                stream.write(b"CN201410000012.1,2014-01-02,x,y\n")
        return original(self)

    if change == "vanishes":
        check = sourcing.check_unchanged

        def gone(at: Path, seen: sourcing.Fingerprint) -> None:
            at.unlink()
            check(at, seen)

        monkeypatch.setattr("zhihang.ingestion.ingest.check_unchanged", gone)
    monkeypatch.setattr(sourcing.Source, "open", changed_meanwhile)
    message = refusal(harmless[0], path)
    assert ("vanished" if change == "vanishes" else "changed") in message
    assert "Nothing of it was stored" in message


# ------------------------------------------------------------------------------------------ the store stays whole


def test_a_full_disk_is_named_and_leaves_the_store_as_it_was(harmless, tmp_path):
    workspace, _ = harmless
    before = workspace.store.manifest.version
    path = tmp_path / "table.csv"
    path.write_bytes(bad.csv_of(*[(f"CN20141{n:07}", "2014-01-02", f"杯{n * n}", "甲") for n in range(500)]))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))  # no file may grow beyond 2,000 bytes
    try:
        with pytest.raises(StoreError, match="cannot be written") as caught:
            workspace.ingest([path])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "nothing of it was stored" in str(caught.value)
    assert caught.value.todo
    assert workspace.store.refresh().manifest.version == before
    assert open_workspace(workspace.folder).query("SELECT count(*) AS n FROM application").num_rows == 1


def test_a_replacement_that_cannot_be_read_leaves_the_old_rows(harmless, tmp_path):
    workspace, _ = harmless
    entry = next(e for e in workspace.store.manifest.files if e.path.endswith("/good.csv"))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    outcome = workspace.ingest([tmp_path / "broken.xlsx"], replaces=str(entry.file_id))[0]
    assert outcome.status == "failed"
    assert entry.file_id in {e.file_id for e in workspace.store.refresh().manifest.files}


def test_several_files_cannot_replace_one(harmless, tmp_path):
    with pytest.raises(NotAllowed, match="Only one new file"):
        harmless[0].ingest([tmp_path / "a.csv", tmp_path / "b.csv"], replaces="1")


def test_a_fault_in_a_reader_is_told_and_does_not_keep_other_files_out(harmless, tmp_path, monkeypatch):
    def broken(*_: object) -> object:
        raise ZeroDivisionError("by a fault of ours")

    (tmp_path / "table.csv").write_bytes(bad.csv_of(("CN201410000013.0", "2014-01-02", "杯", "甲")))
    monkeypatch.setattr("zhihang.ingestion.ingest.sniff", broken)
    assert "ZeroDivisionError: by a fault of ours" in refusal(harmless[0], tmp_path / "table.csv")
    monkeypatch.undo()
    monkeypatch.setattr("zhihang.ingestion.lanes.normalise", broken)
    assert "ZeroDivisionError: by a fault of ours" in refusal(harmless[0], tmp_path / "table.csv")


# ------------------------------------------------------------------------------------------ bounded memory

IN_BOUNDS = """
    import resource, sys
    from pathlib import Path
    from zhihang.ingestion.normalise import Habits, normalise
    from zhihang.ingestion.reader import readers
    from zhihang.ingestion.sniff import sniff
    from zhihang.ingestion.source import sources
    from zhihang.errors import SourceError
    shelf = readers()
    def read(path):
        for source in sources(path):
            found = sniff(source, shelf)
            for draft in found.reader.read(source, found.sample):
                normalise(draft, Habits.of(found.reader))
    first, *others = map(Path, sys.argv[1:])
    read(first)
    usual = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in others:
        try:
            read(path)
        except SourceError as error:
            print(path.name, "refused:", error.what)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - usual)
"""


@pytest.mark.slow
def test_what_is_made_to_fill_the_memory_does_not(tmp_path):
    files = {
        "good.csv": bad.CSV,
        "bomb.zip": bad.zip_bomb(70 * bad.MIB),
        "bomb.csv.gz": bad.gzip_bomb(70 * bad.MIB),
        "wide.csv": b"a," * 10_000_000,  # 10 million columns in one line
        "wide_below.csv": bad.CSV + b"a," * 10_000_000,
        "long_cell.csv": bad.CSV + b"a" * (40 * bad.MIB) + b",x\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    code = "\n".join(line.removeprefix("    ") for line in IN_BOUNDS.splitlines())
    command = [sys.executable, "-c", code, *(str(tmp_path / name) for name in files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    *refused, grown = ran.stdout.splitlines()
    assert {line.split()[0] for line in refused} == set(files) - {"good.csv"}
    assert int(grown) < 300 << 10, f"{grown} KiB"
