# SPDX-License-Identifier: Apache-2.0
"""What a derived table was computed from, as digests: equal digests mean that it need not be computed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from zhihang.derivation.derivation import Derivation, read_decisions
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.store.manifest import Manifest

IDENTITY = ("application", "publication")
"""Recorded tables that decide which records are of one application, and so bear on every other table."""


def inputs_of(
    derivation: Derivation, manifest: Manifest, codes: CodeLists, decisions_folder: Path | None
) -> dict[str, str]:
    """Return every input of a derivation with a digest of its present state."""
    state = {"rule": str(derivation.version)}
    for name in derivation.reads:
        state[f"table {name}"] = _table_state(name, manifest)
    for name in derivation.lists:
        state[f"list {name}"] = digest([sorted(row.items()) for row in codes.rows(name)])
    for subject in derivation.decisions:
        state[f"decisions {subject}"] = digest(
            [sorted(row.items()) for row in read_decisions(decisions_folder, subject)]
        )
    return state


def digest(values: Iterable[object]) -> str:
    """Return a short digest of a sequence."""
    found = hashlib.sha256()
    for value in values:
        found.update(repr(value).encode())
        found.update(b"\n")
    return found.hexdigest()[:16]


def recorded_files(names: Iterable[str], manifest: Manifest) -> frozenset[int]:
    """Return the source files with rows in these recorded tables, or in those that decide on identity."""
    tables = [name for name in (*names, *IDENTITY) if not TABLES[name].derived]
    return frozenset(
        file_id for name in tables for part in manifest.recorded.get(name, ()) for file_id in part.file_ids
    )


def only_files_differ(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether all that changed is which files recorded tables hold, or derived tables computed per application."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return all(key.startswith("table ") for key in changed)


def _table_state(name: str, manifest: Manifest) -> str:
    if TABLES[name].derived:
        derived = manifest.derived.get(name)
        return digest([part.path for part in derived.parts] if derived else [])
    return digest(sorted(recorded_files([name], manifest)))
