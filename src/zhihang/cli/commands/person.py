# SPDX-License-Identifier: Apache-2.0
"""`zhihang person`: decisions of the office on persons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.decided import RECORDED, tell_imported
from zhihang.cli.output import print_rows, tell

person = typer.Typer(
    no_args_is_help=True, help="Decide on inventors: merge, split, undo; decisions survive every new run."
)
Filing = Annotated[str, typer.Argument(help="A filing and the inventor's name on it: CN201510012345/张伟.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]


@person.command("merge")
def merge(
    context: typer.Context,
    filing: Filing,
    into: Annotated[str, typer.Argument(help="A filing of the person it belongs to, named likewise.")],
    by: By,
    because: Because,
) -> None:
    """The persons of both filings are one."""
    decision = choices(context).open().names.decide_person("merge", filing, into, by=by, reason=because)
    print_rows([decision], Format.table)
    tell(RECORDED)


@person.command("split")
def split(
    context: typer.Context,
    filing: Filing,
    by: By,
    because: Because,
    together: Annotated[str, typer.Option(help="Filings split under the same word stay together.")] = "",
) -> None:
    """The filing is taken out of its person."""
    decision = choices(context).open().names.decide_person("split", filing, together, by=by, reason=because)
    print_rows([decision], Format.table)
    tell(RECORDED)


@person.command("undo")
def undo(context: typer.Context, filing: Filing, by: By, because: Because) -> None:
    """Take back the last decision on a filing."""
    decision = choices(context).open().names.decide_person("undo", filing, "", by=by, reason=because)
    print_rows([decision], Format.table)
    tell(RECORDED)


@person.command("decisions")
def decisions(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the decisions taken so far."""
    print_rows(choices(context).open().names.person_decisions(), output)


@person.command("export")
def export(context: typer.Context, to: Annotated[Path, typer.Argument(help="CSV file to write.")]) -> None:
    """Write the decisions into a CSV file."""
    count = choices(context).open().names.export_person_decisions(to)
    tell(f"已写出 {count} 项决定：{to}。{count} decisions written to {to}")


@person.command("import")
def take_in(
    context: typer.Context, source: Annotated[Path, typer.Argument(help="CSV file to read.")]
) -> None:
    """Take the sound decisions of a CSV file; rows with faults are listed and left out."""
    found = choices(context).open().names.import_person_decisions(source)
    tell_imported(found.added, found.refused)
