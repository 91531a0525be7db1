# SPDX-License-Identifier: Apache-2.0
"""What happens when a writer dies, when two write at once, and when the disk is full."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tests.store_rows import application, put, shown

from zhihang.errors import StoreBusy, StoreError
from zhihang.store import manifest as manifests
from zhihang.store.store import Store, create_store, open_store

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
    import sys
    from pathlib import Path
    from tests.store_rows import application, put
    from zhihang.store.store import open_store
    store = open_store(Path(sys.argv[1]), settings={"threads": 1})
    for number in range(int(sys.argv[2]), 1000):
        put(store, f"{number}.csv", {"application": [application(f"CN{number}-{n}", n) for n in range(1, 51)]})
        print("committed", flush=True)
"""


def writer(root: Path, start: int) -> subprocess.Popen[str]:
    """Start a process that commits files of 50 rows, one run each, until it is killed."""
    code = textwrap.dedent(WRITER)
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(root), str(start)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "committed\n"
    return process


@pytest.mark.parametrize("kills", [1, pytest.param(5, marks=pytest.mark.slow)])
def test_kill_at_any_moment_leaves_the_last_committed_state(tmp_path: Path, kills: int) -> None:
    root = tmp_path / "store"
    create_store(root)
    chance = random.Random(7)
    for _ in range(kills):
        before = manifests.head(root)
        with writer(root, before) as process:
            time.sleep(chance.random())
            process.send_signal(signal.SIGKILL)
        manifest = manifests.load(root)
        assert all((root / part.path).stat().st_size == part.size for part in manifest.parts())
        store = open_store(root)
        assert len(shown(store, "application", "application_id")) == 50 * manifest.version
        store.close()
    assert manifests.head(root) >= kills


def test_the_next_writer_clears_away_what_a_dead_one_left(tmp_path: Path) -> None:
    root = tmp_path / "store"
    create_store(root)
    store = open_store(root)
    put(store, "a.csv", {"application": [application("CN1", 1)]})
    (root / "staging" / "00000002-dead").mkdir()
    orphan = root / "data" / "application" / "00000002-00000009.parquet"
    orphan.write_bytes(b"half a file")
    (root / "manifests" / "00000002.json").write_text("{}")
    put(store, "b.csv", {"application": [application("CN2", 1)]})
    assert not orphan.exists()
    assert not list((root / "staging").iterdir())
    assert shown(store, "application", "application_id") == [("CN1",), ("CN2",)]


def test_a_second_writer_waits_and_then_says_who_is_writing(store: Store) -> None:
    other = open_store(store.root)
    with (
        store.writing("ingest"),
        pytest.raises(StoreBusy, match="Another run is writing") as caught,
        other.writing("ingest", wait=0.2),
    ):
        pass
    assert caught.value.facts["process"] == str(os.getpid())
    with other.writing("ingest", wait=0.2):
        pass


def test_readers_keep_their_state_while_a_run_commits(store: Store) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1)]})
    reader = open_store(store.root)
    table = reader.table("application")
    put(store, "a.csv", {"application": [application("CN2", 1)]})
    assert reader.collect(table.select("application_id")).to_pylist() == [{"application_id": "CN1"}]
    assert shown(reader.refresh(), "application", "application_id") == [("CN2",)]


@pytest.mark.parametrize("step", ["write", "swap"])
def test_a_full_disk_is_named_and_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    put(store, "a.csv", {"application": [application("CN1", 1)]})

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(
            "zhihang.store.writing.TableFile.close"
            if step == "write"
            else "zhihang.store.manifest._write_durably",
            full,
        )
        with pytest.raises(StoreError, match="cannot be written") as caught:
            put(store, "b.csv", {"application": [application("CN2", 1)]})
    assert "No space left" in str(caught.value)
    assert shown(store, "application", "application_id") == [("CN1",)]
    put(store, "b.csv", {"application": [application("CN2", 1)]})
    assert shown(store, "application", "application_id") == [("CN1",), ("CN2",)]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        create_store(tmp_path / name)
        store = open_store(tmp_path / name)
        put(store, "a.csv", {"application": [application(f"CN{n}", n) for n in range(1, 200)]})
        put(store, "b.csv", {"application": [application(f"CN{n}", n) for n in range(100, 300)]})
        files = sorted((tmp_path / name).rglob("*.parquet"))
        contents.append(
            {str(f.relative_to(tmp_path / name)): f.read_bytes() for f in files if "keeping" not in f.parts}
        )
    assert contents[0] == contents[1]
