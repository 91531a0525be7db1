# SPDX-License-Identifier: Apache-2.0
"""Files that jobs make, each job's in a folder of its own, kept until the job is forgotten."""

from __future__ import annotations

import secrets
from pathlib import Path

from zhihang.web.deployment import deployment

PLACE = "made"


def fresh_folder() -> str:
    """Return the name of a new folder, to be given to a job as its argument ``folder``."""
    return secrets.token_hex(12)


def folder_of(name: str) -> Path:
    """Return the folder of that name, made if it is not there."""
    if len(name) != 24 or not name.isalnum():
        raise ValueError(name)
    folder = deployment().state / PLACE / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def made_in(name: str) -> list[str]:
    """Return the names of the files a job made, for its result."""
    return sorted(path.name for path in folder_of(name).iterdir() if path.is_file())
