# SPDX-License-Identifier: Apache-2.0
"""`zhihang sniff`: how a file would be read, without storing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_parts, print_table, say

FACTS = ("file", "reader", "format", "confidence", "encoding", "delimiter", "header_row", "others")


def sniff(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A file.")],
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Mapping file for a table of your own.")
    ] = None,
    records: Annotated[int, typer.Option(help="How many records to show.", min=0)] = 3,
    output: OutputFormat = Format.table,
) -> None:
    """Show reader, encoding, header row, column mapping and first records. Example: zhihang sniff export.xlsx."""
    found = choices(context).open_or_bare().preview(path, mapping=map_file, records=records)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_parts([row for part in found for row in _rows(part)])
        return
    for part in found:
        _print_part(part)


def _rows(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Facts, columns and records as rows of one table."""
    found = [{"part": "file", **{name: part[name] for name in FACTS}}]
    found += [{"part": "column", "file": part["file"], **column} for column in part["columns"]]
    for number, record in enumerate(part["records"], 1):
        found += [{"part": f"record {number}", "file": part["file"], **row} for row in record]
    return found


def _print_part(part: dict[str, Any]) -> None:
    print_table(
        [{"": name, "value": part[name]} for name in FACTS if part.get(name) is not None], ["", "value"]
    )
    if part["columns"]:
        say("")
        print_table(part["columns"], ["column", "field", "example"], title="Columns 列")
    for number, record in enumerate(part["records"], 1):
        say("")
        print_table(
            record, ["table", "column", "value"], title=f"Record 记录 {number} (line {record[0]['line']})"
        )
    say("")
