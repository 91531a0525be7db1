# SPDX-License-Identifier: Apache-2.0
"""`zhihang compact`: keep the number of files in the store small."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say


def compact(
    context: typer.Context,
    forget_before: Annotated[
        int | None, typer.Option(help="Forget the states before this run and free their files.")
    ] = None,
) -> None:
    """Join small files into large ones. Example: zhihang compact --forget-before 20."""
    say(choices(context).open().compact(forget_before=forget_before))
