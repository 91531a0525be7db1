# SPDX-License-Identifier: Apache-2.0
"""`zhihang mainpath`: the main path of a table of citations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell


class Weights(StrEnum):
    """How links are weighed."""

    spc = "spc"
    splc = "splc"
    spnp = "spnp"


class Search(StrEnum):
    """How the path is looked for."""

    local = "local"
    whole = "global"
    key_route = "key-route"


def mainpath(
    context: typer.Context,
    edges: Annotated[
        Path, typer.Argument(help="Table with the columns citing and cited; dates if there are.")
    ],
    weights: Annotated[
        Weights, typer.Option(help="Count paths between ends, from any, or of any.")
    ] = Weights.spc,
    search: Annotated[
        Search, typer.Option(help="Step by step, largest sum, or through key links.")
    ] = Search.whole,
    routes: Annotated[int, typer.Option("--routes", "-k", help="Key links of key-route.", min=1)] = 10,
    listed: Annotated[int, typer.Option(help="Most paths listed; all are counted.", min=1)] = 100,
    output: OutputFormat = Format.table,
) -> None:
    """Find the main path, from the oldest document to the newest. Example: zhihang mainpath edges.csv -k 5."""
    desk = choices(context).open_or_bare().citations
    answer = desk.main_path(edges, weights=weights.value, search=search.value, routes=routes, listed=listed)
    found = answer.data
    if output is Format.json:
        print_json(found)
    elif output is Format.csv:
        print_rows(found["main"], output, columns=["from", "to", "weight"])
    else:
        say(
            f"{found['documents']:,} documents, {len(found['links']):,} links; {weights.value}, {search.value}:"
            f" {found['path_count']:,} paths"
        )
        for path, total in zip(found["paths"][:20], found["totals"], strict=False):
            say(f"{total:>12,}  " + " → ".join(path))
        if len(found["paths"]) > 20:
            say(f"{'':>12}  … {len(found['paths']) - 20} more: --format json")
        dates = {spot["document"]: spot["date"] for spot in found["layout"]}
        rows = [
            {**link, "from_date": dates[link["from"]], "to_date": dates[link["to"]]} for link in found["main"]
        ]
        dated = ["from_date", "to_date"] if any(dates.values()) else []
        print_table(rows, ["from", "to", "weight", *dated], title="\n主路径 Main path, cited → citing")
    for remark in answer.remarks:
        tell(remark)
    if answer.left_out:
        raise typer.Exit(1)
