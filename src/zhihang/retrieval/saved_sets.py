# SPDX-License-Identifier: Apache-2.0
"""Saved sets: queries with a name, one YAML file each in the folder ``sets`` of the workspace."""

from __future__ import annotations

from pathlib import Path

import yaml

from zhihang.errors import DefinitionError

FOLDER = "sets"


def saved_sets(folder: Path) -> dict[str, str]:
    """Return the queries of a workspace by name: ``sets/龙头企业.yaml`` holds ``query: PA=玉柴``."""
    return {path.stem: _query(path) for path in sorted((folder / FOLDER).glob("*.yaml"))}


def _query(path: Path) -> str:
    try:
        held = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            "A saved set cannot be read.", {"file": path, "fault": error}, todo="Mend or remove it."
        ) from error
    if not isinstance(held, dict) or not isinstance(held.get("query"), str):
        raise DefinitionError(
            "A saved set holds no query.",
            {"file": path, "expected": "query: and the query, on one line or in quotes"},
            todo="Write it, such as query: TI=电池 AND IPC=H01M.",
        )
    return str(held["query"])
