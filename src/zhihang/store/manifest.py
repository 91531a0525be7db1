# SPDX-License-Identifier: Apache-2.0
"""The manifest: which Parquet files make up the store after a run. Swapping it is the commit."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhihang.errors import NotFound, StoreError

FORMAT = 1
"""Version of the layout on disk."""


class Part(BaseModel):
    """One Parquet file of one table; `path` is relative to the store."""

    model_config = ConfigDict(frozen=True)

    path: str
    rows: int
    size: int
    file_ids: tuple[int, ...] = ()


class Settled(BaseModel):
    """How the rows of one table were settled where several records describe one application.

    `ids` lists the applications concerned, each with the id it is merged under; `merged` holds their settled rows.
    Files that hold few of them (`sparse`) are read without those; files that hold many (`dense`) are not read at
    all: what else they hold was copied into `merged`.
    """

    model_config = ConfigDict(frozen=True)

    ids: Part
    merged: tuple[Part, ...] = ()
    sparse: tuple[str, ...] = ()
    dense: tuple[str, ...] = ()


class Derived(BaseModel):
    """Rows of one derived table, and what they were computed from: each input with a digest of its state."""

    model_config = ConfigDict(frozen=True)

    parts: tuple[Part, ...] = ()
    inputs: dict[str, str] = Field(default_factory=dict)
    files: tuple[int, ...] = ()
    run_id: int = 0


class SourceEntry(BaseModel):
    """One source file whose rows are in the store (a row of table `file`)."""

    model_config = ConfigDict(frozen=True)

    file_id: int
    path: str
    member: str | None = None
    sha256: str
    size: int
    reader: str
    reader_version: int = 1
    mapping: str = ""
    precedence: int = 0
    simulated: bool = False
    records: int = 0
    applications: int = 0
    rejected: int = 0
    publications: int = 0
    rows: dict[str, int] = Field(default_factory=dict)
    run_id: int = 0


class RunEntry(BaseModel):
    """One run (a row of table `run`)."""

    model_config = ConfigDict(frozen=True)

    run_id: int
    verb: str
    arguments: str = "{}"
    version: str = ""
    started_at: datetime
    finished_at: datetime
    files: int = 0
    rows: int = 0
    message: str = ""


class Manifest(BaseModel):
    """State of the store after run `version`; 0 is the empty store."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    version: int = 0
    next_file_id: int = 1
    recorded: dict[str, tuple[Part, ...]] = Field(default_factory=dict)
    settled: dict[str, Settled] = Field(default_factory=dict)
    files: tuple[SourceEntry, ...] = ()
    runs: tuple[RunEntry, ...] = ()
    keeping: dict[str, Part] = Field(default_factory=dict)
    derived: dict[str, Derived] = Field(default_factory=dict)

    def parts(self) -> list[Part]:
        """Return every Parquet file the manifest names."""
        groups = [
            *self.recorded.values(),
            *(found.merged for found in self.settled.values()),
            *(found.parts for found in self.derived.values()),
        ]
        loose = [*(found.ids for found in self.settled.values()), *self.keeping.values()]
        return [part for group in groups for part in group] + loose


def head(root: Path) -> int:
    """Return the version the store stands at."""
    try:
        return int((root / "HEAD").read_text("ascii"))
    except FileNotFoundError:
        raise NotFound(
            f'There is no store in "{root}".',
            {"expected": "a file HEAD"},
            todo="zhihang --workspace DIR init",
        ) from None
    except ValueError as error:
        raise StoreError(
            f'The store in "{root}" is damaged.', {"file": root / "HEAD"}, todo="Restore it."
        ) from error


def load(root: Path, version: int | None = None) -> Manifest:
    """Return the manifest of `version` (default: the newest committed one)."""
    wanted = head(root) if version is None else version
    path = _path(root, wanted)
    try:
        manifest = Manifest.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        known = sorted(int(found.stem) for found in (root / "manifests").glob("*.json"))
        raise NotFound(
            f"The store keeps no state after run {wanted}.",
            {"kept": f"runs {known[0]} to {known[-1]}" if known else "none"},
            todo="zhihang history",
        ) from None
    except ValidationError as error:
        raise StoreError(f'The manifest "{path}" is damaged.', {"error": error.errors()[0]["msg"]}) from error
    if manifest.format > FORMAT:
        raise StoreError(
            "The store was written by a newer version of zhihang.",
            {"layout": manifest.format, "known": FORMAT},
            todo="Install the newer version.",
        )
    return manifest


def commit(root: Path, manifest: Manifest) -> None:
    """Make `manifest` the state of the store, in one step that either happens or does not."""
    (root / "manifests").mkdir(exist_ok=True)
    _write_durably(_path(root, manifest.version), manifest.model_dump_json())
    _write_durably(root / "HEAD", f"{manifest.version}\n")


def _path(root: Path, version: int) -> Path:
    return root / "manifests" / f"{version:08d}.json"


def _write_durably(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
