# SPDX-License-Identifier: Apache-2.0
"""`zhihang count`: how many patents a query finds."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say


def count(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Query, as for zhihang search.")],
    style: Annotated[str, typer.Option(help="How the query is written; told by itself.")] = "",
) -> None:
    """Count the patents a query finds. Example: zhihang count "IPC=H01M AND LS=有效"."""
    say(str(choices(context).open().search.count(query, style=style)))
