# SPDX-License-Identifier: Apache-2.0
"""`zhihang demonstrate`: the whole path once, on the founding plans and a simulated region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say


def demonstrate(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help="Folder for documents and details.")] = Path("out"),
) -> None:
    """Audit the founding plans, assess and forecast them, then do the same on a simulated Guilin, down to the documents."""
    from zhihang.demonstration import Demonstration
    from zhihang.workspace import create_workspace

    chosen = choices(context)
    create_workspace(chosen.named_folder())
    Demonstration(chosen.open(), to, say).run()
