# SPDX-License-Identifier: Apache-2.0
"""`zhihang quality`: impossible things in the store."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say


def quality(
    context: typer.Context,
    examples: Annotated[int, typer.Option(help="Examples per finding.", min=0)] = 3,
    output: OutputFormat = Format.table,
) -> None:
    """List impossible things (grant before filing, bad check digits ...) with counts and examples."""
    findings = choices(context).open().quality(examples=examples)
    rows = [asdict(finding) for finding in findings]
    if output is Format.json:
        print_json(rows)
        return
    print_rows([{k: v for k, v in row.items() if k != "examples"} for row in rows], output)
    if output is Format.table:
        for row in rows:
            if row["count"] and row["examples"]:
                say("")
                print_table(row["examples"], list(row["examples"][0]), title=f"{row['name']}: examples 示例")
