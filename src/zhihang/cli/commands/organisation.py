# SPDX-License-Identifier: Apache-2.0
"""`zhihang organisation`: decisions of the office on organisations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.decided import RECORDED, tell_imported
from zhihang.cli.output import print_rows, tell

organisation = typer.Typer(
    no_args_is_help=True,
    help="Decide on organisations: merge, split, rename, parent, undo; decisions survive every new run.",
)
Name = Annotated[str, typer.Argument(help="A name as written in the files.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]


def _decide(context: typer.Context, action: str, name: str, target: str, by: str, because: str) -> None:
    names = choices(context).open().names
    decision = names.decide(action, name, target, by=by, reason=because)
    print_rows([decision], Format.table)
    unseen = names.unseen([name, target] if action in ("merge", "parent") else [name])
    if unseen:
        tell(
            f"库中尚无此名称，待有时生效：{', '.join(unseen)}\n"
            f"No file in the store has this name so far: {', '.join(unseen)}. The decision waits for one that has."
        )
    tell(RECORDED)


@organisation.command("merge")
def merge(
    context: typer.Context,
    name: Name,
    into: Annotated[str, typer.Argument(help="Name of the organisation it belongs to.")],
    by: By,
    because: Because,
) -> None:
    """The organisations of both names are one."""
    _decide(context, "merge", name, into, by, because)


@organisation.command("split")
def split(
    context: typer.Context,
    name: Name,
    by: By,
    because: Because,
    together: Annotated[str, typer.Option(help="Names split under the same word stay together.")] = "",
) -> None:
    """The name is taken out of its organisation."""
    _decide(context, "split", name, together, by, because)


@organisation.command("rename")
def rename(
    context: typer.Context,
    name: Name,
    to: Annotated[str, typer.Argument(help="Name to show.")],
    by: By,
    because: Because,
) -> None:
    """Show the organisation under another name."""
    _decide(context, "rename", name, to, by, because)


@organisation.command("parent")
def parent(
    context: typer.Context,
    name: Name,
    of: Annotated[str, typer.Argument(help="Name of the organisation above it.")],
    by: By,
    because: Because,
) -> None:
    """The organisation belongs to another."""
    _decide(context, "parent", name, of, by, because)


@organisation.command("undo")
def undo(
    context: typer.Context,
    name: Name,
    by: By,
    because: Because,
    kind: Annotated[str, typer.Option(help="merge, split, rename, parent; default: the last one.")] = "",
) -> None:
    """Take back the last decision on a name. Example: zhihang organisation undo 甲公司 --by 王某 --because 误记."""
    _decide(context, "undo", name, kind, by, because)


@organisation.command("decisions")
def decisions(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the decisions taken so far."""
    print_rows(choices(context).open().names.decisions(), output)


@organisation.command("export")
def export(context: typer.Context, to: Annotated[Path, typer.Argument(help="CSV file to write.")]) -> None:
    """Write the decisions into a CSV file."""
    count = choices(context).open().names.export_decisions(to)
    tell(f"已写出 {count} 项决定：{to}。{count} decisions written to {to}")


@organisation.command("import")
def take_in(
    context: typer.Context, source: Annotated[Path, typer.Argument(help="CSV file to read.")]
) -> None:
    """Take the sound decisions of a CSV file; rows with faults are listed and left out."""
    found = choices(context).open().names.import_decisions(source)
    tell_imported(found.added, found.refused)
