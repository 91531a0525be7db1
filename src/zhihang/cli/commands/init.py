# SPDX-License-Identifier: Apache-2.0
"""`zhihang init`: make a workspace."""

from __future__ import annotations

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say


def init(context: typer.Context) -> None:
    """Make a workspace: settings and an empty store. Example: zhihang --workspace guilin init."""
    from zhihang.workspace import create_workspace

    workspace = create_workspace(choices(context).named_folder())
    say(f"Workspace ready: {workspace.folder}")
