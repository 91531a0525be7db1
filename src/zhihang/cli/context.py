# SPDX-License-Identifier: Apache-2.0
"""What the user chose before the verb: workspace, state of the store, patience; and the options verbs share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhihang.errors import NotFound

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Basis(StrEnum):
    """What figures an assessment or forecast rests on."""

    auto = "auto"
    computed = "computed"
    published = "published"
    both = "both"


WorkspaceFolder = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", envvar="ZHIHANG_WORKSPACE", help="Folder of the workspace.", show_default=False
    ),
]
AsOf = Annotated[int | None, typer.Option("--as-of", help="Show the store as it stood after this run.")]
Wait = Annotated[float, typer.Option("--wait", help="Seconds to wait for another writer.", min=0)]
Debug = Annotated[bool, typer.Option("--debug", help="Show the full trace of an error.")]
OutputFormat = Annotated[Format, typer.Option("--format", "-f", help="How to print results.")]


@dataclass(frozen=True)
class Choices:
    """Options given before the verb."""

    folder: Path | None
    as_of: int | None
    wait: float
    debug: bool

    def named_folder(self) -> Path:
        """Return the folder chosen, or say how to choose one."""
        if self.folder is None:
            raise NotFound(
                "No workspace was chosen.",
                {"expected": "--workspace DIR before the verb, or ZHIHANG_WORKSPACE"},
                todo="zhihang --workspace DIR init",
            )
        return self.folder

    def open(self) -> Workspace:
        """Open the workspace."""
        from zhihang.workspace import open_workspace

        return open_workspace(self.named_folder(), as_of=self.as_of, wait=self.wait)

    def open_or_bare(self) -> Workspace:
        """Open the workspace if one was chosen; else one that has only what the package brings."""
        from zhihang.workspace import Workspace

        return self.open() if self.folder is not None else Workspace(Path())


def choices(context: typer.Context) -> Choices:
    """Return what the user chose before the verb."""
    found = context.obj
    if not isinstance(found, Choices):
        msg = "the command line was not started through its callback"
        raise TypeError(msg)
    return found
