# SPDX-License-Identifier: Apache-2.0
"""`zhihang search`: patents by words, fields and classes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhihang.cli.context import Format, choices
from zhihang.cli.output import print_json, print_rows, say, tell

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

COLUMNS = ("number", "title", "applicants", "filing_date", "ipc", "score")
FACET_NAMES = "year,applicant,class,region,status,type"


class SearchFormat(StrEnum):
    """How hits are given; a workbook only into a file."""

    table = "table"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Query, such as: TI=固态电池 AND IPC=H01M10/ AND APD>=2015.")],
    limit: Annotated[int, typer.Option(help="Hits to show.", min=0)] = 20,
    offset: Annotated[int, typer.Option(help="Hits to pass over.", min=0)] = 0,
    facets: Annotated[
        str, typer.Option(help=f"Counts to show, such as {FACET_NAMES}; all for every one.")
    ] = "",
    sort: Annotated[
        str, typer.Option(help="relevance, newest, oldest (filing), published, granted.")
    ] = "relevance",
    family: Annotated[bool, typer.Option("--family", help="One application of each family.")] = False,
    style: Annotated[
        str, typer.Option(help="How the query is written: own, patsnap, incopat, office; told by itself.")
    ] = "",
    to: Annotated[
        Path | None, typer.Option(help="Write everything found to a file: .csv, .xlsx, .parquet, .json.")
    ] = None,
    output: Annotated[
        SearchFormat, typer.Option("--format", "-f", help="How to give hits.")
    ] = SearchFormat.table,
) -> None:
    """Search texts and facts together. Example: zhihang search "TI=电池 AND REGION=桂林市" --facets year."""
    workspace = choices(context).open()
    target = to or (Path("search.xlsx") if output is SearchFormat.xlsx else None)
    if target is not None:
        number = workspace.search.export(query, target, sort=sort, family=family, style=style)
        tell(f"{number:,} 件已写入 {target}")
        return
    _show(workspace, query, SearchFormat(output), limit, offset, sort, facets, family, style)


def _show(
    workspace: Workspace,
    query: str,
    output: SearchFormat,
    limit: int,
    offset: int,
    sort: str,
    facets: str,
    family: bool,
    style: str,
) -> None:
    wanted = FACET_NAMES if facets == "all" else facets
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    found = workspace.search.search(
        query, limit=limit, offset=offset, sort=sort, facets=names, family=family, style=style
    )
    for note in found.notes:
        tell(note)
    if output is SearchFormat.json:
        counted = {
            name: [{"value": value, "label": label, "count": times} for value, label, times in values]
            for name, values in found.facets.items()
        }
        print_json({"query": query, "count": found.count, "hits": list(found.hits), "facets": counted})
        return
    print_rows([_row(hit) for hit in found.hits], Format(output.value), columns=COLUMNS)
    if output is SearchFormat.table:
        say(f"共 {found.count:,} 件")
        for name, values in found.facets.items():
            if not values:
                continue
            say("")
            rows = [{name: value, "label": label, "count": times} for value, label, times in values]
            print_rows(rows, Format.table, columns=(name, "label", "count"))


def _row(hit: Mapping[str, Any]) -> dict[str, Any]:
    """Return a hit as one line: lists joined; the application stands for a publication that is not known."""
    joined = {name: "；".join(hit[name]) for name in ("applicants", "ipc")}
    number = hit["publication_id"] or hit["application_id"]
    return {**hit, **joined, "number": number, "score": round(hit["score"], 3)}
