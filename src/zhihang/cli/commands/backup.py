# SPDX-License-Identifier: Apache-2.0
"""`zhihang backup`: the workspace with accounts, jobs and log in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.web_process import become_web


def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(help="File to write; must not exist.")],
) -> None:
    """Back up a workspace into one file, also while people work. Example: zhihang -w guilin backup guilin-monday.tar.gz."""
    become_web(choices(context).open().folder, "backup", str(to.resolve()))
