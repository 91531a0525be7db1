# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server in a folder of its own, started for some tests and thrown away after them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNPRIVILEGED = "nobody"
"""Who runs the server where the tests run as root; PostgreSQL refuses that."""


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl: the newest that Debian installed, or where the path leads."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parents[1].name)
    )
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """Give the address of an empty database, named after the form in the settings."""
    with tempfile.TemporaryDirectory(prefix="zhihang-postgres-") as held:
        folder = Path(held)
        port = _free_port()
        if os.getuid() == 0:
            shutil.chown(folder, UNPRIVILEGED)
        data = folder / "data"
        _run(
            bin_folder / "initdb", "-D", data, "-U", "office", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        )
        _run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            _run(bin_folder / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "office", "zhihang")
            yield f"postgresql://office@127.0.0.1:{port}/zhihang"
        finally:
            _run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(*command: object) -> None:
    prefix = ["setpriv", f"--reuid={UNPRIVILEGED}", "--clear-groups"] if os.getuid() == 0 else []
    told = subprocess.run(
        [*prefix, *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        timeout=60,
        check=False,
    )
    if told.returncode:
        raise RuntimeError(told.stderr.decode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
