# SPDX-License-Identifier: Apache-2.0
"""`zhihang restore`: bring a back-up back into a new workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.web_process import become_web


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="File that zhihang backup wrote.")],
) -> None:
    """Bring a back-up back into a new folder. Example: zhihang --workspace guilin-again restore guilin-monday.tar.gz."""
    become_web(choices(context).named_folder(), "restore", str(source.resolve()))
