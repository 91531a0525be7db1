# SPDX-License-Identifier: Apache-2.0
"""The worker says that it lives by touching a file; whoever asks reads when it last did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from zhihang.web.deployment import deployment


def _file() -> Path:
    return deployment().state / "worker-lives"


def beat() -> None:
    """Say that the worker lives."""
    _file().touch()


def last_beat() -> datetime | None:
    """Return when the worker last said so; None if it never did."""
    try:
        return datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
