# SPDX-License-Identifier: Apache-2.0
"""`zhihang network`: who works with or cites whom, who is central, which groups there are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell

COLUMNS = ("name", "degree", "strength", "pagerank", "betweenness", "community", "bridging", "component")
SHOWN = 30


def network(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Table with the columns from and to (and weight), or of documents.")
    ],
    members: Annotated[
        str | None,
        typer.Option(help="Column that names the members of each document, such as its applicants."),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(help="Column that names the document, where each member has a row of its own."),
    ] = None,
    separator: Annotated[
        str | None,
        typer.Option(help="What stands between the members in a cell; default: what most cells contain."),
    ] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Links lead from one to the other.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the communities.", min=0)] = 1,
    output: OutputFormat = Format.table,
) -> None:
    """Measure a network: ranks, communities, bridges. Example: zhihang network patents.csv --members applicants."""
    desk = choices(context).open_or_bare().citations
    if members:
        answer = desk.shared_network(file, members, document=document, separator=separator, seed=seed)
    else:
        answer = desk.link_network(file, directed=directed, seed=seed)
    rows = answer.data["members"]
    if output is Format.json:
        print_json(answer.data)
    elif output is Format.csv:
        print_rows(rows, output, columns=COLUMNS)
    else:
        groups, parts = (len({row[key] for row in rows}) for key in ("community", "component"))
        say(
            f"{len(rows):,} members, {len(answer.data['links']):,} links, {groups:,} communities, {parts:,} parts"
        )
        print_rows(rows[:SHOWN], output, columns=COLUMNS)
        if len(rows) > SHOWN:
            say(f"… {len(rows) - SHOWN:,} more: --format csv")
    for remark in answer.remarks:
        tell(remark)
    if answer.left_out:
        raise typer.Exit(1)
