# SPDX-License-Identifier: Apache-2.0
"""`zhihang landscape`: say which patents of a table belong, from seeds and few labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.errors import NotFound


def landscape(
    context: typer.Context,
    seeds: Annotated[
        Path,
        typer.Argument(help="List of numbers that belong; or, without --in, the table of candidates itself."),
    ],
    text: Annotated[list[str], typer.Option(help="Column with texts; may be given several times.")],
    number: Annotated[str, typer.Option(help="Column with the numbers of the patents.")] = "number",
    labels: Annotated[
        Path | None, typer.Option(help="Table with the columns number and label (1/0, yes/no, 是/否).")
    ] = None,
    inside: Annotated[Path | None, typer.Option("--in", help="Table of candidates.")] = None,
    classes: Annotated[list[str] | None, typer.Option(help="Column with classification symbols.")] = None,
    references: Annotated[str | None, typer.Option(help="Column with cited numbers.")] = None,
    ask: Annotated[int, typer.Option(help="How many to propose for labelling.", min=0, max=10000)] = 20,
    output: OutputFormat = Format.table,
) -> None:
    """Tag a landscape from few labels. Example: zhihang landscape seeds.csv --in found.csv --text 摘要."""
    if inside is None and labels is None:
        raise NotFound(
            "Nothing says which patents belong.",
            {"expected": "a seed list with --in TABLE, or a table with --labels FILE"},
            todo="zhihang landscape SEEDS --in TABLE --text COLUMN, or zhihang landscape TABLE --labels FILE --text COLUMN",
        )
    found = choices(context).open_or_bare().landscapes.tag_table(
        inside or seeds, number, text, classes or (), references, seeds=seeds if inside else None, labels=labels, ask=ask
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("patents"))
    else:
        print_rows(found.rows, output, columns=("number", "score", "inside", "label", "ask"))
        quality = found.parts.get("quality")
        if quality:
            for name in ("precision", "recall"):
                share = quality[name]
                if share["value"] is not None:
                    tell(
                        f"{name:<9} {share['value']:.2f} ({share['low']:.2f}–{share['high']:.2f}), 95 %, from {share['of']}"
                    )
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}")
    if found.rejected:
        tell(f"{len(found.rejected)} rows could not be read, the first on line {found.rejected[0][0]}")
        raise typer.Exit(1)
