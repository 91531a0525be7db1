# SPDX-License-Identifier: Apache-2.0
"""`zhihang indicators`: what can be measured."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows


def indicators(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Only those whose code, name or description has each of these words."),
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """List indicators with unit, kind and source. Example: zhihang indicators 拥有量."""
    found = choices(context).open_or_bare().indicators.values()
    rows = [
        {
            "indicator": each.code,
            "zh": each.label.zh,
            "en": each.label.en,
            "unit": each.unit,
            "kind": each.kind,
            "direction": each.direction,
            "reference": str(each.reference),
            "description": each.description,
        }
        for each in found
    ]
    wanted = [
        row
        for row in rows
        if all(any(w.lower() in text.lower() for text in row.values()) for w in words or ())
    ]
    names = ["indicator", "zh", "unit", "kind", "reference"] if output is Format.table else list(rows[0])
    print_rows(wanted, output, columns=names)
