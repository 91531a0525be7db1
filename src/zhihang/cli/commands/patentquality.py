# SPDX-License-Identifier: Apache-2.0
"""`zhihang patentquality`: forward citations, generality, originality and more of every patent, against its cohort."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell

COLUMNS = (
    "number", "cohort", "forward", "forward_complete", "backward", "scope", "generality", "originality", "radicalness",
    "family", "claims", "grant_lag", "breakthrough", "quality_4", "quality_6",
)  # fmt: skip
SHOWN = 30


def patentquality(
    context: typer.Context,
    edges: Annotated[
        Path, typer.Argument(help="Table with the columns citing and cited; dates if there are.")
    ],
    patents: Annotated[Path | None, typer.Option(help="Table of the patents, one row each.")] = None,
    number: Annotated[str, typer.Option(help="Its column with the numbers.")] = "number",
    date: Annotated[str | None, typer.Option(help="Its column with filing dates or years.")] = None,
    classes: Annotated[str | None, typer.Option(help="Its column with IPC or CPC symbols.")] = None,
    claims: Annotated[str | None, typer.Option(help="Its column with numbers of claims.")] = None,
    family: Annotated[str | None, typer.Option(help="Its column with sizes of families.")] = None,
    grant: Annotated[str | None, typer.Option(help="Its column with dates of grant.")] = None,
    window: Annotated[float, typer.Option(help="Years in which citations count.", min=0)] = 5.0,
    output: OutputFormat = Format.table,
) -> None:
    """Compute indicators of patent quality. Example: zhihang patentquality edges.csv --patents p.csv --classes IPC.

    Without --patents there are forward and backward citations only. Faults in data are found by zhihang quality.
    """
    found = choices(context).open_or_bare().citations.quality(
        edges, patents=patents, number=number, date=date, classes=classes, claims=claims, family=family, grant=grant,
        window=window,
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("patents"))
    elif output is Format.csv:
        print_rows(found.rows, output, columns=COLUMNS)
    else:
        filled = [name for name in COLUMNS if any(row[name] not in (None, "") for row in found.rows)]
        say(f"{len(found.rows):,} patents, {found.parts['cohorts']:,} cohorts")
        print_rows(found.rows[:SHOWN], output, columns=filled)
        if len(found.rows) > SHOWN:
            say(f"… {len(found.rows) - SHOWN:,} more: --format csv")
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}".strip())
    if found.rejected:
        tell(f"{len(found.rejected)} rows could not be read, the first on line {found.rejected[0][0]}")
        raise typer.Exit(1)
