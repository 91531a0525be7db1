# SPDX-License-Identifier: Apache-2.0
"""`zhihang novelty`: what each text says first, who took it up, and how important it became."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell

COLUMNS = ("number", "year", "new_words", "reuse", "new_pairs", "pair_reuse")
SHARES = ("backward_similarity", "importance", "breakthrough")


def novelty(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or workbook with a header.")],
    text: Annotated[list[str], typer.Option(help="Column with texts; may be given several times.")],
    date: Annotated[str, typer.Option(help="Column with dates or years.")],
    number: Annotated[
        str | None,
        typer.Option(help="Column with numbers: who is first within a year, and the name in the answer."),
    ] = None,
    baseline: Annotated[
        int | None,
        typer.Option(help="First year judged; default: five years after the first.", min=1700, max=2200),
    ] = None,
    known_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day up to which documents are known.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Find what texts say first, how important they became. Example: zhihang novelty a.csv --text 摘要 --date 申请日."""
    day = known_until.date() if known_until else None
    found = choices(context).open_or_bare().texts.novelty(
        file, text, date, number=number, baseline=baseline, known_until=day
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("patents"))
    else:
        print_rows(found.rows, output, columns=(*COLUMNS, *SHARES))
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}")
    if found.rejected:
        tell(f"{len(found.rejected)} rows could not be read, the first on line {found.rejected[0][0]}")
        raise typer.Exit(1)
