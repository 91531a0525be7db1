# SPDX-License-Identifier: Apache-2.0
"""`zhihang topics`: map the topics of a table's texts; topic databases are `zhihang topic`."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.errors import DefinitionError, SourceError

_VERBS = ("list", "build", "diff", "publish")
"""Verbs of `zhihang topic`, which is easily taken for this one."""


class MapFormat(StrEnum):
    """How a map is printed; `html` is a page with the map to look at."""

    table = "table"
    csv = "csv"
    json = "json"
    html = "html"


def topics(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or workbook with a header.")],
    more: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    text: Annotated[
        list[str] | None, typer.Option(help="Column with texts; may be given several times.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Column with dates: topics are followed over time.")
    ] = None,
    known_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day up to which documents are known.")
    ] = None,
    detail: Annotated[float, typer.Option(help="Above 1: more and smaller topics.", min=0.05, max=50)] = 1.0,
    seed: Annotated[int, typer.Option(help="Seed of the map; same seed, same map.", min=0)] = 0,
    to: Annotated[Path | None, typer.Option(help="Write the page (--format html) into this file.")] = None,
    output: Annotated[
        MapFormat, typer.Option("--format", "-f", help="How to print results.")
    ] = MapFormat.table,
) -> None:
    """Find the topics in the texts of a table. Example: zhihang topics patents.xlsx --text 摘要 --date 申请日 --to map.html.

    For topic databases of patents (专题库: build, diff, publish) write zhihang topic, without an s.
    """
    if more or file.name in _VERBS or not (file.suffix or file.exists()):
        raise SourceError(
            f'"{" ".join((str(file), *(more or ())))}" is not one table.',
            {
                "expected": "a CSV, TSV or workbook",
                "topic databases": "zhihang topic list|build|diff|publish",
            },
            todo="For topic databases write zhihang topic, without an s. 专题库请用 zhihang topic。",
        )
    if not text:
        raise DefinitionError(
            "No column with texts was named.",
            {"file": file, "expected": "--text COLUMN"},
            todo=f"zhihang topics {file} --text 摘要",
        )
    desk = choices(context).open_or_bare().texts
    day = known_until.date() if known_until else None
    found = desk.topics(file, text, date_column=date, known_until=day, detail=detail, seed=seed)
    if to is not None or output is MapFormat.html:
        page = desk.topic_page(found)
        if to is not None:
            to.write_bytes(page)
            tell(f"wrote {to}")
        else:
            sys.stdout.write(page.decode())
    elif output is MapFormat.json:
        print_json(found.whole("topics"))
    else:
        rows = [{**row, "zh": "、".join(row["zh"]), "en": ", ".join(row["en"])} for row in found.rows]
        dated = any("direction" in row for row in rows)
        names = ["topic", "size", *(("recent", "expected", "lift", "direction") if dated else ()), "zh", "en"]
        if not rows:
            rows = [
                {"zh": "、".join(found.parts["words"]["zh"]), "en": ", ".join(found.parts["words"]["en"])}
            ]
        print_rows(rows, Format(output.value), columns=names)
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}")
    for line, told, reason in found.rejected:
        tell(f"line {line}: {reason}: {told[:80]}")
    if found.rejected:
        raise typer.Exit(1)
