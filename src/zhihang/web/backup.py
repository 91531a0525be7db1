# SPDX-License-Identifier: Apache-2.0
"""Back up a workspace with its web into one file, under load, and bring it back to the same figures."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

from zhihang.errors import NotAllowed, NotFound, SourceError
from zhihang.web.back_up_state import remember
from zhihang.web.deployment import WORKSPACE, deployment

LEFT_OUT = ("store/spill-", "web/answers", "web/static", "web/worker-lives", "web/queue.sqlite3")
DATABASE, DUMP = "web/web.sqlite3", "web/web.dump"


def back_up(to: Path) -> str:
    """Write workspace and database into a file; return what was done.

    The store is copied as it stood at one run: its files never change, and the manifest is read first.
    """
    place = deployment()
    if to.exists():
        raise NotAllowed(f'"{to}" is there already.', todo="Name a file that is not.")
    fresh = to.with_name(to.name + ".new")
    head = (
        (place.folder / "store" / "HEAD").read_text("ascii")
        if (place.folder / "store" / "HEAD").exists()
        else ""
    )
    with tempfile.TemporaryDirectory() as held, tarfile.open(fresh, "w:gz", compresslevel=1) as archive:
        _add_database(archive, Path(held))
        for path in sorted(place.folder.rglob("*")):
            name = path.relative_to(place.folder).as_posix()
            if not path.is_file() or name.startswith((*LEFT_OUT, DATABASE)) or name == "store/HEAD":
                continue
            try:
                archive.add(path, name, recursive=False)
            except FileNotFoundError:
                continue  # a file of a state that compaction has since forgotten
        if head:
            kept = Path(held) / "HEAD"
            kept.write_text(head, "ascii")
            archive.add(kept, "store/HEAD")
    fresh.replace(to)
    to.chmod(0o600)
    remember(to.name, to.stat().st_size, head.strip() or "0")
    return f"{to}: {to.stat().st_size:,} bytes, store as of run {head.strip() or 0}"


def _add_database(archive: tarfile.TarFile, held: Path) -> None:
    place = deployment()
    address = place.text("database")
    if address:
        dump = held / "dump"
        subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", address], check=True)
        archive.add(dump, DUMP)
        return
    import sqlite3

    source = place.state / "web.sqlite3"
    if not source.exists():
        return
    copy = held / "web.sqlite3"
    with sqlite3.connect(source) as one, sqlite3.connect(copy) as other:
        one.backup(other)
    archive.add(copy, DATABASE)


def restore(source: Path) -> str:
    """Unpack a back-up into the workspace of the environment, which must not exist or be empty; return what was done."""
    folder = Path(os.environ[WORKSPACE])
    if not source.is_file():
        raise NotFound(f'There is no file "{source}".', todo="Name a file that zhihang backup wrote.")
    if folder.is_dir() and any(folder.iterdir()):
        raise NotAllowed(
            f'"{folder}" is not empty.',
            {"folder": folder},
            todo="Restore into a new folder, then serve that one.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise SourceError(
            f'"{source.name}" is not a whole back-up.', {"error": error}, todo="Take another one."
        ) from error
    secret = folder / "web" / "secret"
    if secret.exists():
        secret.chmod(0o600)
    dump = folder / DUMP
    if dump.exists():
        return f"{folder}; the database is in {dump}: pg_restore --clean --if-exists --dbname ADDRESS {dump}"
    return f"{folder}"
