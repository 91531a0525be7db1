# SPDX-License-Identifier: Apache-2.0
"""The main job serves its pages where somebody looks, and ends by itself where nobody does."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STUB = '#!/bin/sh\necho "$(basename "$0") $*"\n'


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script in a checkout whose programs only say how they were called."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("zhihang", "python"):
        stub = tmp_path / ".venv" / "bin" / name
        stub.write_text(STUB)
        stub.chmod(0o755)
    return Path(shutil.copy(ROOT / "scripts" / "run.sh", tmp_path / "scripts"))


def _on_a_terminal(script: Path, **more: str) -> str:
    master, slave = pty.openpty()
    subprocess.run([script], stdout=slave, env={**os.environ, **more}, timeout=30, check=True)
    os.close(slave)
    told = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how a terminal says that nobody holds its other end
            break
        if not part:
            break
        told += part
    os.close(master)
    return told.decode()


def test_without_a_terminal_it_says_how_to_open_the_pages_and_ends(script: Path) -> None:
    told = subprocess.run([script], capture_output=True, text=True, timeout=30, check=True).stdout
    assert "zhihang --workspace workspace serve" not in [
        line for line in told.splitlines() if line[0:1] != " "
    ]
    assert "  .venv/bin/zhihang --workspace workspace serve --demonstration --port 8000" in told
    assert "http://127.0.0.1:8000/" in told
    assert "python -m zhihang.web accounts" in told, "the three accounts are made and told"


def test_on_a_terminal_it_serves(script: Path) -> None:
    told = _on_a_terminal(script).splitlines()
    assert told[-1] == "zhihang --workspace workspace serve --demonstration --port 8000"


def test_where_serving_is_not_wanted_it_ends_on_a_terminal_too(script: Path) -> None:
    told = _on_a_terminal(script, SERVE="no").splitlines()
    assert told[-1].startswith("  .venv/bin/zhihang")
