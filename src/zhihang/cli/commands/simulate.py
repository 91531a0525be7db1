# SPDX-License-Identifier: Apache-2.0
"""`zhihang simulate`: write an invented register of a region."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell
from zhihang.cli.progress import counting_progress


def simulate(
    context: typer.Context,
    region: Annotated[str, typer.Option(help="Administrative division code.")] = "450300",
    first: Annotated[int, typer.Option("--from", help="First filing year.")] = 2006,
    last: Annotated[int, typer.Option("--to", help="Last filing year.")] = 2020,
    seed: Annotated[int, typer.Option(help="Same seed, same files.")] = 1,
    scale: Annotated[float, typer.Option(help="1 = as many filings as published.")] = 1.0,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; default: simulated/ in the workspace.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Write a simulated register and its legal events, marked 模拟数据. Example: zhihang simulate --region 450300."""
    chosen = choices(context)
    workspace = chosen.open_or_bare() if folder is not None else chosen.open()
    with counting_progress("simulate") as progress:
        made = workspace.simulate(region, first, last, seed=seed, scale=scale, to=folder, progress=progress)
    print_rows([{"file": str(path), "rows": made.counts.get(path.name)} for path in made.paths], output)
    tell("模拟数据，非真实专利。Simulated data, not real patents.")
    tell(f"导入 To take them in: {ingest_line(chosen.folder, made.paths)}")


def ingest_line(workspace: Path | None, paths: Sequence[Path]) -> str:
    """Return the command that takes in what was made, all but the truth; it can be copied as it stands."""
    register = next(path for path in paths if "-register-" in path.name)
    start, _, years = register.name.partition("-register-")
    files = f"{quote(str(register.parent))}/{start}-*-{years}"
    given = (
        f" --workspace {quote(str(workspace))}"
        if workspace and not os.environ.get("ZHIHANG_WORKSPACE")
        else ""
    )
    return f"zhihang{given} ingest {files}"
