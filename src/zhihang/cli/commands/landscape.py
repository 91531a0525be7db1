# SPDX-License-Identifier: Apache-2.0
"""`zhihang landscape`: grow a corpus from seeds in the store, or say which patents of a table belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.errors import NotFound

WAYS = ("class", "citation", "similar", "co_applicant")


def landscape(
    context: typer.Context,
    seeds: Annotated[
        Path,
        typer.Argument(
            help="List of numbers that belong; or, with --text alone, the table of candidates itself."
        ),
    ],
    text: Annotated[
        list[str] | None,
        typer.Option(help="Column with texts of a table; may be given several times. Without: the store."),
    ] = None,
    number: Annotated[str, typer.Option(help="Column with the numbers of the patents.")] = "number",
    labels: Annotated[
        Path | None, typer.Option(help="Table with the columns number and label (1/0, yes/no, 是/否).")
    ] = None,
    inside: Annotated[Path | None, typer.Option("--in", help="Table of candidates.")] = None,
    classes: Annotated[list[str] | None, typer.Option(help="Column with classification symbols.")] = None,
    references: Annotated[str | None, typer.Option(help="Column with cited numbers.")] = None,
    by: Annotated[str, typer.Option(help="Ways to grow in the store, joined with commas.")] = ",".join(WAYS),
    links: Annotated[
        int, typer.Option(help="Citations with seeds that a candidate needs.", min=1, max=100)
    ] = 2,
    most: Annotated[int, typer.Option(help="Most candidates of each way.", min=1, max=100_000)] = 1_000,
    ask: Annotated[int, typer.Option(help="How many to propose for labelling.", min=0, max=10000)] = 20,
    output: OutputFormat = Format.table,
) -> None:
    """Grow a corpus from seeds in the store, or tag a table. Example: zhihang landscape seeds.csv --by class,citation."""
    if text:
        _table(context, inside, seeds, text, number, labels, classes, references, ask, output)
        return
    if inside is not None:
        raise NotFound(
            "Nothing says where the texts of the candidates are.",
            {"table": inside},
            todo="zhihang landscape SEEDS --in TABLE --text COLUMN",
        )
    ways = [one.strip() for one in by.split(",") if one.strip()]
    found = choices(context).open().expansions.grow(
        seeds, ways=ways, links=links, most=most, labels=labels, ask=ask
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("patents"))
    else:
        rows = [{**row, "by": ",".join(row["by"])} for row in found.rows]
        print_rows(
            rows, output, columns=("number", "title", "by", "reason", "score", "inside", "label", "ask")
        )
        _tell_ways(found.parts)
    _tell_rest(found.remarks, found.rejected)


def _tell_ways(parts: dict[str, Any]) -> None:
    tell(f"种子 {parts['seeds']}，候选 {parts['candidates']}，标注 {parts['labels']}")
    for way in parts["ways"]:
        line = f"{way['label']}：{way['found']}"
        for name, zh in (("precision", "查准率"), ("recall", "查全率")):
            if way[name] is not None:
                low, high, of = (way[f"{name}_{end}"] for end in ("low", "high", "of"))
                line += f"，{zh} {way[name]:.2f}（{low:.2f}—{high:.2f}，标注{of}件）"
        tell(line)


def _table(
    context: typer.Context,
    inside: Path | None,
    seeds: Path,
    text: list[str],
    number: str,
    labels: Path | None,
    classes: list[str] | None,
    references: str | None,
    ask: int,
    output: Format,
) -> None:
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
    _tell_rest(found.remarks, found.rejected)


def _tell_rest(remarks: Sequence[Mapping[str, str]], rejected: Sequence[tuple[int, str, str]]) -> None:
    for one in remarks:
        tell(f"{one['zh']} {one['en']}")
    if rejected:
        tell(f"{len(rejected)} rows could not be read, the first on line {rejected[0][0]}")
        raise typer.Exit(1)
