# SPDX-License-Identifier: Apache-2.0
"""`zhihang bulletin`: the documents on a plan at a day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Basis, Format, OutputFormat, choices
from zhihang.cli.output import print_rows
from zhihang.cli.read_day import read_day
from zhihang.cli.tongue import Tongue


def bulletin(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(help="Name of a plan; zhihang plan list.")],
    at: Annotated[str, typer.Option(help="Day: 2018-12-31; the last day of a year gives the annual set.")],
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    basis: Annotated[Basis, typer.Option(help="Counted in the store, published, or both.")] = Basis.auto,
    language: Annotated[Tongue, typer.Option(help="Language of the documents.")] = Tongue.zh,
    dated: Annotated[str | None, typer.Option(help="Day the documents are dated; default: today.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Write bulletin, notices to divisions that fall behind, undertakings and evaluation of a plan.

    Example: zhihang bulletin guilin-2016-2020 --at 2018-12-31 --to out.
    """
    reports = choices(context).open_or_bare().reports
    day = read_day(dated) if dated else None
    made = reports.plan_documents(plan, read_day(at), basis=basis.value, language=language.value, dated=day)
    paths = reports.write_plan_documents(made, to)
    print_rows([{"file": str(path), "bytes": path.stat().st_size} for path in paths], output)
